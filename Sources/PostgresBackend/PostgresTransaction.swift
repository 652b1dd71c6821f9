import CPostgres
import SQL

/// The statements of one transaction on one session.
final class PostgresTransaction: Transaction {
    var carried = CarriedRows()
    private let session: PostgresSession
    private var parameters = PostgresParameters()
    /// The result that is being read, if any: the connection can do nothing else until it is in.
    private var stream: PostgresStream?
    private var depth = 0
    /// Set by a failure and cleared by rolling back to a savepoint, as the server has it too.
    private var isSpoilt = false

    init(_ session: PostgresSession) {
        self.session = session
    }

    @discardableResult
    func execute(_ statement: Statement, _ values: [SQLValue]) throws(SQLError) -> Int {
        try spoiling { () throws(SQLError) in
            guard !Self.isSchemaChange(statement) else {
                try session.run(statement.postgres)
                try session.forgetStatements()
                return 0
            }
            let name = try session.name(of: statement)
            let answer = try parameters.with(values, statement) { count, values, lengths, formats in
                PQexecPrepared(session.connection, name, count, values, lengths, formats, 1)
            }
            let result = try session.checked(answer, statement.postgres)
            defer { PQclear(result) }
            return Self.rowsChanged(result)
        }
    }

    func executeMany(_ statement: Statement, _ rows: [[SQLValue]]) throws(SQLError) {
        guard !rows.isEmpty else { return }
        try spoiling { () throws(SQLError) in
            let name = try session.name(of: statement)
            var pipeline = try PostgresPipeline(session, statement)
            defer { pipeline.close() }
            for values in rows {
                try pipeline.sent(try send(statement, name, values))
            }
            try pipeline.finish()
        }
    }

    func query(
        _ statement: Statement,
        _ values: [SQLValue],
        _ each: (any Row) throws -> Void
    ) throws {
        let stream = try spoiling { () throws(SQLError) in
            let name = try session.name(of: statement)
            let sent = try send(statement, name, values)
            return try PostgresStream(session, statement, sent: sent)
        }
        self.stream = stream
        defer {
            stream.discard()
            if self.stream === stream { self.stream = nil }
        }
        while let result = try next(stream) {
            defer { PQclear(result) }
            try each(PostgresRow(result: result))
        }
    }

    @discardableResult
    func savepoint<R>(_ body: () throws -> R) throws -> R {
        depth += 1
        defer { depth -= 1 }
        let name = "s\(depth)"
        let carriedBefore = carried
        try spoiling { () throws(SQLError) in try session.run("SAVEPOINT \(name)") }
        do {
            let result = try body()
            try spoiling { () throws(SQLError) in try session.run("RELEASE SAVEPOINT \(name)") }
            return result
        } catch {
            carried = carriedBefore
            // A connection that was lost has rolled everything back.
            if !session.isBroken {
                try stream?.readAll()
                stream = nil
                try session.run("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
                isSpoilt = false
            }
            throw error
        }
    }

    /// Throws when a failure has spoilt the transaction.
    func check() throws(SQLError) {
        if isSpoilt {
            throw SQLError(.other, "an earlier statement failed and was not undone by a savepoint")
        }
    }

    /// Sends an execution without waiting for its result, which will be in binary format.
    private func send(
        _ statement: Statement,
        _ name: String,
        _ values: [SQLValue]
    ) throws(SQLError) -> Int32 {
        let connection = session.connection
        return try parameters.with(values, statement) { count, values, lengths, formats in
            PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1)
        }
    }

    /// Frees the connection for a statement, and remembers when it fails.
    private func spoiling<R>(_ body: () throws(SQLError) -> R) throws(SQLError) -> R {
        try check()
        do {
            try stream?.readAll()
            stream = nil
            return try body()
        } catch {
            isSpoilt = true
            throw error
        }
    }

    private func next(_ stream: PostgresStream) throws(SQLError) -> OpaquePointer? {
        do {
            return try stream.next()
        } catch {
            isSpoilt = true
            throw error
        }
    }

    private static func isSchemaChange(_ statement: Statement) -> Bool {
        ["CREATE ", "ALTER ", "DROP "].contains { statement.postgres.hasPrefix($0) }
    }

    private static func rowsChanged(_ result: OpaquePointer) -> Int {
        // SELECT counts too, but changes nothing.
        guard PQnfields(result) == 0 || PQcmdStatus(result)[0] != CChar(UInt8(ascii: "S")) else {
            return 0
        }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }
}
