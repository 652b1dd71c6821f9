import Application
import Foundation
import Kernel
import Measures
import SQL
import SQLiteBackend
import Store

extension Commands {
    /// The one database that the demonstration throws away to begin again.
    private static let ownDatabase = "demo.db"
    /// The programmes whose lists it imports.
    private static let demoLists = [
        "kickstarter", "fit-for-work-in-work", "fit-for-work-out-of-work", "working-well",
    ]

    /// The demonstration: four lists in, four tables out, one figure opened, and a year of cases
    /// beside them, served until it is told to stop.
    ///
    /// - Parameters:
    ///   - cases: how many cases the year has; nil for all.
    ///   - folder: where its board pack is written as files; nil only keeps it with the installation.
    ///   - settings: where it is served; nil when it is not.
    public static func demo(
        lists: String,
        database chosen: String?,
        cases: Int?,
        board folder: String? = nil,
        serving settings: ServeSettings?,
        _ terminal: Terminal
    ) async throws {
        let configuration = try await importDemo(lists: lists, database: chosen, terminal)
        try await makeYear(configuration, cases: cases, terminal)
        try await demoBoard(configuration, to: folder, terminal)
        if let settings { try await serve(configuration, settings, terminal) }
    }

    /// Prints the code that signs somebody of the demonstration in now.
    public static func demoCode(
        login: String,
        database: String?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(
            demoConfiguration(database ?? ownDatabase)
        )
        let code = try await installation.goodwork.demonstrationCode(for: login)
        try await installation.close()
        terminal.print(code)
    }

    private static func demoConfiguration(_ database: String) -> Configuration {
        var configuration = Configuration(database: database)
        configuration.masterKey = nil
        configuration.keyFile = database + ".key"
        return configuration
    }

    /// Throws an earlier demonstration away.
    ///
    /// - Throws: `CommandError` when something else is there, which stays as it is.
    private static func makeRoom(for database: String) async throws {
        let isThere = FileManager.default.fileExists(atPath: database)
        if !isThere, !database.contains("://") { return }
        let isOwn = database == ownDatabase
        // A run that was cut off may have left a file without tables: the next one fills it.
        if isOwn, await holds(database, { try $0.first(tableCount) { try $0.int(0) } == 0 }) {
            return
        }
        guard isOwn, await holds(database, isDemonstration) else {
            let removing =
                isOwn
                ? ", or remove \(database) and \(database).key, if you do not need them" : ""
            throw CommandError(
                "The demonstration makes a database of its own and leaves "
                    + "\(Configuration(database: database).shownDatabase) as it is. "
                    + "Name a file that is not there yet, with --database\(removing).",
                exit: .usage
            )
        }
        for path in ["", "-wal", "-shm", ".key"].map({ database + $0 }) {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private static let tableCount: Statement = "SELECT count(*) FROM sqlite_master"

    /// Whether a database holds a demonstration and nobody's own list.
    @Sendable private static func isDemonstration(_ transaction: any Transaction) throws -> Bool {
        try Store.isOnlyDemonstration(lists: demoLists, in: transaction)
    }

    /// Whether something is so of what a file holds.
    ///
    /// It is looked at without its key and is not brought up to date: it may be of any version. Of
    /// what cannot be read nothing is so.
    private static func holds(
        _ path: String,
        _ isSo: @escaping @Sendable (any Transaction) throws -> Bool
    ) async -> Bool {
        do {
            let database: any Database = try SQLiteDatabase(path: path)
            let answer = try await database.read { try isSo($0) }
            try await database.close()
            return answer
        } catch {
            return false
        }
    }

    private static func importDemo(
        lists: String,
        database chosen: String?,
        _ terminal: Terminal
    ) async throws -> Configuration {
        let database = chosen ?? ownDatabase
        try await makeRoom(for: database)
        let configuration = demoConfiguration(database)
        let installation = try await Installation.open(configuration, creating: true)
        // Marked while nothing is in it, so that one that is cut off can be begun again.
        try await installation.goodwork.beginDemonstration()
        for id in demoLists {
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
        for id in demoLists {
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
              \(goodwork) value workwell-manchester
              \(goodwork) export facts working-well --to facts.csv --purpose "a look"
              \(goodwork) verify
            docs/programme-file.md shows how to add a programme of your own.
            """
        )
        return configuration
    }

    /// Makes the year of WorkWell Manchester, and says who can sign in.
    private static func makeYear(
        _ configuration: Configuration,
        cases: Int?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        terminal.say("Making a year of WorkWell Manchester, in which nobody is real")
        let wanted = Demonstration(cases: cases ?? Demonstration.wholeYear)
        let made = try await goodwork.makeDemonstration(wanted) { count in
            terminal.progress("making cases", Double(count) / Double(wanted.cases), count)
        }
        guard made.refusals.isEmpty else {
            throw CommandError(
                "The demonstration's own cases were refused. This is a fault of goodwork:\n  "
                    + made.refusals.prefix(5).joined(separator: "\n  ")
            )
        }
        terminal.say("  \(counted(made.cases, "case")), \(counted(made.events, "event"))")
        var rows = [["sign in as", "email", "code now"]]
        for one in try await goodwork.demonstrationSignIns() {
            // A resident signs in without a code.
            let code = try? await goodwork.demonstrationCode(for: one.login)
            rows.append(["\(one.name), \(one.role)", one.login, code ?? "none"])
        }
        try await installation.close()
        let program = CommandLine.arguments.first ?? "goodwork"
        terminal.print(
            """

            A year of WorkWell Manchester, in which nobody is real, stands beside the lists.

            \(Columns.aligned(rows))

            Password of all: \(Demonstration.password)
            Codes change every 30 seconds. A fresh one: \(program) demo --code EMAIL
            Or add this key to an authenticator app: \(Demonstration.secretText)

            """
        )
    }
}
