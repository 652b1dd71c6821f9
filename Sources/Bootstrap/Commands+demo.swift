import Application
import Foundation
import Kernel
import Measures

extension Commands {
    /// The one database that the demonstration throws away to begin again.
    private static let ownDatabase = "demo.db"

    /// The demonstration: four lists in, four tables out, one figure opened.
    public static func demo(
        lists: String,
        database chosen: String?,
        _ terminal: Terminal
    ) async throws {
        let database = chosen ?? ownDatabase
        let isThere = FileManager.default.fileExists(atPath: database)
        if database != ownDatabase, isThere || database.contains("://") {
            throw CommandError(
                "The demonstration makes a database of its own and leaves "
                    + "\(Configuration(database: database).shownDatabase) as it is. "
                    + "Name a file that is not there yet.",
                exit: .usage
            )
        }
        for path in ["", "-wal", "-shm", ".key"].map({ database + $0 }) {
            try? FileManager.default.removeItem(atPath: path)
        }
        var configuration = Configuration(database: database)
        configuration.masterKey = nil
        configuration.keyFile = database + ".key"
        let installation = try await Installation.open(configuration, creating: true)
        let ids = [
            "kickstarter", "fit-for-work-in-work", "fit-for-work-out-of-work", "working-well",
        ]
        for id in ids {
            terminal.say("Importing \(lists)/\(id)")
            let options = ImportOptions(
                directory: "\(lists)/\(id)",
                programme: id,
                skipsFaulty: false,
                faultyFile: nil
            )
            let result = try await importList(installation, options, terminal)
            terminal.say(
                "  \(counted(result.rows, "case")), \(counted(result.events, "event"))"
            )
        }
        for id in ids {
            let question = ReportQuestion(programme: id)
            let table = try await installation.goodwork.report(question, by: installation.actor)
            terminal.print("\n" + table.text)
        }
        try await installation.close()
        let options = ReportOptions(
            programme: "fit-for-work-out-of-work",
            asAt: nil,
            knownAt: nil,
            by: nil
        )
        terminal.print("\nWho is behind a figure? For example:\n")
        try await open(
            configuration,
            options,
            row: "Engaged clients securing employment",
            part: CellPart.numerator.rawValue,
            group: nil,
            limit: 18,
            terminal
        )
        let goodwork = CommandLine.arguments.first ?? "goodwork"
        terminal.print(
            """

            Try next:
              export GOODWORK_DATABASE=\(database)
              \(goodwork) case FOW0007
              \(goodwork) report fit-for-work-in-work --by condition
              \(goodwork) report working-well --format html > working-well.html
              \(goodwork) open working-well 4
              \(goodwork) export facts working-well --to facts.csv
              \(goodwork) verify
            docs/programme-file.md shows how to add a programme of your own.
            """
        )
    }
}
