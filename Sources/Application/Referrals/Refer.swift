import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

/// A referral as a form or a message brings it.
package struct NewReferral: Sendable {
    package var programme: String
    package var referral: ReferralReceived
    /// What the person was asked, and said.
    package var consents: [ConsentScope: Bool]
    package var on: CivilDate
    /// Whether whoever refers has seen that the person may be here already, and goes on.
    package var anyway: Bool
    /// What the case team should know besides.
    package var note: String?

    package init(
        programme: String,
        referral: ReferralReceived,
        consents: [ConsentScope: Bool] = [:],
        on: CivilDate,
        anyway: Bool = false,
        note: String? = nil
    ) {
        self.programme = programme
        self.referral = referral
        self.consents = consents
        self.on = on
        self.anyway = anyway
        self.note = note
    }
}

/// What became of a referral.
package enum ReferAnswer: Sendable {
    case referred(CaseHeader, eligibility: EligibilityDecided?)
    /// Open cases of this person, of those that the actor may see; nothing was written.
    case alreadyThere([CaseRow])
}

extension Goodwork {
    /// Opens a case by a referral.
    ///
    /// Somebody with the same NHS number, and no other birth date, is the same person. An open
    /// case of theirs in the programme is offered first, if the actor may see it.
    ///
    /// - Parameters:
    ///   - key: the same key with the same referral gets the first answer again.
    ///   - seed: for the new ids.
    /// - Throws: `ServiceError`, with a fault for each field that cannot be.
    package func refer(
        _ new: NewReferral,
        by actor: Actor,
        as action: Action = .refer,
        key: String? = nil,
        seed: UInt64
    ) async throws -> ReferAnswer {
        let (store, library, now) = (store, library, now())
        return try await write(by: actor, action, on: new.programme) { transaction in
            let programme = try library.current(
                new.programme,
                store: store,
                at: now,
                in: transaction
            )
            var draft = ReferralDraft(
                new: new,
                programme: programme,
                actor: actor,
                now: now,
                ids: IDMaker(seed: seed)
            )
            let digest = Array(SHA256.hash(data: draft.fingerprint))
            if let key, let answer = try store.answer(toKey: key, digest: digest, in: transaction) {
                guard let id = CaseID(answer),
                    let header = try store.header(id: id, in: transaction)
                else { throw StoreError.damaged("an answer given to a key names no case") }
                return .referred(header, eligibility: nil)
            }
            // What somebody types of themselves proves nothing: they open no record that is there.
            let known =
                action == .referOneself
                ? nil : try self.known(new.referral.identity, in: transaction)
            if !new.anyway, let known {
                let there = try self.openCases(of: known.id, new, actor, in: transaction)
                if !there.isEmpty { return .alreadyThere(there) }
            }
            try draft.new.referral.fillDeprivation(from: store, in: transaction)
            let answer = try draft.write(known: known, store: store, in: transaction)
            if let key {
                try store.keepAnswer(
                    answer.header.id.text,
                    toKey: key,
                    digest: digest,
                    at: now,
                    in: transaction
                )
            }
            return .referred(answer.header, eligibility: answer.eligibility)
        }
    }

    /// The person whom an identity is certainly of.
    func known(_ identity: Identity, in transaction: any Transaction) throws -> Person? {
        var number = Identity()
        number.nhsNumber = identity.nhsNumber
        let indexes = PersonIndexes(number, vault: store.vault)
        return try store.people(like: indexes, by: .nhs, in: transaction).first { person in
            guard let kept = try person.identity() else { return false }
            return kept.birthDate == nil || identity.birthDate == nil
                || kept.birthDate == identity.birthDate
        }
    }

    private func openCases(
        of person: PersonID,
        _ new: NewReferral,
        _ actor: Actor,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        try store.records(of: person, in: transaction)
            .flatMap { try store.caseRows(.person($0), in: transaction) }
            .filter { row in
                row.header.programme == new.programme && row.closedOn == nil
                    && Access.decide(actor, .readStatus, on: .case(CaseRelations(row))) == .allowed
            }
    }
}

/// A referral on its way to becoming a case.
struct ReferralDraft {
    var new: NewReferral
    let programme: Programme
    let actor: Actor
    let now: Instant
    var ids: IDMaker

    mutating func write(
        known: Person?,
        store: Store,
        in transaction: any Transaction
    ) throws -> (header: CaseHeader, eligibility: EligibilityDecided?) {
        let person: PersonID = known?.id ?? ids.make(at: now)
        let caseID: CaseID = ids.make(at: now)
        let header = CaseHeader(
            id: caseID,
            programme: programme.id,
            programmeVersion: programme.version,
            reference: Self.reference(of: caseID),
            person: person
        )
        let (key, wrapped) = try keys(of: known, person, store)
        let events = try decide(header)
        let identity = try new.referral.identity.filled(from: known?.identity() ?? Identity())
        let write = try CaseWrite(
            history: History(header: header),
            events: events,
            programme: programme,
            key: key,
            person: try PersonWrite(
                id: person,
                wrappedKey: wrapped,
                key: key,
                identity: identity,
                vault: store.vault,
                at: now
            ),
            notifies: true
        )
        try store.write([write], in: transaction)
        let decided = events.compactMap { event -> EligibilityDecided? in
            if case .eligibilityDecided(let fields) = event.body { return fields }
            return nil
        }
        return (header, decided.last)
    }

    private func keys(
        of known: Person?,
        _ id: PersonID,
        _ store: Store
    ) throws -> (PersonKey, [UInt8]) {
        if let key = known?.key, let wrapped = known?.wrappedKey { return (key, wrapped) }
        let made = try store.vault.newKey(for: id)
        return (made.key, made.wrapped)
    }

    private mutating func decide(_ header: CaseHeader) throws -> [CaseEvent] {
        var context = Context(
            now: now,
            today: now.civilDateUK,
            by: Recorder(user: actor.user, organisation: actor.organisation),
            ids: ids
        )
        var entries = [Command.Entry(body: .referralReceived(new.referral), on: new.on)]
        for scope in ConsentScope.allCases {
            guard let isGiven = new.consents[scope] else { continue }
            var consent = Consent()
            consent.scope = scope
            entries.append(
                Command.Entry(
                    body: isGiven ? .consentGiven(consent) : .consentRefused(consent),
                    on: new.on
                )
            )
        }
        if let note = new.note {
            var written = NoteWritten()
            written.text = note
            entries.append(Command.Entry(body: .noteWritten(written), on: new.on))
        }
        do {
            return try Casework.decide(
                Command(entries: entries),
                history: History(header: header),
                programme: programme,
                context: &context
            )
        } catch {
            throw ServiceError(.refused, code: error.code, error.says, field: error.field)
        }
    }

    /// A reference that can be read out on the telephone: `4K7P-2D9Q`.
    private static func reference(of id: CaseID) -> String {
        let tail = id.text.suffix(8).uppercased()
        return "\(tail.prefix(4))-\(tail.suffix(4))"
    }

    /// Bytes that are the same only for the same referral of the same actor.
    var fingerprint: [UInt8] {
        let encoded = EventBody.referralReceived(new.referral).encoded()
        let texts = [
            actor.user, new.programme, new.on.iso, String(new.anyway), new.note ?? "",
            new.consents.map { "\($0.key.rawValue):\($0.value)" }.sorted().joined(separator: " "),
        ]
        return (texts.map { Array($0.utf8) } + [encoded.payload, encoded.sealed])
            .flatMap { Array("\($0.count):".utf8) + $0 }
    }
}
