import GRDB
import Synchronization

/// Connections that only read, each on a thread of its own; whoever finds none free waits in turn.
///
/// GRDB's own pool waits on a thread that Swift's tasks need too, so that many readers at once stop
/// everything for moments. Here nobody waits on a thread.
final class SQLiteReaders: Sendable {
    private struct State {
        var free: [DatabaseQueue]
        var waiting: [CheckedContinuation<DatabaseQueue, Never>] = []
        var isClosed = false
    }

    private let count: Int
    private let state: Mutex<State>

    /// Opens the connections; the file must be there, and in WAL mode.
    init(path: String, count: Int, configuration: Configuration) throws {
        var configuration = configuration
        configuration.readonly = true
        let connections = try (0..<count).map { _ in
            try DatabaseQueue(path: path, configuration: configuration)
        }
        self.count = count
        state = Mutex(State(free: connections))
    }

    /// Lends a connection, on which no transaction is open.
    func read<R: Sendable>(
        _ body: @Sendable (GRDB.Database) throws -> R
    ) async throws -> R {
        let connection = await take()
        defer { giveBack(connection) }
        if state.withLock(\.isClosed) {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "The database is closed")
        }
        return try Self.read(connection, body)
    }

    /// Reads on the calling thread: reads are short, and two changes of thread cost more than most.
    private static func read<R>(
        _ connection: DatabaseQueue,
        _ body: (GRDB.Database) throws -> R
    ) throws -> R {
        try connection.unsafeRead(body)
    }

    /// Waits for whoever reads, and closes; later reads throw.
    func close() async throws {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return }
        var all: [DatabaseQueue] = []
        for _ in 0..<count { all.append(await take()) }
        defer { for connection in all { giveBack(connection) } }
        var fault: (any Error)?
        for connection in all {
            do { try connection.close() } catch { fault = fault ?? error }
        }
        if let fault { throw fault }
    }

    private func take() async -> DatabaseQueue {
        await withCheckedContinuation { continuation in
            let free = state.withLock { state -> DatabaseQueue? in
                if let last = state.free.popLast() { return last }
                state.waiting.append(continuation)
                return nil
            }
            if let free { continuation.resume(returning: free) }
        }
    }

    private func giveBack(_ connection: DatabaseQueue) {
        let next = state.withLock { state -> CheckedContinuation<DatabaseQueue, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free.append(connection)
            return nil
        }
        next?.resume(returning: connection)
    }
}
