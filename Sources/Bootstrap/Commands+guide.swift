import Application
import Directory
import Foundation
import Kernel

extension Commands {
    /// Takes services into the guide.
    public static func importGuide(
        _ configuration: Configuration,
        path: String,
        _ terminal: Terminal
    ) async throws {
        try CommandError.check(isThere: path)
        let installation = try await Installation.open(configuration, creating: true)
        let done = try await installation.goodwork.importGuide(by: installation.actor) { known in
            try GuideFile.read(path: path, known: known)
        }
        try await installation.close()
        if terminal.json { return terminal.print(done.json.text) }
        var lines = [
            "\(counted(done.added, "service")) added, \(grouped(done.changed)) changed, "
                + "\(grouped(done.unchanged)) as they were."
        ]
        if done.organisations + done.taxonomies + done.terms > 0 {
            lines.append(
                "\(counted(done.organisations, "organisation")), "
                    + "\(counted(done.terms, "term")) and \(counted(done.taxonomies, "set")) of "
                    + "terms were taken in too."
            )
        }
        if !done.leftOut.isEmpty {
            let names = done.leftOut.joined(separator: ", ")
            lines.append("Left out, because the standard does not have it: \(names).")
        }
        terminal.print(lines.joined(separator: "\n"))
    }

    /// What the guide is written as.
    private enum GuideFormat: String, CaseIterable {
        case json
        /// A folder of tables.
        case csv
    }

    /// Writes the services that are kept here.
    public static func exportGuide(
        _ configuration: Configuration,
        to destination: Destination,
        _ terminal: Terminal
    ) async throws {
        let format = try destination.format(else: GuideFormat.json, makesFolders: true)
        if format == .csv, destination.path == nil {
            throw CommandError("Tables need a folder: --to FOLDER.", exit: .usage)
        }
        let installation = try await Installation.open(configuration)
        let batch = try await installation.goodwork.guideBatch()
        try await installation.close()
        let text = JSONValue.object(GuideFile.json(batch)).text + "\n"
        guard let path = destination.path else { return terminal.print(text) }
        switch format {
        case .json: try Destination.write(text.utf8, to: path)
        case .csv:
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true
                )
            } catch {
                throw CommandError("\(path): the folder cannot be made.")
            }
            for (name, text) in GuideFile.tables(batch) {
                try Destination.write(text.utf8, to: "\(path)/\(name)")
            }
        }
        terminal.wrote(path, batch.services.count, "service")
    }
}

extension GuideImported {
    fileprivate var json: JSONValue {
        .object([
            "added": .int(added), "changed": .int(changed), "unchanged": .int(unchanged),
            "organizations": .int(organisations), "taxonomies": .int(taxonomies),
            "taxonomy_terms": .int(terms),
            "left_out": .array(leftOut.map { .string($0) }),
        ])
    }
}
