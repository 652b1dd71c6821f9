import Kernel

/// What an account may be, apart from what is stored already.
enum AccountRules {
    static func faults(_ new: NewAccount) -> [Fault] {
        faults(login: new.login) + NameRules.faults(new.name) + faults(roles: new.roles)
            + personFaults(new) + faults(capacity: new.capacity, roles: new.roles)
    }

    /// A login as it is kept and looked for: without blanks around it, and in small letters.
    static func folded(_ login: String) -> String {
        let blank: (Character) -> Bool = { $0.isWhitespace }
        let rest = login.drop(while: blank).reversed().drop(while: blank).reversed()
        return String(rest).lowercased()
    }

    static func faults(login: String) -> [Fault] {
        let parts = folded(login).split(separator: "@", omittingEmptySubsequences: false)
        let isEmail =
            parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && login.utf8.count <= 254
            && !folded(login).unicodeScalars.contains {
                $0.properties.isWhitespace || $0.value < 33
            }
        if isEmail { return [] }
        return [
            Fault(
                field: "login",
                problem: login.isEmpty ? "is missing" : "“\(login)” cannot be used",
                expected: "an email address"
            )
        ]
    }

    static func faults(roles: Set<Role>) -> [Fault] {
        if roles.isEmpty {
            let all = Role.ofAccounts.map(\.rawValue).joined(separator: ", ")
            return [
                Fault(field: "roles", problem: "is missing", expected: "one or more of \(all)")
            ]
        }
        if roles.contains(.operator) {
            return [
                Fault(field: "roles", problem: "operator is the command line's, not an account's")
            ]
        }
        if roles.contains(.resident), roles.count > 1 {
            return [Fault(field: "roles", problem: "a resident's account has no other role")]
        }
        return []
    }

    private static func personFaults(_ new: NewAccount) -> [Fault] {
        if new.roles == [.resident], new.person == nil {
            return [
                Fault(field: "person", problem: "is missing: a resident's account is a person's")
            ]
        }
        if new.person != nil, new.roles.isStaff {
            return [Fault(field: "person", problem: "is only for a resident's account")]
        }
        return []
    }

    static func faults(capacity: Int?, roles: Set<Role>) -> [Fault] {
        guard let capacity else { return [] }
        if !(0...1_000).contains(capacity) {
            return [
                Fault(
                    field: "capacity",
                    problem: "\(capacity) cannot be used",
                    expected: "a whole number from 0 to 1000"
                )
            ]
        }
        return roles.contains(.coach)
            ? [] : [Fault(field: "capacity", problem: "is only for a coach")]
    }
}
