import Application
import Kernel
import SQL
import TestSupport

extension People {
    /// A new account, whose login is an address.
    static func new(
        _ login: String,
        _ roles: Set<Role>,
        name: String = "Somebody",
        organisation: String = "big-life",
        person: PersonID? = nil,
        capacity: Int? = nil
    ) -> NewAccount {
        NewAccount(
            login: login.isEmpty ? "" : "\(login)@example.org",
            name: name,
            organisation: organisation,
            roles: roles,
            person: person,
            capacity: capacity
        )
    }

    /// What the access log has, oldest first: who, what, what came of it, and why.
    func log() async throws -> [String] {
        try await installation.database.read { transaction in
            try transaction.rows(
                "SELECT actor, action, outcome, reason FROM access_log ORDER BY position"
            ) { row in
                let why = try row.optionalText(3).map { " because " + $0 } ?? ""
                return "\(try row.text(0)) \(try row.text(1)) \(try row.text(2))\(why)"
            }
        }
    }

    /// Everything that managing accounts can change.
    func stored() async throws -> [String] {
        try await installation.database.read { transaction in
            let accounts = try transaction.rows(
                """
                SELECT id, roles, organisation, password_hash, capacity, disabled_at,
                    must_change_password, login_index, sealed
                FROM accounts ORDER BY id
                """
            ) { row in
                let texts = try (0...3).map { try row.optionalText($0) ?? "-" }
                let numbers = try (4...6).map { "\(try row.optionalInt($0) ?? -1)" }
                let sealed = try (7...8).map { "\(try row.blob($0))" }
                return (texts + numbers + sealed).joined(separator: " ")
            }
            let organisations = try transaction.rows(
                "SELECT id, name FROM organisations ORDER BY id"
            ) { row in
                "\(try row.text(0)) \(try row.text(1))"
            }
            return accounts + organisations
        }
    }
}
