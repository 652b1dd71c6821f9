import Kernel

/// What is to be otherwise about an account of staff; what is nil stays.
package struct AccountChange: Sendable, Hashable {
    package var login: String?
    package var name: String?
    package var organisation: String?
    package var roles: Set<Role>?
    /// How many open cases a coach can hold; within it, nil is no limit.
    package var capacity: Int??

    package init(
        login: String? = nil,
        name: String? = nil,
        organisation: String? = nil,
        roles: Set<Role>? = nil,
        capacity: Int?? = nil
    ) {
        self.login = login
        self.name = name
        self.organisation = organisation
        self.roles = roles
        self.capacity = capacity
    }

    /// What the access log says of it: who an account is stands sealed, and not there.
    var words: String {
        var parts: [String] = []
        if login != nil { parts.append("email") }
        if name != nil { parts.append("name") }
        if let organisation { parts.append("organisation \(organisation)") }
        if let roles { parts.append("roles \(roles.text)") }
        if let capacity { parts.append("capacity \(capacity.map(String.init) ?? "none")") }
        return parts.joined(separator: ", ")
    }

    /// What is wrong with it, apart from what is stored.
    ///
    /// - Parameter before: the roles that the account has now.
    func faults(_ before: Set<Role>) -> [Fault] {
        var faults: [Fault] = []
        if let login { faults += AccountRules.faults(login: login) }
        if let name { faults += NameRules.faults(name) }
        if let roles { faults += AccountRules.faults(roles: roles) }
        if let capacity {
            faults += AccountRules.faults(capacity: capacity, roles: roles ?? before)
        }
        return faults
    }
}
