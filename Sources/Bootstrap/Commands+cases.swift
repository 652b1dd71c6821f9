import Application
import BoardPack
import Casework
import Foundation
import Kernel
import Programmes
import Store

/// What the command line can do, in words or in JSON.
public enum Commands {
    /// Makes a database and its key.
    public static func initialise(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration, creating: true)
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.optional("database", configuration.shownDatabase)
            writer.optional("key_file", configuration.keyFile)
            writer.endObject()
            terminal.print(writer.text)
            return
        }
        terminal.print(
            """
            The database \(configuration.shownDatabase) is ready.
            Its key is in \(configuration.keyFile): keep a copy apart. Without it nobody can be named.
            Next: goodwork import DIR --programme ID
            """
        )
    }

    /// Prints a case's story.
    public static func story(
        _ configuration: Configuration,
        reference: String,
        programme: String?,
        identifies: Bool,
        reason: String?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let header = try await installation.goodwork.header(
            reference: reference,
            programme: programme
        )
        let story = try await installation.goodwork.story(
            of: header,
            identifies: identifies,
            reason: reason,
            by: installation.actor
        )
        terminal.print(terminal.json ? story.json : story.text)
        try await installation.close()
    }

    /// Erases the person of a case.
    public static func erase(
        _ configuration: Configuration,
        reference: String,
        programme: String?,
        reason: String,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let header = try await installation.goodwork.header(
            reference: reference,
            programme: programme
        )
        let (cases, erased) = try await installation.goodwork.erase(
            personOf: header,
            reason: reason,
            by: installation.actor
        )
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("erased")
            writer.bool(erased)
            writer.key("cases")
            writer.beginArray()
            for header in cases { writer.string("\(header.programme) \(header.reference)") }
            writer.endArray()
            writer.endObject()
            terminal.print(writer.text)
            return
        }
        let list = cases.map { "\($0.reference) (\($0.programme))" }.joined(separator: ", ")
        terminal.print(
            erased
                ? "The person of \(list) is erased: the key, the identity and its indexes are gone. "
                    + "The coded events stay in past totals and identify nobody."
                : "The person of \(list) had been erased already."
        )
    }

    /// Checks programme files, board packs, unit costs and appraisals.
    ///
    /// - Returns: whether they are free of faults.
    public static func check(
        _ configuration: Configuration,
        _ paths: [String],
        _ terminal: Terminal
    ) throws -> Bool {
        var faults: [Fault] = []
        var sound: [String] = []
        for path in paths {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                faults.append(
                    Fault(
                        file: path,
                        problem: FileManager.default.fileExists(atPath: path)
                            ? "cannot be read" : "is not there",
                        expected: "a programme file in UTF-8"
                    )
                )
                continue
            }
            let others =
                Pack.isPack(text)
                ? checkPack(configuration, text, path)
                : try costFaults(configuration, text, path)
            var found = others ?? Programme.check(yaml: text, file: path)
            if others == nil, let fault = nameFault(path, text) {
                found.append(fault)
            }
            faults += found
            if found.isEmpty { sound.append(path) }
        }
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("files")
            writer.int(paths.count)
            writer.key("faults")
            writer.faults(faults)
            writer.endObject()
            terminal.print(writer.text)
        } else {
            for path in sound { terminal.print("\(path): no faults") }
            for fault in faults { terminal.print(fault.description) }
        }
        return faults.isEmpty
    }

    /// The faults of a file of unit costs or of an appraisal; nil when it is neither.
    private static func costFaults(
        _ configuration: Configuration,
        _ text: String,
        _ path: String
    ) throws -> [Fault]? {
        try CostLibrary(directory: configuration.costs).check(
            text,
            file: path,
            programmes: ProgrammeLibrary(directory: configuration.programmes)
        )
    }

    /// A programme is found by its file's name, which is its id.
    private static func nameFault(_ path: String, _ text: String) -> Fault? {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard let id = Programme.id(yaml: text, file: path), id != name else { return nil }
        return Fault(
            file: path,
            field: "programme",
            problem: "the file's name is not its programme's id",
            expected: "\(id).yaml"
        )
    }

    /// Rebuilds state from the journal and compares, and walks the hash chains.
    ///
    /// - Returns: whether all is well.
    public static func verify(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws -> Bool {
        let installation = try await Installation.open(configuration)
        let found = try await installation.goodwork.verify(by: installation.actor)
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("events")
            writer.int(found.events)
            writer.key("cases")
            writer.int(found.cases)
            writer.key("access_log_entries")
            writer.int(found.accessEntries)
            writer.key("problems")
            writer.beginArray()
            for problem in found.problems { writer.string(problem) }
            writer.endArray()
            writer.endObject()
            terminal.print(writer.text)
        } else {
            terminal.print(
                "\(counted(found.events, "event")) of \(counted(found.cases, "case")), "
                    + "\(grouped(found.accessEntries)) entries of the access log."
            )
            if found.problems.isEmpty {
                terminal.print(
                    "Both hash chains hold, and what is stored is what the journal makes."
                )
            }
            for problem in found.problems { terminal.print("- \(problem)") }
        }
        return found.problems.isEmpty
    }
}
