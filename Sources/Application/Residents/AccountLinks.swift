import Casework
import Kernel
import Programmes
import SQL
import Store

/// How it stands with the account of the person of a case, as those who help them are told.
package enum ResidentAccountState: Sendable {
    /// They have none, and cannot be invited, for this reason.
    case absent(ServiceError)
    /// They have none; by this link they make one.
    case invited(SignedLink)
    /// They have one; a link was made for it then, and may still serve.
    case open(linkMadeAt: Instant?)
}

extension Goodwork {
    static let invitationLasts: Int64 = 7 * 86_400_000
    /// What the access log calls a link for an account that is there.
    private static let linkWords = "link for a new password"

    /// How it stands with the account of the person of a case.
    package func residentAccount(of file: CaseFile) async throws -> ResidentAccountState {
        let (store, header) = (store, file.header)
        let isEarly = file.case[.firstContact] == nil || !file.case.isOpen
        return try await store.database.read { transaction in
            guard let account = try self.account(of: header, in: transaction) else {
                if isEarly { return .absent(Self.tooEarly) }
                if let why = try whyNoLink(for: header, in: transaction) { return .absent(why) }
                return .invited(invitationLink(for: header.id))
            }
            return .open(linkMadeAt: try linkMadeAt(of: account, in: transaction))
        }
    }

    /// A link by which the person of a case makes their account, for 7 days.
    package func invitationLink(for id: CaseID) -> SignedLink { signedLink(.record, for: id) }

    /// Makes a link by which the person of an open case gives their account a new password, for 7
    /// days.
    ///
    /// Whoever holds it and knows a birth date can read all that the person can: so who made it is
    /// in the access log, of the case and of the account.
    ///
    /// - Parameter lettingInAgain: also without the second factor, and where the account was shut
    ///   out, as residents' accounts once could be: for a person who has lost more than their
    ///   password, and has been recognised.
    package func passwordLink(
        for header: CaseHeader,
        lettingInAgain: Bool = false,
        by actor: Actor
    ) async throws -> SignedLink {
        let store = store
        let words = Self.linkWords + (lettingInAgain ? " and second factor" : "")
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
                lettingInAgain || account.disabledAt == nil,
                try store.caseRow(header.id, in: transaction)?.closedOn == nil
            else { throw Self.noPasswordLink(lettingInAgain) }
            if let why = try whyNoLink(for: header, in: transaction) { throw why }
            let entry = managed(account.id, "\(words), case \(header.id.text)", by: actor)
            try store.log(entry, in: transaction)
        }
        return signedLink(lettingInAgain ? .entry : .password, for: header.id)
    }

    private func signedLink(_ purpose: SignedLink.Purpose, for id: CaseID) -> SignedLink {
        SignedLink(
            purpose: purpose,
            caseID: id,
            expiresAt: now().adding(milliseconds: Self.invitationLasts)
        )
    }

    /// When the last link for an account was made, as the access log tells; nil where none was, a
    /// password was set since, or it is too old.
    ///
    /// It may be dead by wrong birth dates: they are counted by the link, which is kept nowhere.
    private func linkMadeAt(
        of account: StoredAccount,
        in transaction: any Transaction
    ) throws -> Instant? {
        let log = try store.accessLog(of: account.id.text, opensReasons: true, in: transaction)
        let made = log.last { entry in
            entry.at >= account.passwordSince
                && entry.reason?.text.hasPrefix(Self.linkWords) == true
        }
        return made.map(\.at).flatMap { at in
            now() < at.adding(milliseconds: Self.invitationLasts) ? at : nil
        }
    }

    /// Why a link would serve nobody now, since it asks for the birth date; nil where it would.
    func whyNoLink(
        for header: CaseHeader,
        in transaction: any Transaction
    ) throws -> ServiceError? {
        if try store.person(header.person, in: transaction)?.identity()?.birthDate == nil {
            let says =
                "The person’s birth date is not known. Record it first: the link asks for it."
            return ServiceError(.refused, code: "no-birth-date", says)
        }
        let most = Self.invitationTries
        let day = try ofDay(header, in: transaction)
        guard try store.triesTaken(of: day, max: most, in: transaction) >= most else { return nil }
        let says = "A wrong birth date was given \(most) times today. Make a link tomorrow."
        return ServiceError(.refused, code: "too-many-tries", says)
    }

    private static var tooEarly: ServiceError {
        ServiceError(
            .refused,
            code: "no-invitation",
            "Talk with the person first. Then you can invite them, while the case is open."
        )
    }

    private static func noPasswordLink(_ lettingInAgain: Bool) -> ServiceError {
        ServiceError(
            .refused,
            code: "no-password-link",
            lettingInAgain
                ? "Somebody is let in again who has an account, while their case is open."
                : "A new password is for whoever has an account that is not shut out, while their "
                    + "case is open."
        )
    }
}

extension Goodwork {
    /// The account of the person of a case, whichever of their records it was made for.
    func account(
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
    func ofDay(
        _ header: CaseHeader,
        in transaction: any Transaction
    ) throws -> String {
        let person = try store.keptPerson(header.person, in: transaction)
        return "record:\(person.text):\(now().civilDateUK.iso)"
    }
}
