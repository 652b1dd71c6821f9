import Kernel
import SQL
import Store

/// Somebody at work here, as every program may know them.
package struct Worker: Sendable, Hashable {
    package var id: UserID
    package var name: String
    package var organisation: String
    package var roles: Set<Role>
    package var isDisabled: Bool
    package var createdAt: Instant
}

extension Goodwork {
    /// Everyone who works here; residents are left out.
    package func workers() async throws -> [Worker] {
        let store = store
        return try await store.database.read { transaction in
            try store.accounts(in: transaction).compactMap { stored in
                guard stored.person == nil,
                    let name = try store.identity(of: stored, in: transaction)?.name
                else { return nil }
                let roles = stored.roles.split(separator: " ")
                return Worker(
                    id: stored.id,
                    name: name,
                    organisation: stored.organisation,
                    roles: Set(roles.compactMap { Role(rawValue: String($0)) }),
                    isDisabled: stored.disabledAt != nil,
                    createdAt: stored.createdAt
                )
            }
        }
    }

    /// Every organisation, and since when it is known here.
    package func organisationsKnown() async throws -> [(organisation: Organisation, since: Instant)]
    {
        let store = store
        return try await store.database.read { transaction in
            try store.organisations(in: transaction).map { (Organisation($0), $0.createdAt) }
        }
    }
}
