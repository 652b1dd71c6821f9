import Application
import Foundation
import Kernel
import PostgresBackend
import SQL
import SQLiteBackend
import Store
import WebAPI

/// An opened installation: database, key, programme files, clock.
public struct Installation: Sendable {
    /// What it was opened with.
    public let configuration: Configuration
    package let goodwork: Goodwork
    let actor: Actor

    /// Opens the database, making it and its key where there is none and that is wanted.
    ///
    /// - Parameter creating: whether a database that does not exist is made.
    public static func open(
        _ configuration: Configuration,
        creating: Bool = false
    ) async throws -> Installation {
        _ = MemorySettings.areMade
        let rules = try signInRules()
        let hours = try exportHours()
        if configuration.hasStrayAt { throw strayAt }
        let hasFile = FileManager.default.fileExists(atPath: configuration.database)
        if !configuration.isPostgres, !hasFile, !creating { throw noDatabase(configuration) }
        let database: any Database =
            configuration.isPostgres
            ? try await PostgresDatabase(url: configuration.database)
            : try SQLiteDatabase(path: configuration.database)
        // A run that was cut off may have left a database without tables, and without a key.
        let isNew = try await database.read { transaction in
            try transaction.first(tables) { try $0.int(0) } == 0
        }
        if isNew, !creating { throw noDatabase(configuration) }
        let key = try MasterKey.load(configuration, databaseIsNew: isNew)
        let store = try await Store.open(database, masterKey: key)
        var goodwork = Goodwork(
            store: store,
            library: ProgrammeLibrary(
                directory: configuration.programmes,
                rest: .milliseconds(100)
            ),
            costs: CostLibrary(directory: configuration.costs),
            now: { Self.now() },
            passwords: Argon2Passwords(),
            signInRules: rules
        )
        goodwork.packs = PackLibrary(directory: configuration.boards)
        goodwork.hookRules = try HookSettings.rules()
        goodwork.scopeProblem = ScopeSearch.problem
        goodwork.exportHours = hours
        goodwork.press = Press(python: configuration.python, tools: configuration.tools)
        return Installation(
            configuration: configuration,
            goodwork: goodwork,
            actor: Actor(
                user: configuration.user,
                organisation: configuration.organisation,
                role: .operator
            )
        )
    }

    /// `GOODWORK_SESSION_MINUTES`: minutes without a request after which a session ends.
    private static func signInRules() throws -> SignInRules {
        var rules = SignInRules()
        // Nobody wants to be signed out at once, or never.
        rules.idleMinutes = try number(
            "GOODWORK_SESSION_MINUTES",
            of: "minutes",
            1...720,
            else: rules.idleMinutes
        )
        return rules
    }

    /// `GOODWORK_EXPORT_HOURS`: for how long the files of an export are kept.
    private static func exportHours() throws -> Int {
        try number("GOODWORK_EXPORT_HOURS", of: "hours", 1...168, else: 24)
    }

    private static func number(
        _ name: String,
        of unit: String,
        _ range: ClosedRange<Int>,
        else usual: Int
    ) throws -> Int {
        let text = ProcessInfo.processInfo.environment[name] ?? ""
        if text.isEmpty { return usual }
        guard let number = Int(text), range.contains(number) else {
            throw CommandError(
                "\(name) is a number of \(unit), \(range.lowerBound) to \(range.upperBound), "
                    + "not \(text).",
                exit: .usage
            )
        }
        return number
    }

    private static let tables = Statement(
        sqlite: "SELECT count(*) FROM sqlite_master WHERE name = 'installation'",
        postgres: """
            SELECT count(*) FROM information_schema.tables
            WHERE table_schema = 'public' AND table_name = 'installation'
            """
    )

    private static var strayAt: CommandError {
        CommandError(
            "The database's address has an @ too many: within a name or a password it is written "
                + "%40, and a / there %2F.",
            exit: .usage
        )
    }

    private static func noDatabase(_ configuration: Configuration) -> CommandError {
        CommandError(
            "There is no database \(configuration.shownDatabase). Make one with goodwork init, "
                + "or import a list into it; --database names another.",
            exit: .notFound
        )
    }

    /// Closes the database.
    public func close() async throws {
        try await goodwork.store.database.close()
    }

    static func now() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }

    /// Randomness for ids.
    static func seed() -> UInt64 { UInt64.random(in: .min ... .max) }
}
