import Kernel
import SQL
import Store

extension Demonstration {
    /// The password of every account of a demonstration.
    package static let password = "canal bridge lantern"
    /// The second factor of every account of its staff: 20 bytes.
    static let secret = Array("goodwork demo only!!".utf8)
    /// The same as it is typed into an authenticator app.
    package static var secretText: String { Base32.text(secret) }
}

/// Ways in that are open in a demonstration, and in no other installation.
extension Goodwork {
    /// Whom a visitor can be; nobody unless the database is marked as a demonstration.
    package func demonstrationSignIns() async throws -> [DemonstrationSignIn] {
        let store = store
        return try await store.database.read { transaction in
            guard try store.demonstrationSecret(in: transaction) != nil else { return [] }
            let roles =
                DemonstrationCast.visitors.map { ($0.login, $0.says) }
                + [(DemonstrationCast.resident, "resident, with a plan")]
            return try roles.compactMap { name, says in
                let login = DemonstrationCast.login(name)
                guard let stored = try store.account(login: login, in: transaction) else {
                    return nil
                }
                let account = try account(stored, in: transaction)
                return DemonstrationSignIn(login: login, name: account.name, role: says)
            }
        }
    }

    /// Signs a visitor in as one of them, without password or second factor.
    ///
    /// - Throws: `ServiceError` in an installation that is no demonstration, and for any account
    ///   that visitors cannot be.
    package func signInToDemonstration(as login: String) async throws -> SignInAnswer {
        let isOffered = try await demonstrationSignIns().contains { $0.login == login }
        let store = store
        let answer = try await store.committer.submit { transaction -> SignInAnswer? in
            guard isOffered, try store.demonstrationSecret(in: transaction) != nil,
                let account = try store.account(login: login, in: transaction),
                account.disabledAt == nil
            else { return nil }
            try store.log(signInEntry(account, "sign-in-to-demonstration"), in: transaction)
            return try begin(account, way: .password, hasGivenFactor: true, in: transaction)
        }
        guard let answer else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        return answer
    }

    /// The code that an authenticator app would show now.
    ///
    /// - Throws: `ServiceError` in an installation that is no demonstration.
    package func demonstrationCode(for login: String) async throws -> String {
        let store = store
        let secret = try await store.database.read { try store.demonstrationSecret(in: $0) }
        guard let secret else {
            throw ServiceError(
                .forbidden,
                "This database is no demonstration: codes come from each person's own app."
            )
        }
        guard try await account(login: login).hasSecondFactor else {
            throw ServiceError(.invalid, "\(login) signs in without a code.")
        }
        return TOTP.code(secret: secret, step: TOTP.step(at: now()))
    }
}
