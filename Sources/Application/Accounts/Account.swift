import Kernel
import Store

/// Somebody who can sign in.
package struct Account: Sendable, Hashable {
    /// How long a password that was handed over serves.
    package static let oneTimePasswordDays: Int64 = 7

    package var id: UserID
    package var organisation: String
    /// An email address, case folded.
    package var login: String
    package var name: String
    package var roles: Set<Role>
    /// Who they are, when they are a resident.
    package var person: PersonID?
    /// How many open cases a coach can hold.
    package var capacity: Int?
    package var isDisabled: Bool
    package var hasSecondFactor: Bool
    package var mustChangePassword: Bool
    /// Until when a password that serves once does so; nil when theirs is their own.
    package var passwordUntil: Instant?
    /// Whether an OpenID issuer vouches for them.
    package var hasOpenID: Bool

    init(_ stored: StoredAccount, _ identity: AccountIdentity?) {
        id = stored.id
        organisation = stored.organisation
        login = identity?.login ?? ""
        name = identity?.name ?? "erased"
        roles = stored.roleSet
        person = stored.person
        capacity = stored.capacity
        isDisabled = stored.disabledAt != nil || identity == nil
        hasSecondFactor = stored.totpSealed != nil
        mustChangePassword = stored.mustChangePassword
        passwordUntil = stored.oneTimePasswordEnds
        hasOpenID = stored.issuer != nil
    }

    /// Whoever is at work with this account.
    package var actor: Actor {
        Actor(user: id.text, organisation: organisation, roles: roles, person: person)
    }

    package var isStaff: Bool { roles.isStaff }
}

/// An account that is asked for.
package struct NewAccount: Sendable, Hashable {
    package var login: String
    package var name: String
    package var organisation: String
    package var roles: Set<Role>
    package var person: PersonID?
    package var capacity: Int?

    package init(
        login: String,
        name: String,
        organisation: String,
        roles: Set<Role>,
        person: PersonID? = nil,
        capacity: Int? = nil
    ) {
        self.login = login
        self.name = name
        self.organisation = organisation
        self.roles = roles
        self.person = person
        self.capacity = capacity
    }
}

extension Set<Role> {
    /// Every role but the resident's is one of staff.
    package var isStaff: Bool { contains { $0 != .resident } }

    /// Tokens in order, one space between.
    var text: String { map(\.rawValue).sorted().joined(separator: " ") }
}

extension StoredAccount {
    /// Until when a password that was handed over serves, from a moment.
    static func oneTimePasswordEnds(from now: Instant) -> Instant {
        now.adding(milliseconds: Account.oneTimePasswordDays * 86_400_000)
    }

    /// Until when the password serves; nil when it is the owner's own.
    ///
    /// Where it is not known when one was handed over, the account's own beginning counts.
    var oneTimePasswordEnds: Instant? {
        guard mustChangePassword else { return nil }
        return passwordUntil ?? Self.oneTimePasswordEnds(from: createdAt)
    }

    /// Since when the password is the one that it is.
    var passwordSince: Instant { passwordSetAt ?? createdAt }

    var roleSet: Set<Role> {
        Set(roles.split(separator: " ").compactMap { Role(rawValue: String($0)) })
    }
}
