import CPostgres
import SQL

/// The rows of a query as they arrive, each in a result of its own.
final class PostgresStream {
    private let session: PostgresSession
    private let statement: Statement
    /// Rows that were read early, because another statement needed the connection.
    private var early: [OpaquePointer] = []
    private var earlyTaken = 0
    private var isAtEnd = false

    /// Takes over the results of a query that was sent.
    init(_ session: PostgresSession, _ statement: Statement, sent: Int32) throws(SQLError) {
        self.session = session
        self.statement = statement
        guard sent == 1, PQsetSingleRowMode(session.connection) == 1 else {
            throw session.error(nil, statement.postgres)
        }
    }

    /// The next row, which the caller clears, or nil at the end.
    func next() throws(SQLError) -> OpaquePointer? {
        if earlyTaken < early.count {
            earlyTaken += 1
            return early[earlyTaken - 1]
        }
        return try receive()
    }

    /// Reads what is left into memory, so that the connection is free.
    func readAll() throws(SQLError) {
        while let row = try receive() {
            early.append(row)
        }
    }

    /// Passes over what is left.
    func discard() {
        for row in early[earlyTaken...] { PQclear(row) }
        earlyTaken = early.count
        while !isAtEnd {
            // An error here comes after the caller stopped reading; the next statement meets it.
            if let row = try? receive() { PQclear(row) }
        }
    }

    private func receive() throws(SQLError) -> OpaquePointer? {
        while !isAtEnd {
            guard let result = PQgetResult(session.connection) else {
                isAtEnd = true
                break
            }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE:
                return result
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                PQclear(result)
            default:
                let error = session.error(result, statement.postgres)
                PQclear(result)
                while let rest = PQgetResult(session.connection) { PQclear(rest) }
                isAtEnd = true
                throw error
            }
        }
        return nil
    }
}
