import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

/// What a resident sees of themselves: who they are, and each case that is theirs.
package struct OwnRecord: Sendable {
    package var person: PersonID
    /// Who they are by each of their records, that which stands for them first.
    package var identities: [Identity]
    /// The open cases first, the latest referral first among each.
    package var cases: [CaseFile]
    /// Those of these cases whose coach has left: who has is nobody's coach.
    ///
    /// That is an account which is shut out, is no coach's any more, or is of another organisation
    /// than the case's provider.
    package var withoutCoach: Set<CaseID> = []

    /// The case that a wish for new details is put to: the first open one, else the latest.
    ///
    /// Nobody who helps may read or change who the person is where consent was taken back.
    package var forDetails: CaseFile? { cases.first { !$0.relations.isConsentRefused } }
}

extension Goodwork {
    /// The resident as the rules of access know them: where two records were merged, the kept one.
    func asKept(_ actor: Actor) async throws -> Actor {
        guard actor.roles.contains(.resident), let person = actor.person else {
            throw ServiceError(.forbidden, "This page is for people who have a plan here.")
        }
        let store = store
        var kept = actor
        kept.person = try await store.database.read { try store.keptPerson(person, in: $0) }
        return kept
    }

    /// All cases of the resident, each opened for them; merged records included.
    package func ownRecord(by actor: Actor) async throws -> OwnRecord {
        let own = try await asKept(actor)
        guard let person = own.person else { throw ServiceError(.notFound, "Nobody.") }
        let store = store
        let (headers, identities) = try await store.database.read { transaction in
            let records = try store.records(of: person, in: transaction)
            return (
                try records.flatMap { try store.headers(person: $0, in: transaction) },
                try records.compactMap { try store.person($0, in: transaction)?.identity() }
            )
        }
        var cases: [CaseFile] = []
        for header in headers {
            cases.append(try await file(header, for: .useOwnRecord, by: own))
        }
        cases.sort { one, other in
            if one.case.isOpen != other.case.isOpen { return one.case.isOpen }
            return (one.case[.referred]?.day ?? 0, one.header.id.text)
                > (other.case[.referred]?.day ?? 0, other.header.id.text)
        }
        return OwnRecord(
            person: person,
            identities: identities,
            cases: cases,
            withoutCoach: try await withoutCoach(cases)
        )
    }

    /// Those of some cases whose coach has left; a coach who is named by a list has no account.
    private func withoutCoach(_ cases: [CaseFile]) async throws -> Set<CaseID> {
        let store = store
        return try await store.database.read { transaction in
            let left = try cases.filter { file in
                guard let id = file.case.coach.flatMap({ UserID($0) }),
                    let stored = try store.account(id, in: transaction)
                else { return false }
                let coach = try account(stored, in: transaction)
                return !coach.isCoach(of: file.relations.provider ?? coach.organisation)
            }
            return Set(left.map(\.header.id))
        }
    }

    /// One case of the resident's own.
    ///
    /// - Throws: `ServiceError`, `notFound` when it is somebody else's, or nobody's.
    package func ownFile(_ id: CaseID, by actor: Actor) async throws -> CaseFile {
        try await file(id, for: .useOwnRecord, by: try await asKept(actor))
    }

    /// A change that a resident makes to their own case.
    @discardableResult
    package func changeOwn(
        _ header: CaseHeader,
        _ command: Command,
        by actor: Actor,
        key: String?
    ) async throws -> Change {
        try await change(
            header,
            command,
            by: try await asKept(actor),
            as: .useOwnRecord,
            idempotencyKey: key,
            seed: .random(in: .min ... .max)
        )
    }
}

// MARK: - What a resident does

extension Goodwork {
    /// What the name of an action begins with by which the person asks for new details.
    package static let detailsWish = "details-"

    /// Ticks an action of the plan; once it is done or given up, nothing changes.
    package func tick(
        action id: String,
        of caseID: CaseID,
        by actor: Actor,
        key: String?
    ) async throws {
        let file = try await ownFile(caseID, by: actor)
        guard let action = file.case.actions.first(where: { $0.id == id }) else {
            throw ServiceError(.notFound, "There is no such action.")
        }
        guard action.state == .open else { return }
        var done = ActionRef()
        done.action = id
        try await changeOwn(
            file.header,
            Command(.actionDone(done), on: file.today),
            by: actor,
            key: key
        )
    }

    /// Says yes or no for one scope of consent.
    ///
    /// Taking back a yes is a withdrawal; a no where there was none is a refusal. Saying the same
    /// again changes nothing.
    package func setConsent(
        _ scope: ConsentScope,
        to isGiven: Bool,
        of caseID: CaseID,
        by actor: Actor,
        key: String?
    ) async throws {
        let file = try await ownFile(caseID, by: actor)
        let last = file.case.consents[scope]
        if isGiven ? last == .consentGiven : last == .consentWithdrawn { return }
        if !isGiven, last == .consentRefused, scope != .referral { return }
        var consent = Consent()
        consent.scope = scope
        let isTakenBack = last == .consentGiven || scope == .referral
        let body: EventBody =
            isGiven
            ? .consentGiven(consent)
            : isTakenBack ? .consentWithdrawn(consent) : .consentRefused(consent)
        try await changeOwn(file.header, Command(body, on: file.today), by: actor, key: key)
    }

    /// Asks the coach to put the person's details right.
    ///
    /// Who they are opens their record to them, so that nobody changes it for themselves: the wish
    /// becomes an action of the coach's with a day by which it is due; on a closed case, a note.
    /// Where consent was taken back nobody could read it, and it is refused.
    ///
    /// - Returns: Whether the case is open, so that there is a day.
    @discardableResult
    package func askForDetails(
        _ wish: String,
        by actor: Actor,
        key: String?
    ) async throws -> Bool {
        guard let file = try await ownRecord(by: actor).forDetails else {
            throw ServiceError(.refused, "Nobody who helps you may change your details.")
        }
        try await changeOwn(
            file.header,
            Command(detailsBody(wish, file, key: key), on: file.today),
            by: actor,
            key: key
        )
        return file.case.isOpen
    }

    private func detailsBody(_ wish: String, _ file: CaseFile, key: String?) -> EventBody {
        guard file.case.isOpen else {
            var note = NoteWritten()
            note.text = wish
            return .noteWritten(note)
        }
        var action = ActionAdded()
        // Named after the form, so that the same form asks for the same action.
        let name = key.map { Array(SHA256.hash(data: Array($0.utf8))) } ?? RandomText.bytes(32)
        action.action = Self.detailsWish + Base32.text(Array(name.prefix(10))).lowercased()
        action.owner = "coach"
        action.dueOn = file.programme.workingDays.date(after: file.today, workingDays: 5)
        action.text = wish
        return .actionAdded(action)
    }

    /// Asks for a copy of all that is held; while one that they asked for is still to come, nothing
    /// changes.
    ///
    /// The wish is their own record's, also while it is joined to another: parted, it stays theirs.
    package func askForCopy(by actor: Actor) async throws {
        let own = try await asKept(actor)
        guard let person = actor.person else { throw ServiceError(.notFound, "Nobody.") }
        let (store, now) = (store, now())
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id: ID<CopyRequestTag> = ids.make(at: now)
        let entry = AccessEntry(
            at: now,
            actor: own.user,
            organisation: own.organisation,
            action: "ask-for-copy",
            subject: person.text
        )
        try await store.committer.submit { transaction in
            if try store.askCopy(id.text, of: person, at: now, in: transaction) {
                try store.log(entry, in: transaction)
            }
        }
    }

    /// The copies that the resident asked for, the latest first.
    package func ownCopyRequests(by actor: Actor) async throws -> [CopyAsked] {
        let own = try await asKept(actor)
        guard let person = own.person else { return [] }
        let store = store
        return try await store.database.read { transaction in
            try store.records(of: person, in: transaction)
                .flatMap { try store.copiesAsked(of: $0, in: transaction) }
                .sorted { $0.askedAt > $1.askedAt }
        }
    }
}

/// Tags the identifier of a wish for a copy.
private enum CopyRequestTag {}
