import GRDB
import SQL

/// A SQLite file: one writer and several readers, each on a thread of its own.
///
/// It is in WAL mode and every commit is synced to the disk before `write` returns.
package final class SQLiteDatabase: SQLDatabase {
    package let kind = DatabaseKind.sqlite
    private let pool: DatabasePool
    private let readers: SQLiteReaders
    private let shared: SharedReads
    private static let readersMax = 4

    /// Opens the file, and makes it when there is none.
    ///
    /// Throws `SQLError`, of kind `connection` when the file cannot be opened.
    package init(path: String) throws(SQLError) {
        _ = SQLiteSettings.areMade
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try pool.writeWithoutTransaction { connection in
                // GRDB sets NORMAL when it turns WAL on, after `prepareDatabase`; NORMAL can lose
                // the last commits when the machine stops.
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                // What is erased is overwritten in the file, and not only let go of.
                try connection.execute(sql: "PRAGMA secure_delete = FAST")
                try connection.execute(sql: "PRAGMA cache_size = -8192")
                try connection.execute(sql: "PRAGMA wal_autocheckpoint = 12000")
            }
            readers = try SQLiteReaders(
                path: path,
                count: Self.readersMax,
                configuration: Self.configuration
            )
            shared = SharedReads(
                try SQLiteReaders(path: path, count: 1, configuration: Self.forShortReads)
            )
        } catch {
            throw SQLError(sqlite: error)
        }
    }

    package func read<R: Sendable>(
        _ body: @Sendable (any SQLTransaction) throws -> R
    ) async throws -> R {
        do {
            return try await readers.read { connection in
                try SQLiteTransaction.read(connection, body)
            }
        } catch let error as DatabaseError {
            throw SQLError(sqlite: error)
        }
    }

    package func look<R: Sendable>(
        _ body: @Sendable @escaping (any SQLTransaction) throws -> R
    ) async throws -> R {
        do {
            return try await shared.read(body)
        } catch let error as DatabaseError {
            throw SQLError(sqlite: error)
        }
    }

    @discardableResult
    package func write<R: Sendable>(
        _ body: @Sendable (any SQLTransaction) throws -> R
    ) async throws -> R {
        do {
            return try await pool.write { connection in
                try SQLiteTransaction.run(connection, body)
            }
        } catch let error as DatabaseError {
            throw SQLError(sqlite: error)
        }
    }

    package func close() async throws {
        // One that cannot be closed keeps nothing else open.
        var fault: (any Error)?
        do { try await shared.close() } catch { fault = error }
        do { try await readers.close() } catch { fault = fault ?? error }
        do { try await closePool() } catch { fault = fault ?? error }
        if let error = fault as? DatabaseError { throw SQLError(sqlite: error) }
        if let fault { throw fault }
    }

    /// A barrier lets what is running finish; what comes after finds the pool closed.
    ///
    /// GRDB closes the writer before the readers, and a reader cannot empty the log: without this the
    /// file itself may hold nothing of what was written.
    private func closePool() async throws {
        try await pool.barrierWriteWithoutTransaction { _ = try? $0.checkpoint(.truncate) }
        try pool.close()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.label = "goodwork.sqlite"
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA temp_store = MEMORY")
            try connection.execute(sql: "PRAGMA cache_size = -16384")
            try connection.execute(sql: "PRAGMA mmap_size = 268435456")
        }
        return configuration
    }

    /// A file that is mapped is let go of and mapped anew for each snapshot after a write, on every
    /// core: more than a short read costs.
    private static var forShortReads: Configuration {
        var configuration = configuration
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA mmap_size = 0")
        }
        return configuration
    }
}
