import Casework
import Crypto
import Kernel
import SQL
import Store

/// What an invitation is good for.
package enum InvitationState: Sendable, Hashable {
    /// It makes the account of the person of a case.
    case newAccount
    /// The person has an account: it gives that a new password.
    case newPassword
    /// It has served, or there is an account, or its password was set after the link was made.
    case used
    /// It was never ours, is too old, or has been tried too often; or no birth date is known, or too
    /// many wrong ones were typed for this person today.
    case dead
}

/// What came of a resident's try to use an invitation.
package enum InvitationAnswer: Sendable, Hashable {
    /// The account is made, unless another has its email: which, is not said.
    case made
    /// The account has its new password; this is as much of the email that goes with it as its owner
    /// needs to be reminded.
    case changed(login: String)
    /// The birth date is not the one that is held; so many tries are left.
    case wrongBirthDate(triesLeft: Int)
    /// The birth date is right and the password is the email that goes with it: it costs a try.
    case passwordIsLogin
    case used
    case dead
}

extension Goodwork {
    /// How often the birth date may be wrong: with one invitation, and for one person in a day,
    /// however many invitations they have.
    package static let invitationTries = 5
    private static let invitationLasts: Int64 = 7 * 86_400_000

    /// A link by which the person of a case makes their account, for 7 days.
    package func invitationLink(for id: CaseID) -> SignedLink { signedLink(.record, for: id) }

    /// Makes a link by which the person of an open case gives their account a new password, for 7
    /// days.
    ///
    /// Whoever holds it and knows a birth date can read all that the person can: so who made it is
    /// in the access log, of the case and of the account.
    package func passwordLink(for header: CaseHeader, by actor: Actor) async throws -> SignedLink {
        let (store, words) = (store, "link for a new password")
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        try await write(
            by: actor,
            .changeIdentity,
            on: header.id.text,
            resource: .case(relations),
            because: .code(words)
        ) { transaction in
            guard let account = try self.account(of: header, in: transaction),
                account.disabledAt == nil,
                try store.caseRow(header.id, in: transaction)?.closedOn == nil
            else { throw Self.noPasswordLink }
            try refuseDeadLink(for: header, in: transaction)
            let entry = managed(account.id, "\(words), case \(header.id.text)", by: actor)
            try store.log(entry, in: transaction)
        }
        return signedLink(.password, for: header.id)
    }

    /// Refuses to make a link that would serve nobody: it asks for the birth date.
    private func refuseDeadLink(for header: CaseHeader, in transaction: any Transaction) throws {
        let most = Self.invitationTries
        if try store.person(header.person, in: transaction)?.identity()?.birthDate == nil {
            let says =
                "The person’s birth date is not known. Record it first: the link asks for it."
            throw ServiceError(.refused, code: "no-birth-date", says)
        }
        let taken = try store.triesTaken(
            of: ofDay(header, in: transaction),
            max: most,
            in: transaction
        )
        if taken >= most {
            let says = "A wrong birth date was given \(most) times today. Make a link tomorrow."
            throw ServiceError(.refused, code: "too-many-tries", says)
        }
    }

    private static var noPasswordLink: ServiceError {
        ServiceError(
            .refused,
            code: "no-password-link",
            "A new password is for whoever has an account that is not shut out, while their case "
                + "is open."
        )
    }

    private func signedLink(_ purpose: SignedLink.Purpose, for id: CaseID) -> SignedLink {
        SignedLink(
            purpose: purpose,
            caseID: id,
            expiresAt: now().adding(milliseconds: Self.invitationLasts)
        )
    }

    /// What an invitation is good for; nothing is changed.
    package func invitation(_ token: String) async throws -> InvitationState {
        guard let link = link(token), [.record, .password].contains(link.purpose) else {
            return .dead
        }
        let (store, subject) = (store, Self.subject(of: token))
        return try await store.database.read { transaction in
            guard let header = try store.header(id: link.caseID, in: transaction) else {
                return .dead
            }
            let state = try state(of: link, subject, header, in: transaction)
            if state == .used { return .used }
            let most = Self.invitationTries
            let isTriedOut = try [subject, ofDay(header, in: transaction)].contains {
                try store.triesTaken(of: $0, max: most, in: transaction) >= most
            }
            let isKnown =
                try store.person(header.person, in: transaction)?.identity()?.birthDate != nil
            return isTriedOut || !isKnown ? .dead : state
        }
    }

    /// Makes the account of the person of a case, once they have confirmed their birth date.
    package func registerResident(
        _ new: ResidentAccount,
        byInvitation token: String,
        birthDate: CivilDate
    ) async throws -> InvitationAnswer {
        if let over = try await over(token, unless: .newAccount) { return over }
        // Hashing comes first, so that every answer takes as long.
        let hash = try await checked(new)
        let login = AccountRules.folded(new.login)
        return try await use(token, for: .newAccount, birthDate) { header, transaction in
            try add(
                login,
                hash,
                of: header,
                why: "invitation",
                by: .holder(ofLinkFor: header.person),
                in: transaction
            )
            return .made
        }
    }

    /// Gives a new password to the account of the person of a case, once they have confirmed their
    /// birth date; every session ends.
    ///
    /// A second factor stays, and an account that was shut out stays so: the link may have been
    /// opened by somebody else.
    package func changePassword(
        to password: String,
        byInvitation token: String,
        birthDate: CivilDate
    ) async throws -> InvitationAnswer {
        if let over = try await over(token, unless: .newPassword) { return over }
        // What the login is shows only to whoever knows the birth date.
        let faults = PasswordRules.faults(password)
        guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
        let hash = try await passwords.hash(password)
        let (store, now) = (store, now())
        return try await use(token, for: .newPassword, birthDate) { header, transaction in
            guard let found = try self.account(of: header, in: transaction),
                var account = try store.accountToChange(found.id, in: transaction),
                let login = try store.identity(of: account, in: transaction)?.login
            else { return .dead }
            if PasswordRules.isLogin(password, login) { return .passwordIsLogin }
            account.passwordHash = hash
            account.passwordSetAt = now
            account.mustChangePassword = false
            account.passwordUntil = nil
            // Whoever was connected meanwhile would come in without the password.
            account.issuer = nil
            account.subject = nil
            try store.update(account, in: transaction)
            try store.endSessions(of: account.id, at: now, in: transaction)
            let words = "new password of the resident of case \(header.id.text) by invitation"
            let holder = Actor.holder(ofLinkFor: header.person)
            try store.log(managed(account.id, words, by: holder), in: transaction)
            return .changed(login: Self.masked(login))
        }
    }
}

extension Goodwork {
    /// The answer to whoever wants of an invitation what it is not good for; nil where it is.
    private func over(
        _ token: String,
        unless wanted: InvitationState
    ) async throws -> InvitationAnswer? {
        let state = try await invitation(token)
        if state == wanted { return nil }
        return state == .dead ? .dead : .used
    }

    /// Lets an invitation serve, once, when the birth date is right.
    private func use(
        _ token: String,
        for wanted: InvitationState,
        _ birthDate: CivilDate,
        _ serve: @Sendable @escaping (CaseHeader, any Transaction) throws -> InvitationAnswer
    ) async throws -> InvitationAnswer {
        guard let link = link(token) else { return .dead }
        let (store, subject, now) = (store, Self.subject(of: token), now())
        let most = Self.invitationTries
        return try await store.committer.submit { transaction in
            guard let header = try store.header(id: link.caseID, in: transaction),
                let number = try store.takeTry(of: subject, max: most, at: now, in: transaction)
            else { return .dead }
            // The form may have been sent twice at once.
            let state = try state(of: link, subject, header, in: transaction)
            guard state == wanted else { return .used }
            let day = try ofDay(header, in: transaction)
            guard let today = try store.takeTry(of: day, max: most, at: now, in: transaction)
            else { return .dead }
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
            guard isRight else {
                return .wrongBirthDate(triesLeft: most - max(number, today))
            }
            let answer = try serve(header, transaction)
            if answer == .passwordIsLogin { return answer }
            try store.giveBack(try: number, of: subject, in: transaction)
            try store.giveBack(try: today, of: day, in: transaction)
            _ = try store.takeTry(of: Self.used(subject), max: 1, at: now, in: transaction)
            return answer
        }
    }

    /// What an invitation is good for, however often it was tried.
    private func state(
        of link: SignedLink,
        _ subject: String,
        _ header: CaseHeader,
        in transaction: any Transaction
    ) throws -> InvitationState {
        if try store.triesTaken(of: Self.used(subject), max: 1, in: transaction) > 0 {
            return .used
        }
        guard let account = try account(of: header, in: transaction) else {
            return link.purpose == .record ? .newAccount : .dead
        }
        guard link.purpose == .password else { return .used }
        if account.disabledAt != nil { return .dead }
        // An older link, wherever it lies, is no way round the password that was set since.
        let madeAt = link.expiresAt.adding(milliseconds: -Self.invitationLasts)
        return madeAt < account.passwordSince ? .used : .newPassword
    }

    /// The account of the person of a case, whichever of their records it was made for.
    private func account(
        of header: CaseHeader,
        in transaction: any Transaction
    ) throws -> StoredAccount? {
        if let own = try store.account(of: header.person, in: transaction) { return own }
        for record in try store.records(of: header.person, in: transaction) {
            if let account = try store.account(of: record, in: transaction) { return account }
        }
        return nil
    }

    /// What the tries of a day are counted for: the person, whichever case or link they come by.
    private func ofDay(
        _ header: CaseHeader,
        in transaction: any Transaction
    ) throws -> String {
        let person = try store.keptPerson(header.person, in: transaction)
        return "record:\(person.text):\(now().civilDateUK.iso)"
    }

    /// As much of an email as reminds its owner, and helps nobody else.
    private static func masked(_ login: String) -> String {
        guard let first = login.first, let at = login.lastIndex(of: "@") else { return "…" }
        return "\(first)…\(login[at...])"
    }

    private static func used(_ subject: String) -> String { "used:\(subject)" }

    private static func subject(of token: String) -> String {
        "record:" + Base64URL.text(Array(SHA256.hash(data: Array(token.utf8))))
    }
}
