import Casework
import Crypto
import Kernel
import SQL
import Store

/// What a link to an account is good for: an invitation, or a link for a new password.
package enum InvitationState: Sendable, Hashable {
    /// It does what it was made for.
    case open(SignedLink.Purpose)
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

    /// What an invitation is good for; nothing is changed.
    package func invitation(_ token: String) async throws -> InvitationState {
        guard let link = link(token), [.record, .password, .entry].contains(link.purpose) else {
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
            let taken = try store.triesTaken(of: subject, max: most, in: transaction)
            let why = try whyNoLink(for: header, in: transaction)
            return taken >= most || why != nil ? .dead : state
        }
    }

    /// Makes the account of the person of a case, once they have confirmed their birth date.
    package func registerResident(
        _ new: ResidentAccount,
        byInvitation token: String,
        birthDate: CivilDate
    ) async throws -> InvitationAnswer {
        if let over = try await over(token, unless: .record) { return over }
        // Hashing comes first, so that every answer takes as long.
        let hash = try await checked(new)
        let login = AccountRules.folded(new.login)
        return try await use(token, for: .record, birthDate) { header, transaction in
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
    /// A second factor stays, and an account that was shut out stays so, unless the link was made to
    /// let its person in again: another may have been opened by somebody else.
    package func changePassword(
        to password: String,
        byInvitation token: String,
        birthDate: CivilDate
    ) async throws -> InvitationAnswer {
        let letsInAgain = link(token)?.purpose == .entry
        let purpose = letsInAgain ? SignedLink.Purpose.entry : .password
        if let over = try await over(token, unless: purpose) { return over }
        // What the login is shows only to whoever knows the birth date.
        let faults = PasswordRules.faults(password)
        guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
        let hash = try await passwords.hash(password)
        let (store, now) = (store, now())
        return try await use(token, for: purpose, birthDate) { header, transaction in
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
            if letsInAgain { try letInAgain(&account, in: transaction) }
            try store.update(account, in: transaction)
            try store.endSessions(of: account.id, at: now, in: transaction)
            try tellOfSignIn(account, in: transaction)
            let what = letsInAgain ? "new password and no second factor" : "new password"
            let words = "\(what) of the resident of case \(header.id.text) by invitation"
            let holder = Actor.holder(ofLinkFor: header.person)
            try store.log(managed(account.id, words, by: holder), in: transaction)
            return .changed(login: Self.masked(login))
        }
    }

    /// Takes from an account all that keeps its owner out beside the password.
    private func letInAgain(
        _ account: inout StoredAccount,
        in transaction: any Transaction
    ) throws {
        account.disabledAt = nil
        try clearSecondFactor(of: &account, in: transaction)
    }
}

extension Goodwork {
    /// The answer to whoever wants of an invitation what it is not good for; nil where it is.
    private func over(
        _ token: String,
        unless wanted: SignedLink.Purpose
    ) async throws -> InvitationAnswer? {
        let state = try await invitation(token)
        if state == .open(wanted) { return nil }
        return state == .dead ? .dead : .used
    }

    /// Lets an invitation serve, once, when the birth date is right.
    private func use(
        _ token: String,
        for wanted: SignedLink.Purpose,
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
            guard state == .open(wanted) else { return .used }
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
            return link.purpose == .record ? .open(.record) : .dead
        }
        if link.purpose == .record { return .used }
        if link.purpose == .password, account.disabledAt != nil { return .dead }
        // An older link, wherever it lies, is no way round the password that was set since.
        let madeAt = link.expiresAt.adding(milliseconds: -Self.invitationLasts)
        return madeAt < account.passwordSince ? .used : .open(link.purpose)
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
