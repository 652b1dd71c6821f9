import CPostgres
import SQL

/// Sends many executions without waiting for each one's answer.
///
/// It waits for the answers every few hundred rows: were they left to pile up, the server would stop
/// reading until somebody read them.
struct PostgresPipeline {
    private static let rowsMax = 500

    private let session: PostgresSession
    private let statement: Statement
    private var waiting = 0

    /// Puts the connection into pipeline mode; `close` takes it out.
    init(_ session: PostgresSession, _ statement: Statement) throws(SQLError) {
        self.session = session
        self.statement = statement
        guard PQenterPipelineMode(session.connection) == 1 else {
            throw session.error(nil, statement.postgres)
        }
    }

    /// Counts an execution by the answer of `PQsendQueryPrepared`.
    mutating func sent(_ answer: Int32) throws(SQLError) {
        guard answer == 1 else { throw session.error(nil, statement.postgres) }
        waiting += 1
        if waiting >= Self.rowsMax { try finish() }
    }

    /// Waits for everything that was sent, and throws the first failure.
    mutating func finish() throws(SQLError) {
        guard waiting > 0 else { return }
        waiting = 0
        guard PQpipelineSync(session.connection) == 1 else {
            throw session.error(nil, statement.postgres)
        }
        var failure: SQLError?
        while true {
            guard let result = PQgetResult(session.connection) else {
                // Nil stands between two executions; on a lost connection it would never end.
                guard !session.isBroken else {
                    throw failure ?? session.error(nil, statement.postgres)
                }
                continue
            }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                if let failure { throw failure }
                return
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_PIPELINE_ABORTED:
                break
            default:
                failure = failure ?? session.error(result, statement.postgres)
            }
        }
    }

    /// Leaves pipeline mode, waiting first for what was sent before a failure.
    mutating func close() {
        try? finish()
        _ = PQexitPipelineMode(session.connection)
    }
}
