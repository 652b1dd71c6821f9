import Kernel

/// A program that works with the installation, as it is kept.
package struct StoredClient: Sendable, Hashable {
    package var id: String
    package var name: String
    package var organisation: String
    /// Tokens, one space between.
    package var roles: String
    package var purpose: String
    /// Tokens, one space between.
    package var scopes: String
    /// A JWK Set of public keys, as JSON.
    package var keys: String?
    /// Where the client shows its keys.
    package var keysAddress: String?
    package var createdAt: Instant
    package var createdBy: String
    package var disabledAt: Instant?

    package init(
        id: String,
        name: String,
        organisation: String,
        roles: String,
        purpose: String,
        scopes: String,
        keys: String? = nil,
        keysAddress: String? = nil,
        createdAt: Instant,
        createdBy: String,
        disabledAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.organisation = organisation
        self.roles = roles
        self.purpose = purpose
        self.scopes = scopes
        self.keys = keys
        self.keysAddress = keysAddress
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.disabledAt = disabledAt
    }
}

/// An access token, by its hash.
package struct StoredClientToken: Sendable, Hashable {
    package var id: [UInt8]
    package var client: String
    package var scopes: String
    package var endsAt: Instant

    package init(id: [UInt8], client: String, scopes: String, endsAt: Instant) {
        self.id = id
        self.client = client
        self.scopes = scopes
        self.endsAt = endsAt
    }
}
