import Kernel

/// An organisation as it is stored.
package struct StoredOrganisation: Sendable, Hashable {
    package var id: String
    package var name: String
    /// Tokens in order, one space between.
    package var kinds: String
    package var createdAt: Instant

    package init(id: String, name: String, kinds: String, createdAt: Instant) {
        self.id = id
        self.name = name
        self.kinds = kinds
        self.createdAt = createdAt
    }
}

/// An account as it is stored: who it is stays sealed.
package struct StoredAccount: Sendable, Hashable {
    package var id: UserID
    package var organisation: String
    package var sealed: [UInt8]
    /// Tokens in order, one space between.
    package var roles: String
    package var person: PersonID?
    package var passwordHash: String?
    package var totpSealed: [UInt8]?
    /// The last step of 30 seconds whose code was used.
    package var totpStep: Int64?
    package var issuer: String?
    package var subject: String?
    package var capacity: Int?
    package var mustChangePassword: Bool
    /// Until when a password that serves once does so.
    package var passwordUntil: Instant?
    /// When the password took the place of another; nil while it is the first, or not known.
    package var passwordSetAt: Instant?
    package var disabledAt: Instant?
    package var createdAt: Instant

    package init(
        id: UserID,
        organisation: String,
        sealed: [UInt8],
        roles: String,
        person: PersonID?,
        passwordHash: String?,
        capacity: Int?,
        mustChangePassword: Bool,
        passwordUntil: Instant? = nil,
        createdAt: Instant
    ) {
        self.id = id
        self.organisation = organisation
        self.sealed = sealed
        self.roles = roles
        self.person = person
        self.passwordHash = passwordHash
        self.capacity = capacity
        self.mustChangePassword = mustChangePassword
        self.passwordUntil = passwordUntil
        self.createdAt = createdAt
    }

    /// Where the secret of the second factor stands.
    package var totpPlace: String { "totp:\(id.text)" }
}

/// Who an account is.
package struct AccountIdentity: Sendable, Hashable {
    package var login: String
    package var name: String

    package init(login: String, name: String) {
        self.login = login
        self.name = name
    }

    var bytes: [UInt8] { Array("\(login)\n\(name)".utf8) }

    init(_ bytes: [UInt8]) throws(StoreError) {
        let parts = bytes.split(
            separator: UInt8(ascii: "\n"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2 else { throw .damaged("an account has no login and name") }
        login = String(decoding: parts[0], as: UTF8.self)
        name = String(decoding: parts[1], as: UTF8.self)
    }
}

/// A session as it is stored.
package struct StoredSession: Sendable, Hashable {
    /// The SHA-256 of its token.
    package var id: [UInt8]
    package var account: UserID
    /// How somebody signed in: `password` or `openid`.
    package var way: String
    /// How far they came: `password-given` or `full`.
    package var stage: String
    package var createdAt: Instant
    package var lastSeenAt: Instant
    package var endsAt: Instant
    package var endedAt: Instant?
    /// The secret of a second factor that is being set up.
    package var totpSealed: [UInt8]?

    package init(
        id: [UInt8],
        account: UserID,
        way: String,
        stage: String,
        createdAt: Instant,
        endsAt: Instant
    ) {
        self.id = id
        self.account = account
        self.way = way
        self.stage = stage
        self.createdAt = createdAt
        lastSeenAt = createdAt
        self.endsAt = endsAt
    }
}
