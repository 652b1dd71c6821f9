import Casework
import Crypto
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

/// What came of a resident's try to set up their account by an invitation.
package enum InvitationAnswer: Sendable, Hashable {
    /// The account is made, unless another has its email: which, is not said.
    case made
    /// The birth date is not the one that is held; so many tries are left.
    case wrongBirthDate(triesLeft: Int)
    /// The link was never ours, is too old, or has been tried too often.
    case dead
    /// It has been used, or the person has an account already.
    case hasAccount
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
    package func registerResident(
        _ new: ResidentAccount,
        after sent: SentSelfReferral
    ) async throws {
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
        try await store.committer.submit { transaction in
            // A form sent twice has made it already.
            if try store.account(of: header.person, in: transaction) != nil { return }
            let subject = "register:\(header.id.text)"
            guard
                try store.takeTry(of: subject, max: 1, at: now, in: transaction) != nil
            else { return }
            try add(login, hash, of: header, why: "self-referral", in: transaction)
        }
    }
}

// MARK: - By invitation

extension Goodwork {
    /// How often the birth date may be wrong before an invitation is dead.
    package static let invitationTries = 5

    /// A link by which the person of a case sets up their account, for 7 days.
    package func invitationLink(for id: CaseID) -> SignedLink {
        SignedLink(
            purpose: .record,
            caseID: id,
            expiresAt: now().adding(milliseconds: 7 * 86_400_000)
        )
    }

    /// Whether an invitation can still be used; nothing is changed.
    package func invitation(_ token: String) async throws -> InvitationAnswer? {
        guard let link = link(token), link.purpose == .record else { return .dead }
        let (store, subject) = (store, Self.subject(of: token))
        return try await store.database.read { transaction in
            guard let header = try store.header(id: link.caseID, in: transaction) else {
                return .dead
            }
            if try isUsed(subject, header, in: transaction) { return .hasAccount }
            let taken = try store.triesTaken(
                of: subject,
                max: Self.invitationTries,
                in: transaction
            )
            let isKnown =
                try store.person(header.person, in: transaction)?.identity()?.birthDate != nil
            return taken >= Self.invitationTries || !isKnown ? .dead : nil
        }
    }

    /// Makes the account of the person of a case, once they have confirmed their birth date.
    package func registerResident(
        _ new: ResidentAccount,
        byInvitation token: String,
        birthDate: CivilDate
    ) async throws -> InvitationAnswer {
        if let over = try await invitation(token) { return over }
        guard let link = link(token) else { return .dead }
        // Hashing comes first, so that every answer takes as long.
        let hash = try await checked(new)
        let (store, subject, now) = (store, Self.subject(of: token), now())
        let login = AccountRules.folded(new.login)
        let max = Self.invitationTries
        return try await store.committer.submit { transaction in
            guard let header = try store.header(id: link.caseID, in: transaction),
                let number = try store.takeTry(of: subject, max: max, at: now, in: transaction)
            else { return .dead }
            if try isUsed(subject, header, in: transaction) { return .hasAccount }
            let identity = try store.person(header.person, in: transaction)?.identity()
            guard let known = identity?.birthDate else { return .dead }
            let isRight = known.isSameInConstantTime(as: birthDate.iso)
            try store.log(
                AccessEntry(
                    at: now,
                    actor: Actor.linkHolder,
                    organisation: Actor.nobody.organisation,
                    action: "open-invitation",
                    subject: header.id.text,
                    outcome: isRight ? "allowed" : "refused: wrong birth date"
                ),
                in: transaction
            )
            guard isRight else { return .wrongBirthDate(triesLeft: max - number) }
            try store.giveBack(try: number, of: subject, in: transaction)
            _ = try store.takeTry(of: Self.used(subject), max: 1, at: now, in: transaction)
            try add(login, hash, of: header, why: "invitation", in: transaction)
            return .made
        }
    }

    /// Whether an invitation served, whatever came of it, or is not needed.
    private func isUsed(
        _ subject: String,
        _ header: CaseHeader,
        in transaction: any Transaction
    ) throws -> Bool {
        if try store.account(of: header.person, in: transaction) != nil { return true }
        return try store.triesTaken(of: Self.used(subject), max: 1, in: transaction) > 0
    }

    private static func used(_ subject: String) -> String { "used:\(subject)" }

    private static func subject(of token: String) -> String {
        "record:" + Base64URL.text(Array(SHA256.hash(data: Array(token.utf8))))
    }
}

// MARK: - The account

extension Goodwork {
    /// Checks a login and a password, and hashes the password.
    private func checked(_ new: ResidentAccount) async throws -> String {
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
    private func add(
        _ login: String,
        _ hash: String,
        of header: CaseHeader,
        why: String,
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
        var entry = managed(id, words, by: .nobody)
        if !isNew { entry.outcome = "refused: the email has an account" }
        try store.log(entry, in: transaction)
    }
}
