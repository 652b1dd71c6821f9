import Application
import Foundation
import Kernel
import SQL
import Store

/// An import as it is asked for on the command line.
public struct ImportOptions: Sendable {
    var directory: String
    var programme: String
    var skipsFaulty: Bool
    var faultyFile: String?

    /// Takes the options as they were written.
    public init(directory: String, programme: String, skipsFaulty: Bool, faultyFile: String?) {
        self.directory = directory
        self.programme = programme
        self.skipsFaulty = skipsFaulty
        self.faultyFile = faultyFile
    }
}

extension Commands {
    /// Writes an empty list with the right columns for a programme.
    public static func template(
        _ configuration: Configuration,
        programme: String,
        directory: String?,
        _ terminal: Terminal
    ) throws {
        let library = ProgrammeLibrary(directory: configuration.programmes)
        let files = ListColumns.template(for: try library.file(programme).programme)
        let folder = directory ?? "\(programme)-list"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for (name, text) in files {
            let path = "\(folder)/\(name)"
            guard !FileManager.default.fileExists(atPath: path) else {
                throw CommandError("\(path) is there already, and is left as it is.")
            }
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        if terminal.json {
            var writer = JSONWriter()
            writer.beginArray()
            for (name, _) in files { writer.string("\(folder)/\(name)") }
            writer.endArray()
            terminal.print(writer.text)
        } else {
            terminal.print(
                "An empty list is in \(folder): \(files.map(\.file).joined(separator: ", ")). "
                    + "docs/client-lists.md explains the columns."
            )
        }
    }

    /// Imports a client list.
    public static func importList(
        _ configuration: Configuration,
        _ options: ImportOptions,
        _ terminal: Terminal
    ) async throws {
        if options.directory.hasSuffix(".csv") {
            throw CommandError(
                "\(options.directory) is a file: give the folder that it is in.",
                exit: .notFound
            )
        }
        let inside = try? FileManager.default.contentsOfDirectory(atPath: options.directory)
        guard inside?.contains("referrals.csv") == true else {
            throw CommandError(
                "\(options.directory) has no referrals.csv. "
                    + "goodwork import --template \(options.programme) writes an empty list.",
                exit: .notFound
            )
        }
        // Before a database is made: is there such a programme, and is it sound?
        _ = try ProgrammeLibrary(directory: configuration.programmes).file(options.programme)
        let installation = try await Installation.open(configuration, creating: true)
        let result = try await importList(installation, options, terminal)
        try await installation.close()
        terminal.print(terminal.json ? result.json : result.text(programme: options.programme))
    }

    static func importList(
        _ installation: Installation,
        _ options: ImportOptions,
        _ terminal: Terminal
    ) async throws -> ImportResult {
        let goodwork = installation.goodwork
        let actor = installation.actor
        try await goodwork.authorise(actor, .importList, on: options.programme)
        let programme = try await goodwork.store.database.write { transaction in
            try goodwork.library.current(
                options.programme,
                store: goodwork.store,
                at: goodwork.now(),
                in: transaction
            )
        }
        let importer = try Importer(
            goodwork: goodwork,
            directory: options.directory,
            programme: programme,
            actor: actor
        )
        let check = try await importer.check { terminal.progress($0, $1, $2) }
        if !check.faults.isEmpty {
            if !options.skipsFaulty {
                throw CommandError(
                    "\(counted(check.faults.count, "fault")) in \(options.directory). "
                        + "Nothing was imported. Mend them, or leave the faulty rows out with "
                        + "--skip-faulty.",
                    exit: .faults,
                    code: "faults",
                    faults: check.faults
                )
            }
            let path = options.faultyFile ?? "\(options.programme).faulty.csv"
            try check.faultyFile.write(toFile: path, atomically: true, encoding: .utf8)
            terminal.say(
                "Left out: \(counted(check.faultyRows, "faulty row")); "
                    + "\(path) lists them with the reasons."
            )
        }
        return try await importer.write(
            skipping: Set(check.faultyCases.keys),
            seed: Installation.seed()
        ) { terminal.progress($0, $1, $2) }
    }
}

extension ImportResult {
    func text(programme: String) -> String {
        var lines = [
            "\(counted(rows, "row")): \(counted(added, "case")) added, \(grouped(corrected)) corrected, "
                + "\(grouped(unchanged)) unchanged"
                + (skipped > 0 ? ", \(grouped(skipped)) left out" : "")
                + (erased > 0 ? ", \(grouped(erased)) of people who have been erased" : "")
                + ". \(counted(events, "event")) recorded."
        ]
        for match in [Match.matched, .possible, .sameNumber] {
            guard let count = counts[match] else { continue }
            lines.append("\(match.words): \(grouped(count))")
            lines += matches.filter { $0.match == match }.prefix(20).map {
                "  \($0.reference)" + ($0.other.map { other in " and \(other)" } ?? "")
            }
        }
        lines.append("Next: goodwork report \(programme)")
        return lines.joined(separator: "\n")
    }

    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.optional("rows", rows)
        writer.optional("added", added)
        writer.optional("corrected", corrected)
        writer.optional("unchanged", unchanged)
        writer.optional("skipped", skipped)
        writer.optional("erased", erased)
        writer.optional("events", events)
        writer.key("people")
        writer.beginArray()
        for match in matches {
            writer.beginObject()
            writer.optional("match", match.match.rawValue)
            writer.optional("case", match.reference)
            writer.optional("other_case", match.other)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}

extension ImportResult.Match {
    fileprivate var words: String {
        switch self {
        case .matched: "People known already, by NHS number and birth date"
        case .possible: "People who may be known already (same name and birth date); please look"
        case .sameNumber: "The same NHS number with another birth date; one of them is wrong"
        }
    }
}
