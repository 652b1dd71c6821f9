/// Which database product is behind a `Database`.
package enum DatabaseKind: String, Hashable, Sendable {
    case sqlite
    case postgres
}

/// A database that runs synchronous transactions.
///
/// Nobody waits on a thread that Swift's tasks share, but for a short read of an open file.
package protocol Database: Sendable {
    /// Which product this is.
    var kind: DatabaseKind { get }

    /// Runs a body that only reads, on one consistent snapshot.
    ///
    /// The snapshot is taken by the first statement. Throws what the body throws, or `SQLError`.
    func read<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R

    /// Reads a little, for which others need not wait.
    ///
    /// The snapshot may be shared with others who ask at the same moment; it holds all that was
    /// durable when each of them asked. Throws as `read` does.
    func look<R: Sendable>(
        _ body: @Sendable @escaping (any Transaction) throws -> R
    ) async throws -> R

    /// Runs a body as one transaction, which is durable on return and undone when the body throws.
    ///
    /// Throws what the body throws, or `SQLError`. Of kind `unknownOutcome` it means that the
    /// changes may or may not have been made; of any other kind, that they have not.
    @discardableResult
    func write<R: Sendable>(
        _ body: @Sendable (any Transaction) throws -> R
    ) async throws -> R

    /// Waits for what is running and closes. Later calls throw `SQLError` of kind `connection`.
    func close() async throws
}

extension Database {
    /// A snapshot of its own is what most databases do best.
    package func look<R: Sendable>(
        _ body: @Sendable @escaping (any Transaction) throws -> R
    ) async throws -> R {
        try await read(body)
    }
}
