import SQL
import Synchronization

/// A database that fails from a moment on that the test chooses.
package final class FaultyDatabase: Database {
    /// What is wrong with it.
    package enum Fault: Sendable {
        case nothing
        /// Whatever is asked of it throws this.
        case throwing(SQLError)
        /// It never answers, whether or not somebody still waits.
        case silence
    }

    private let database: any Database
    private let fault = Mutex(Fault.nothing)

    package init(_ database: any Database) {
        self.database = database
    }

    package var kind: DatabaseKind { database.kind }

    /// From now on this is wrong with it.
    package func begin(_ next: Fault) {
        fault.withLock { $0 = next }
    }

    package func read<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R {
        try await fail()
        return try await database.read(body)
    }

    @discardableResult
    package func write<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R {
        try await fail()
        return try await database.write(body)
    }

    package func close() async throws {
        try await database.close()
    }

    private func fail() async throws {
        switch fault.withLock({ $0 }) {
        case .nothing: return
        case .throwing(let error): throw error
        case .silence:
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        }
    }
}
