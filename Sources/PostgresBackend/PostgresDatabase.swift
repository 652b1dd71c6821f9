import SQL

/// A PostgreSQL database, over a few connections that each have a thread of their own.
///
/// Reads are REPEATABLE READ READ ONLY: one snapshot. Writes are READ COMMITTED: a writer that
/// waited for another sees what that one committed. What must happen one at a time takes a row
/// lock, as the store does for the journal's position; the isolation level does not do it.
package final class PostgresDatabase: Database {
    package let kind = DatabaseKind.postgres
    private let pool: PostgresPool

    /// Connects to `postgres://user[:password]@host:port/database`.
    ///
    /// `?host=/directory` names a Unix socket. One connection is opened at once and the others when
    /// they are needed. Throws `SQLError` of kind `connection` when it cannot be reached, and of
    /// kind `other` when the database does not sort by bytes (LC_COLLATE "C") or is not in UTF-8.
    package init(url: String, connections: Int = 4) async throws {
        precondition(connections > 0, "a database needs a connection")
        pool = PostgresPool((0..<connections).map { _ in PostgresConnection(url: url) })
        let first = try await pool.take()
        do {
            try await first.open()
            pool.give(first)
        } catch {
            pool.give(first)
            throw error
        }
    }

    package func read<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R {
        try await transact(.read, body)
    }

    @discardableResult
    package func write<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R {
        try await transact(.write, body)
    }

    package func close() async throws {
        await pool.close()
    }

    private func transact<R: Sendable>(
        _ mode: PostgresMode,
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R {
        try Task.checkCancellation()
        let connection = try await pool.take()
        defer { pool.give(connection) }
        return try await connection.transact(mode, body)
    }
}
