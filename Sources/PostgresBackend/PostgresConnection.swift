import Dispatch
import SQL

/// How a transaction begins.
enum PostgresMode: String {
    case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case write = "BEGIN ISOLATION LEVEL READ COMMITTED"
}

/// One connection, whose blocking calls run on its own queue and not on the cooperative threads.
actor PostgresConnection {
    private let executor = QueueExecutor()
    private let url: String
    private var session: PostgresSession?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    init(url: String) {
        self.url = url
    }

    /// Connects, unless it is connected.
    func open() throws(SQLError) {
        _ = try connected()
    }

    /// Disconnects.
    func close() {
        session = nil
    }

    /// Runs a body in a transaction, connecting again when the connection has gone stale.
    func transact<R: Sendable>(
        _ mode: PostgresMode,
        _ body: @Sendable (any Transaction) throws -> R
    ) throws -> R {
        let session = try begin(mode)
        defer {
            if session.isBroken { self.session = nil }
        }
        let result: R
        do {
            let transaction = PostgresTransaction(session)
            result = try body(transaction)
            try transaction.carried.write(in: transaction)
            try transaction.check()
        } catch {
            session.rollback()
            throw error
        }
        try session.commit(mode)
        return result
    }

    private func begin(_ mode: PostgresMode) throws(SQLError) -> PostgresSession {
        let isFresh = session == nil
        let first = try connected()
        do {
            try first.run(mode.rawValue)
            return first
        } catch {
            guard error.kind == .connection, !isFresh else { throw error }
        }
        // The server was restarted since the last use; nothing has been done yet.
        session = nil
        let second = try connected()
        try second.run(mode.rawValue)
        return second
    }

    private func connected() throws(SQLError) -> PostgresSession {
        if let session, !session.isBroken { return session }
        session = nil
        let made = try PostgresSession(url: url)
        session = made
        return made
    }
}

/// Runs an actor's jobs on a dispatch queue, whose thread may block.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "goodwork.postgres")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
