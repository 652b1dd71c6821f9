import Kernel

/// Who is asking.
package struct Actor: Sendable, Hashable {
    /// The id of an account, or the name given at the command line.
    package var user: String
    package var organisation: String
    package var roles: Set<Role>
    /// Who they are themselves, when they are a resident.
    package var person: PersonID?
    /// What a program was let in for; stands in each of its entries in the access log.
    package var purpose: String?

    package init(
        user: String,
        organisation: String,
        roles: Set<Role>,
        person: PersonID? = nil,
        purpose: String? = nil
    ) {
        self.user = user
        self.organisation = organisation
        self.roles = roles
        self.person = person
        self.purpose = purpose
    }

    package init(user: String, organisation: String, role: Role) {
        self.init(user: user, organisation: organisation, roles: [role])
    }
}

extension Actor {
    /// Whoever is not signed in: a person who refers themselves, or who holds a signed link.
    package static let nobody = Actor(user: "nobody", organisation: "public", roles: [])
}

/// What somebody is here for.
package enum Role: String, Sendable, CaseIterable {
    /// Runs the installation at its command line, with the database and its key in hand.
    case `operator`
    case referrer
    case resident
    case coach
    case manager = "provider-manager"
    case commissioner
    /// Counts, without identities.
    case analyst
    /// Counts those who agreed to evaluation, without identities.
    case evaluator
    case governance = "information-governance"
    case administrator

    /// The roles that an account can have.
    package static let ofAccounts = allCases.filter { $0 != .operator }
    /// Those that an administrator gives; a resident's account is made with their case.
    package static let ofStaff = ofAccounts.filter { $0 != .resident }
}
