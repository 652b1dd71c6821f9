import CPostgres
import Foundation
import SQL

/// A libpq connection: connecting, beginning and ending transactions, preparing statements.
final class PostgresSession {
    let connection: OpaquePointer
    private let notices = PostgresNotices()
    private var prepared: [Statement: String] = [:]
    private static let preparedMax = 1_000

    /// Connects and checks that text sorts here as it does in SQLite.
    init(url: String) throws(SQLError) {
        // The URL comes last, so that it can say otherwise.
        let settings = [
            ("client_encoding", "UTF8"),
            ("fallback_application_name", "goodwork"),
            ("connect_timeout", "10"),
            // A server that is gone without a word is given up after some 20 seconds, and not when
            // the system does so: that is after a quarter of an hour, or after hours.
            ("tcp_user_timeout", "20000"),
            ("keepalives_idle", "10"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "2"),
            ("options", "-c client_min_messages=warning -c lock_timeout=30s"),
            ("dbname", url),
        ]
        guard let connection = Self.connect(settings) else {
            throw SQLError(.connection, "out of memory")
        }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            throw SQLError(.connection, String(cString: PQerrorMessage(connection)))
        }
        notices.listen(to: connection)
        try checkCollation()
    }

    deinit {
        PQfinish(connection)
    }

    /// Whether the connection is lost.
    var isBroken: Bool {
        PQstatus(connection) != CONNECTION_OK
    }

    /// Runs a fixed text without parameters.
    func run(_ text: String) throws(SQLError) {
        PQclear(try checked(PQexec(connection, text), text))
    }

    /// Commits.
    ///
    /// Throws `unknownOutcome` when the commit may or may not have taken effect.
    func commit(_ mode: PostgresMode) throws(SQLError) {
        notices.warning = nil
        let result = PQexec(connection, "COMMIT")
        defer { PQclear(result) }
        if mode == .write, isBroken {
            throw SQLError(.unknownOutcome, String(cString: PQerrorMessage(connection)))
        }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK else {
            let failure = error(result, "COMMIT")
            if isInTransaction { rollback() }
            throw failure
        }
        guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw SQLError(.other, "the transaction was rolled back", statement: "COMMIT")
        }
        // Such as: the commit is on this server, but its standby may not have it.
        if mode == .write, let warning = notices.warning {
            throw SQLError(.unknownOutcome, warning, statement: "COMMIT")
        }
    }

    /// Rolls back.
    ///
    /// A connection that cannot do even that is not used again.
    func rollback() {
        PQclear(PQexec(connection, "ROLLBACK"))
    }

    /// Whether a transaction is open, spoilt or not.
    var isInTransaction: Bool {
        let status = PQtransactionStatus(connection)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// The name under which a statement is prepared, preparing it when it is new.
    func name(of statement: Statement) throws(SQLError) -> String {
        if let known = prepared[statement] { return known }
        if prepared.count >= Self.preparedMax { try forgetStatements() }
        let name = "s\(prepared.count)"
        let result = PQprepare(connection, name, statement.postgres, 0, nil)
        PQclear(try checked(result, statement.postgres))
        prepared[statement] = name
        return name
    }

    /// Lets go of every prepared statement, as after a change of the schema.
    func forgetStatements() throws(SQLError) {
        try run("DEALLOCATE ALL")
        prepared = [:]
    }

    /// Passes a result that is good, and clears and throws one that is not.
    func checked(_ result: OpaquePointer?, _ text: String) throws(SQLError) -> OpaquePointer {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE:
            if let result { return result }
        default: break
        }
        defer { PQclear(result) }
        throw error(result, text)
    }

    /// The error in a result, or that of the connection when there is no result.
    func error(_ result: OpaquePointer?, _ text: String) -> SQLError {
        SQLError(postgres: result, connection, statement: text)
    }

    private func checkCollation() throws(SQLError) {
        // Who compares, libc or ICU, and by what rules, is told by what comes of it.
        let text = """
            SELECT CAST('B' AS TEXT) < 'a', pg_encoding_to_char(encoding)
            FROM pg_database WHERE datname = current_database()
            """
        let result = try checked(PQexec(connection, text), text)
        defer { PQclear(result) }
        let sortsByBytes = String(cString: PQgetvalue(result, 0, 0)) == "t"
        let encoding = String(cString: PQgetvalue(result, 0, 1))
        guard sortsByBytes, encoding == "UTF8" else {
            throw SQLError(
                .other,
                "the database is in \(encoding) and "
                    + (sortsByBytes ? "sorts by bytes" : "does not sort by bytes")
                    + "; make it with ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0, and "
                    + "LOCALE_PROVIDER libc where the server knows it"
            )
        }
    }

    private static func connect(_ settings: [(String, String)]) -> OpaquePointer? {
        let copies = (settings.map(\.0) + settings.map(\.1)).map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let keywords = copies.prefix(settings.count).map { UnsafePointer<CChar>($0) } + [nil]
        let values = copies.suffix(settings.count).map { UnsafePointer<CChar>($0) } + [nil]
        return PQconnectdbParams(keywords, values, 1)
    }
}
