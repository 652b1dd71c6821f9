import GRDB
import GRDBSQLite
import SQL

/// The statements of one transaction on one of GRDB's connections.
///
/// GRDB opens, commits and rolls back, and keeps statements prepared; binding and stepping go to
/// SQLite directly, because imports bind millions of values.
final class SQLiteTransaction: SQLTransaction {
    var carried = CarriedRows()
    private let database: GRDB.Database
    private let connection: OpaquePointer
    private var prepared: [SQLStatement: SQLiteStatementHandle] = [:]
    private var depth = 0
    /// Set by a failure and cleared by rolling back to a savepoint, as PostgreSQL has it.
    private var isSpoilt = false

    private init(_ database: GRDB.Database, _ connection: OpaquePointer) {
        self.database = database
        self.connection = connection
    }

    /// Runs a body inside the transaction that GRDB has opened.
    static func run<R>(
        _ database: GRDB.Database,
        _ body: (any SQLTransaction) throws -> R
    ) throws -> R {
        guard let connection = database.sqliteConnection else {
            throw SQLError(.connection, "the database is closed")
        }
        let transaction = SQLiteTransaction(database, connection)
        let result = try body(transaction)
        try transaction.carried.write(in: transaction)
        try transaction.check()
        return result
    }

    /// Runs a body that only reads, on one snapshot, in a transaction of its own.
    static func read<R>(
        _ database: GRDB.Database,
        _ body: (any SQLTransaction) throws -> R
    ) throws -> R {
        guard let connection = database.sqliteConnection else {
            throw SQLError(.connection, "the database is closed")
        }
        let transaction = SQLiteTransaction(database, connection)
        try transaction.execute(begin, [])
        // What was only read is let go of alike by either word.
        defer { transaction.end() }
        let result = try body(transaction)
        try transaction.check()
        return result
    }

    private static let begin: SQLStatement = "BEGIN DEFERRED TRANSACTION"
    private static let rollback: SQLStatement = "ROLLBACK TRANSACTION"

    private func end() {
        guard sqlite3_get_autocommit(connection) == 0 else { return }
        try? handle(for: Self.rollback).run([])
    }

    @discardableResult
    func execute(_ statement: SQLStatement, _ values: [SQLValue]) throws(SQLError) -> Int {
        try check()
        do {
            let handle = try handle(for: statement)
            try handle.run(values)
            return handle.rowsChanged
        } catch {
            spoil()
            throw error
        }
    }

    func executeMany(_ statement: SQLStatement, _ rows: [[SQLValue]]) throws(SQLError) {
        try check()
        do {
            let handle = try handle(for: statement)
            for values in rows {
                try handle.run(values)
            }
        } catch {
            spoil()
            throw error
        }
    }

    func query(
        _ statement: SQLStatement,
        _ values: [SQLValue],
        _ each: (any SQLRow) throws -> Void
    ) throws {
        try check()
        let handle: SQLiteStatementHandle
        do {
            handle = try self.handle(for: statement)
            try handle.start(values)
        } catch {
            spoil()
            throw error
        }
        defer { handle.finish() }
        while try step(handle) {
            try each(SQLiteRow(statement: handle.pointer))
        }
    }

    @discardableResult
    func savepoint<R>(_ body: () throws -> R) throws -> R {
        depth += 1
        defer { depth -= 1 }
        let names = Self.savepoints(depth)
        let carriedBefore = carried
        try execute(names.open, [])
        do {
            let result = try body()
            try execute(names.release, [])
            return result
        } catch {
            carried = carriedBefore
            // When SQLite has rolled everything back by itself there is nothing to return to.
            if sqlite3_get_autocommit(connection) == 0 {
                isSpoilt = false
                try execute(names.rollback, [])
                try execute(names.release, [])
            }
            throw error
        }
    }

    private func step(_ handle: SQLiteStatementHandle) throws(SQLError) -> Bool {
        do {
            return try handle.step()
        } catch {
            spoil()
            throw error
        }
    }

    private func spoil() {
        isSpoilt = true
    }

    private func check() throws(SQLError) {
        if isSpoilt {
            throw SQLError(.other, "an earlier statement failed and was not undone by a savepoint")
        }
    }

    /// The prepared statement, or a second one when a query on the first is still open.
    private func handle(for statement: SQLStatement) throws(SQLError) -> SQLiteStatementHandle {
        if let known = prepared[statement], !known.isOpen { return known }
        do {
            let isSecond = prepared[statement] != nil
            let made = SQLiteStatementHandle(
                isSecond
                    ? try database.makeStatement(sql: statement.sqlite)
                    : try database.cachedStatement(sql: statement.sqlite),
                connection,
                statement
            )
            if !isSecond { prepared[statement] = made }
            return made
        } catch {
            throw SQLError(sqlite: error, preparing: statement)
        }
    }

    private struct Savepoint {
        let open: SQLStatement
        let release: SQLStatement
        let rollback: SQLStatement

        init(depth: Int) {
            open = SQLStatement("SAVEPOINT s\(depth)")
            release = SQLStatement("RELEASE SAVEPOINT s\(depth)")
            rollback = SQLStatement("ROLLBACK TO SAVEPOINT s\(depth)")
        }
    }

    private static let outermost = (1...4).map(Savepoint.init(depth:))

    private static func savepoints(_ depth: Int) -> Savepoint {
        depth <= outermost.count ? outermost[depth - 1] : Savepoint(depth: depth)
    }
}
