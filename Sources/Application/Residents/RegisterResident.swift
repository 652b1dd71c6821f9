import Casework
import Kernel
import SQL
import Store

/// The login and the password that a resident chooses.
package struct ResidentAccount: Sendable, Hashable {
    package var login: String
    package var password: String

    package init(login: String, password: String) {
        self.login = login
        self.password = password
    }
}

// MARK: - After a self-referral

extension Goodwork {
    /// How long after a self-referral its sender can make an account.
    package static let registrationMinutes: Int64 = 60

    /// Makes the account of whoever has just referred themselves.
    ///
    /// The person of a self-referral is a new one, so the account opens what its owner sent, and
    /// nothing that was there before.
    ///
    /// Whether an account with this email was there already is not said: it would tell a stranger
    /// who is helped here. So there is one go, and it ends the same either way.
    ///
    /// - Parameter sent: from what only the browser that sent it can bring back.
    /// - Returns: whether this was that go; of a later one nothing is kept.
    package func registerResident(
        _ new: ResidentAccount,
        after sent: SentSelfReferral
    ) async throws -> Bool {
        let end = sent.sentAt.adding(milliseconds: Self.registrationMinutes * 60_000)
        guard now() < end else {
            throw ServiceError(
                .refused,
                code: "too-late",
                "The hour for making an account is over. Ask your coach for an invitation."
            )
        }
        let store = store
        let header = try await store.database.read { try store.header(id: sent.caseID, in: $0) }
        guard let header else { throw ServiceError(.notFound, "There is no such case.") }
        let hash = try await checked(new)
        let (login, now) = (AccountRules.folded(new.login), now())
        return try await store.committer.submit { transaction in
            let subject = "register:\(header.id.text)"
            guard try store.account(of: header.person, in: transaction) == nil,
                try store.takeTry(of: subject, max: 1, at: now, in: transaction) != nil
            else { return false }
            try add(login, hash, of: header, why: "self-referral", by: .nobody, in: transaction)
            return true
        }
    }
}

// MARK: - The account

extension Goodwork {
    /// Checks a login and a password, and hashes the password.
    func checked(_ new: ResidentAccount) async throws -> String {
        let asked = NewAccount(
            login: new.login,
            name: "resident",
            organisation: Actor.nobody.organisation,
            roles: []
        )
        let faults =
            AccountRules.faults(asked).filter { $0.field == "login" }
            + PasswordRules.faults(new.password, login: AccountRules.folded(new.login))
        guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
        return try await passwords.hash(new.password)
    }

    /// Adds a resident's account, and no other kind; or none, when the login is taken.
    ///
    /// Only the access log tells which.
    func add(
        _ login: String,
        _ hash: String,
        of header: CaseHeader,
        why: String,
        by actor: Actor,
        in transaction: any Transaction
    ) throws {
        let now = now()
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id: UserID = ids.make(at: now)
        guard let person = try store.person(header.person, in: transaction),
            let identity = try person.identity(),
            let sealed = try store.seal(
                AccountIdentity(login: login, name: identity.name ?? login),
                of: id,
                person: header.person,
                in: transaction
            )
        else { throw ServiceError(.notFound, "There is no such case.") }
        let stored = StoredAccount(
            id: id,
            organisation: Actor.nobody.organisation,
            sealed: sealed,
            roles: Set([Role.resident]).text,
            person: header.person,
            passwordHash: hash,
            capacity: nil,
            mustChangePassword: false,
            createdAt: now
        )
        let isNew = try store.add(stored, login: login, in: transaction)
        let words = "add resident of case \(header.id.text) by \(why)"
        var entry = managed(id, words, by: actor)
        if !isNew { entry.outcome = "refused: the email has an account" }
        try store.log(entry, in: transaction)
    }
}
