import Casework
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
    /// The sender's own identifier of the referral; it stands in the journal.
    package var entryKey: String?
    /// Whom it is for, where whoever refers has named one who is here.
    package var person: PersonID?

    package init(
        programme: String,
        referral: ReferralReceived,
        consents: [ConsentScope: Bool] = [:],
        on: CivilDate,
        anyway: Bool = false,
        note: String? = nil,
        entryKey: String? = nil,
        person: PersonID? = nil
    ) {
        self.programme = programme
        self.referral = referral
        self.consents = consents
        self.on = on
        self.anyway = anyway
        self.note = note
        self.entryKey = entryKey
        self.person = person
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
    /// Somebody with the same NHS number, and no other birth date, is the same person, and so is who
    /// was named. Somebody with the same number and another birth date may be, and so may somebody
    /// with the same name, birth date and postcode, where one of the two has no number; their records
    /// are not joined by that. An open case of theirs in the programme is offered first, if the actor
    /// may see it.
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
        let placed = try await store.database.look { transaction in
            var placed = new
            try placed.referral.fillDeprivation(from: store, in: transaction)
            return placed
        }
        return try await write(by: actor, action, on: new.programme) {
            ReadyReferral(
                placed,
                by: actor,
                under: library.lastCurrent(new.programme),
                store: store,
                at: now,
                seed: seed
            )
        } _: { ready, transaction in
            let programme = try library.current(
                new.programme,
                store: store,
                at: now,
                in: transaction
            )
            // What somebody types of themselves proves nothing: they open no record that is there.
            let found =
                action == .referOneself
                ? FoundPeople() : try self.people(new, ready.indexes, in: transaction)
            if let made = ready.made(under: programme), found.isNobody,
                try self.isFirst(made, toKey: key, ready.digest, at: now, in: transaction)
            {
                try store.write([made.write], in: transaction)
                return made.answer
            }
            if let key,
                let answer = try store.answer(toKey: key, digest: ready.digest, in: transaction)
            {
                guard let id = CaseID(answer),
                    let header = try store.header(id: id, in: transaction)
                else { throw StoreError.damaged("an answer given to a key names no case") }
                return .referred(header, eligibility: nil)
            }
            if !new.anyway {
                let there = try self.openCases(of: found, new, actor, in: transaction)
                if !there.isEmpty { return .alreadyThere(there) }
            }
            var draft = ready.draft(under: programme)
            let made = try draft.make(known: found.known, store: store)
            try store.write([made.write], in: transaction)
            if let key {
                try store.keepAnswer(
                    made.write.header.id.text,
                    toKey: key,
                    digest: ready.digest,
                    at: now,
                    in: transaction
                )
            }
            return made.answer
        }
    }

    /// Keeps the answer where its key was never used; where there is no key, every referral is new.
    private func isFirst(
        _ made: ReferralDraft.Made,
        toKey key: String?,
        _ digest: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        guard let key else { return true }
        return try store.keepFirstAnswer(
            made.write.header.id.text,
            toKey: key,
            digest: digest,
            at: now,
            in: transaction
        )
    }

    /// The people whom a referral is of, or may be of.
    private struct FoundPeople {
        /// Whom it is certainly of.
        var known: Person?
        /// Others, who have the same number, or the same name, birth date and postcode.
        var alike: [PersonID] = []

        var isNobody: Bool { known == nil && alike.isEmpty }
        var ids: [PersonID] { [known?.id].compactMap(\.self) + alike }
    }

    /// - Parameter indexes: of their identity.
    private func people(
        _ new: NewReferral,
        _ indexes: PersonIndexes,
        in transaction: any Transaction
    ) throws -> FoundPeople {
        if let named = try new.person.flatMap({ try store.person($0, in: transaction) }),
            named.erasedAt == nil
        {
            return FoundPeople(known: named)
        }
        let ids = try store.people(referredAs: indexes, in: transaction)
        if ids.isEmpty { return FoundPeople() }
        let identity = new.referral.identity
        let sameNumber = try store.people(like: indexes, by: .nhs, in: transaction)
        let known = try sameNumber.first { person in
            guard let kept = try person.identity() else { return false }
            return kept.birthDate == nil || identity.birthDate == nil
                || kept.birthDate == identity.birthDate
        }
        return FoundPeople(known: known, alike: ids.filter { $0 != known?.id })
    }

    private func openCases(
        of people: FoundPeople,
        _ new: NewReferral,
        _ actor: Actor,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        var seen: Set<PersonID> = []
        let records = try people.ids.flatMap { try store.records(of: $0, in: transaction) }
            .filter { seen.insert($0).inserted }
        return try records.flatMap { try store.caseRows(.person($0), in: transaction) }
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
    /// What else the new case begins with, on the day of the referral.
    var besides: [EventBody] = []

    /// A referral as it will be written, and what is answered then.
    struct Made: Sendable {
        let write: CaseWrite
        let eligibility: EligibilityDecided?

        var answer: ReferAnswer { .referred(write.header, eligibility: eligibility) }
    }

    mutating func write(
        known: Person?,
        store: Store,
        in transaction: any Transaction
    ) throws -> CaseHeader {
        let made = try make(known: known, store: store)
        try store.write([made.write], in: transaction)
        return made.write.header
    }

    /// Decides, seals and makes the rows; needs no database.
    mutating func make(known: Person?, store: Store) throws -> Made {
        let person: PersonID = known?.id ?? ids.make(at: now)
        let header = CaseHeader(opening: ids.make(at: now), in: programme, of: person)
        let (key, wrapped) = try keys(of: known, person, store)
        let events = try decide(header)
        let told =
            if let known { told(of: known) } else {
                try PersonWrite(
                    id: person,
                    wrappedKey: wrapped,
                    key: key,
                    identity: new.referral.identity,
                    vault: store.vault,
                    at: now
                )
            }
        let write = try CaseWrite(
            history: History(header: header),
            events: events,
            programme: programme,
            key: key,
            person: told,
            notifies: true
        )
        let decided = events.compactMap { event -> EligibilityDecided? in
            if case .eligibilityDecided(let fields) = event.body { return fields }
            return nil
        }
        return Made(write: write, eligibility: decided.last)
    }

    /// What the referral tells of somebody who is here already; of who was named, nothing.
    private func told(of known: Person) -> PersonWrite? {
        if new.person == known.id { return nil }
        let identity = new.referral.identity
        return PersonWrite(changing: known.id, at: now) { $0 = identity.filled(from: $0) }
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
        var entries = [
            Command.Entry(body: .referralReceived(new.referral), on: new.on, key: new.entryKey)
        ]
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
        entries += besides.map { Command.Entry(body: $0, on: new.on) }
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
}
