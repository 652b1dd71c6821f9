import SQL
import Synchronization

/// Lends connections, first come first served.
final class PostgresPool: Sendable {
    private typealias Waiter = CheckedContinuation<PostgresConnection, any Error>

    private struct State {
        var idle: [PostgresConnection]
        var waiters: [Waiter] = []
        var isClosed = false
    }

    private let count: Int
    private let state: Mutex<State>

    init(_ connections: [PostgresConnection]) {
        count = connections.count
        state = Mutex(State(idle: connections))
    }

    /// Borrows a connection, waiting for one to come back.
    ///
    /// Throws once the pool is closed.
    func take() async throws -> PostgresConnection {
        try await take(closing: false)
    }

    /// Brings a connection back.
    func give(_ connection: PostgresConnection) {
        let waiter = state.withLock { state -> Waiter? in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.idle.append(connection)
            return nil
        }
        waiter?.resume(returning: connection)
    }

    /// Refuses new borrowers, waits for the present ones and closes every connection.
    func close() async {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        for _ in 0..<count {
            if let connection = try? await take(closing: true) {
                await connection.close()
            }
        }
    }

    private func take(closing: Bool) async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let answer = state.withLock { state -> Result<PostgresConnection, SQLError>? in
                guard closing || !state.isClosed else {
                    return .failure(SQLError(.connection, "the database is closed"))
                }
                // The one that was used last has the warmest statements.
                if let connection = state.idle.popLast() { return .success(connection) }
                state.waiters.append(continuation)
                return nil
            }
            switch answer {
            case .success(let connection): continuation.resume(returning: connection)
            case .failure(let error): continuation.resume(throwing: error)
            case nil: break
            }
        }
    }
}
