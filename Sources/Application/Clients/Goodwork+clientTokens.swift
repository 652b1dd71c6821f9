import Kernel
import SQL
import Store

/// An access token, as it is handed to a client.
package struct ClientToken: Sendable, Hashable {
    package static let seconds: Int64 = 300

    package var text: String
    package var scopes: ClientScopes
}

/// An assertion of a client's that was found to be its own.
package struct ProvedAssertion: Sendable, Hashable {
    /// The client that made it.
    package var client: String
    /// `jti`: it serves once.
    package var name: String
    package var endsAt: Instant

    package init(client: String, name: String, endsAt: Instant) {
        self.client = client
        self.name = name
        self.endsAt = endsAt
    }
}

extension Goodwork {
    /// A client that is let in, for whoever proves to be it; nil when there is none.
    package func activeClient(_ id: String) async throws -> Client? {
        let store = store
        let found = try await store.database.read { try store.client(id, in: $0) }
        return found.flatMap { $0.disabledAt == nil ? Client($0) : nil }
    }

    /// A token for a client that has proved who it is.
    ///
    /// - Parameter asked: the scopes that it asks for; nil for all of its own.
    ///   One that cannot be granted is left out, and the answer says which are (RFC 6749, 3.3).
    /// - Throws: `ServiceError`: `forbidden` when the assertion was used before or the client is
    ///   shut out, `invalid` when no scope is left.
    package func token(
        for assertion: ProvedAssertion,
        asking asked: ClientScopes?
    ) async throws -> ClientToken {
        let (store, now, problem) = (store, now(), scopeProblem)
        let token = SessionToken()
        let scopes = try await store.committer.submit { transaction in
            guard let stored = try store.client(assertion.client, in: transaction),
                stored.disabledAt == nil
            else { throw ServiceError(.forbidden, "There is no such client.") }
            let client = Client(stored)
            try store.forgetClientTokens(before: now, in: transaction)
            let isNew = try store.useAssertion(
                assertion.name,
                of: client.id,
                until: assertion.endsAt,
                in: transaction
            )
            guard isNew else {
                throw ServiceError(.forbidden, "This assertion was used before: make a new one.")
            }
            let theirs = asked.map { client.scopes.granting($0) } ?? client.scopes
            let granted = ClientScopes(theirs.scopes.filter { problem($0) == nil })
            guard !granted.scopes.isEmpty else {
                throw Self.noScope(theirs.scopes.compactMap(problem), of: client)
            }
            try store.add(
                StoredClientToken(
                    id: token.id,
                    client: client.id,
                    scopes: granted.text,
                    endsAt: now.adding(milliseconds: ClientToken.seconds * 1_000)
                ),
                in: transaction
            )
            return granted
        }
        return ClientToken(text: token.text, scopes: scopes)
    }

    /// No scope is left, by the faults of those that are the client's.
    private static func noScope(_ faults: [Fault], of client: Client) -> ServiceError {
        let says =
            faults.isEmpty
            ? "None of these scopes is the client's. It may have: \(client.scopes.text)."
            : faults.map(\.description).joined(separator: ". ") + "."
        return ServiceError(.invalid, says)
    }

    /// Whose token it is; nil when it is none of ours, has ended, or its client is shut out.
    package func caller(token text: String) async throws -> ClientCaller? {
        guard let token = SessionToken(text) else { return nil }
        let (store, now) = (store, now())
        return try await store.database.look { transaction in
            guard let (kept, client) = try store.clientToken(token.id, in: transaction),
                now < kept.endsAt, client.disabledAt == nil
            else { return nil }
            return ClientCaller(client: Client(client), scopes: ClientScopes(kept.scopes))
        }
    }
}
