import Kernel
import Store

/// A program that works with the installation for an organisation, as its roles let it.
package struct Client: Sendable, Hashable {
    package var id: String
    package var name: String
    package var organisation: String
    package var roles: Set<Role>
    /// What it was let in for, in a few words: they stand in the access log.
    package var purpose: String
    package var scopes: ClientScopes
    package var keys: ClientKeys
    package var createdAt: Instant
    package var createdBy: String
    package var disabledAt: Instant?

    package var isDisabled: Bool { disabledAt != nil }

    init(_ stored: StoredClient) {
        id = stored.id
        name = stored.name
        organisation = stored.organisation
        roles = Set(stored.roles.split(separator: " ").compactMap { Role(rawValue: String($0)) })
        purpose = stored.purpose
        scopes = ClientScopes(stored.scopes)
        keys = stored.keysAddress.map { .address($0) } ?? .uploaded(stored.keys ?? "")
        createdAt = stored.createdAt
        createdBy = stored.createdBy
        disabledAt = stored.disabledAt
    }

    /// Who it is to the rules of access: an actor like any other.
    package var actor: Actor {
        Actor(
            user: Self.user(id),
            organisation: organisation,
            roles: roles,
            purpose: purpose
        )
    }

    /// What stands in the journal and in the logs.
    package static func user(_ id: String) -> String { "client:\(id)" }
}

/// The public keys by which a client is known.
package enum ClientKeys: Sendable, Hashable {
    /// A JWK Set as JSON (RFC 7517).
    case uploaded(String)
    /// Where the client shows its JWK Set.
    case address(String)
}

/// A client that is asked for.
package struct NewClient: Sendable, Hashable {
    package var name: String
    package var organisation: String
    package var roles: Set<Role>
    package var purpose: String
    /// With spaces between.
    package var scopes: String
    package var keys: ClientKeys

    package init(
        name: String,
        organisation: String,
        roles: Set<Role>,
        purpose: String,
        scopes: String,
        keys: ClientKeys
    ) {
        self.name = name
        self.organisation = organisation
        self.roles = roles
        self.purpose = purpose
        self.scopes = scopes
        self.keys = keys
    }
}

/// Whoever asks with an access token.
package struct ClientCaller: Sendable, Hashable {
    package var client: Client
    /// Those of the token.
    package var scopes: ClientScopes

    package var actor: Actor { client.actor }
}
