import Casework
import Kernel
import Programmes
import SQL
import Store

/// Everything that somebody may see of one case.
package struct CaseFile: Sendable {
    package struct Line: Sendable {
        package var event: CaseEvent
        package var sentence: String
        /// When a later entry withdrew it; nil while it holds.
        package var voidedAt: Instant?
    }

    package var header: CaseHeader
    package var programme: Programme
    /// The case as it stands; free text in it only for those who may read it.
    package var `case`: Case
    /// What a change must be decided on.
    package var version: Int
    package var state: CaseState
    package var lines: [Line]
    /// What its goals, actions, jobs and onward referrals are called, for sentences about them.
    package var parts: StoryParts
    package var clocks: [ClockReading]
    package var outcomes: [OutcomeReading]
    package var workItems: [WorkItem]
    /// What was sent, or is to be sent, about the case; never about its person's account.
    package var messages: [QueuedMessage]
    package var today: CivilDate
    /// Given only to those who may see who the person is.
    package var identity: Identity?
    package var isErased: Bool
    package var relations: CaseRelations
    /// What the actor may do to this case.
    package var may: Set<Action>

    /// Whether the person can still be asked: not whoever died, was erased, or does not agree.
    package var mayAskPerson: Bool {
        if isErased || relations.consents[.referral] == false { return false }
        return `case`.closure != .died && `case`.closure != .consentWithdrawn
    }

    /// Whether such an entry can still be told; of a person who was erased few can.
    package func takes(_ kind: EventKind) -> Bool { !isErased || kind.needsNobody }
}

extension Goodwork {
    /// What ties organisations and people to a case, for whoever asks.
    func relations(
        of header: CaseHeader,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseRelations {
        guard let row = try store.caseRow(header.id, in: transaction) else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        return try relations(of: row, for: actor, in: transaction)
    }

    /// The same of a case whose row was read.
    func relations(
        of row: CaseRow,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseRelations {
        var relations = CaseRelations(row)
        relations.isGlassBroken = try store.isGlassBroken(
            by: actor.user,
            on: row.header.id,
            at: now(),
            in: transaction
        )
        relations.person = try owner(of: row.header.person, for: actor, in: transaction)
        return relations
    }

    /// Whose a record is: the actor's own where a merge has made it theirs.
    func owner(
        of record: PersonID,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> PersonID {
        let kept = try store.keptPerson(record, in: transaction)
        guard let own = actor.person, own != kept else { return kept }
        return try store.keptPerson(own, in: transaction) == kept ? own : kept
    }

    /// Opens a case for one purpose, and shows of it what the actor may see.
    ///
    /// - Parameters:
    ///   - action: what it is opened for; must be allowed.
    ///   - reason: why, where that is asked; kept in the access log.
    /// - Throws: `ServiceError`, `notFound` also when the actor has no part in the case.
    package func file(
        _ id: CaseID,
        for action: Action,
        by actor: Actor,
        reason: String? = nil
    ) async throws -> CaseFile {
        let store = store
        let found = try await store.database.read { transaction in
            try store.header(id: id, in: transaction)
        }
        guard let found else { throw ServiceError(.notFound, "There is no such case.") }
        return try await file(found, for: action, by: actor, reason: reason)
    }

    func file(
        _ header: CaseHeader,
        for action: Action,
        by actor: Actor,
        identifies: Bool = true,
        reason: String? = nil
    ) async throws -> CaseFile {
        let store = store
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        try await authorise(
            actor,
            action,
            on: header.id.text,
            resource: .case(relations),
            reason: reason
        )
        let may = Set(
            Action.allCases.filter { candidate in
                candidate.isOfCase
                    && Access.decide(actor, candidate, on: .case(relations), reason: reason)
                        == .allowed
            }
        )
        let (today, seesIdentity) = (now().civilDateUK, identifies && may.contains(.readIdentity))
        let seesText = identifies && (may.contains(.readClinical) || may.contains(.useOwnRecord))
        return try await store.database.read { transaction in
            let person = try store.person(header.person, in: transaction)
            let key = seesText ? person?.key : nil
            let (history, programme) = try told(of: header, key: key, in: transaction)
            let withdrawals = history.withdrawals
            let folded = history.fold()
            let parts = StoryParts(history.events.lazy.map(\.body), in: programme)
            let lines = history.events.map { event in
                CaseFile.Line(
                    event: event,
                    sentence: event.body.sentence(in: programme, parts: parts),
                    voidedAt: withdrawals[event.id]
                )
            }
            return CaseFile(
                header: header,
                programme: programme,
                case: folded,
                version: history.version,
                state: folded.state(in: programme),
                lines: lines.sorted { History.precedes($0.event, $1.event) },
                parts: parts,
                clocks: folded.clocks(in: programme),
                outcomes: folded.spells.isEmpty ? [] : folded.outcomes(in: programme, on: today),
                workItems: folded.workItems(in: programme, isErased: person?.erasedAt != nil)
                    .sorted { $0.dueOn < $1.dueOn },
                messages: may.contains(.readCase)
                    ? try store.messages(of: header.id, in: transaction).filter { $0.event != nil }
                    : [],
                today: today,
                identity: seesIdentity ? try person?.identity() : nil,
                isErased: person?.erasedAt != nil,
                relations: relations,
                may: may
            )
        }
    }

    /// Tells a case's story, as the command line prints it.
    ///
    /// - Parameters:
    ///   - identifies: also who the person is, and free text.
    ///   - reason: why that is needed; kept in the access log.
    package func story(
        of header: CaseHeader,
        identifies: Bool,
        reason: String?,
        by actor: Actor
    ) async throws -> CaseFile {
        try await file(
            header,
            for: identifies ? .readIdentity : .readCase,
            by: actor,
            identifies: identifies,
            reason: reason
        )
    }

    /// Erases the person of a case: their key, identity and indexes, everywhere and for good.
    ///
    /// Every record that is theirs goes, those joined by a merge too.
    ///
    /// - Returns: the cases that were theirs, and whether there was still anything to erase.
    package func erase(
        personOf header: CaseHeader,
        reason: String,
        by actor: Actor
    ) async throws -> (cases: [CaseHeader], erased: Bool) {
        let (store, now) = (store, now())
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        try await authorise(
            actor,
            .erasePerson,
            on: header.person.text,
            resource: .case(relations),
            reason: reason
        )
        return try await store.committer.submit { transaction in
            var erased = false
            var cases: [CaseHeader] = []
            for record in try store.records(of: header.person, in: transaction) {
                if try store.eraseAll(record, at: now, in: transaction) { erased = true }
                cases += try store.headers(person: record, in: transaction)
            }
            return (cases, erased)
        }
    }

    /// Checks the stored state against the journal and both hash chains.
    package func verify(by actor: Actor) async throws -> Verification {
        try await authorise(actor, .verify, on: "database")
        let (store, library) = (store, library)
        return try await store.database.read { transaction in
            try store.verify(
                programme: { id, version in
                    try library.kept(id, version: version, store: store, in: transaction)
                },
                in: transaction
            )
        }
    }
}
