import Casework
import Kernel
import Programmes
import SQL
import Store

/// Everything there is to tell of one case.
package struct CaseStory: Sendable {
    package struct Line: Sendable {
        package var event: CaseEvent
        package var sentence: String
        /// When a later entry withdrew it; nil while it holds.
        package var voidedAt: Instant?
    }

    package var header: CaseHeader
    package var programme: Programme
    package var state: CaseState
    package var lines: [Line]
    package var clocks: [ClockReading]
    package var outcomes: [OutcomeReading]
    package var workItems: [WorkItem]
    package var today: CivilDate
    /// Given only to those who asked for it and may.
    package var identity: Identity?
    package var isErased: Bool
}

extension Goodwork {
    /// Tells a case's story.
    ///
    /// - Parameters:
    ///   - identifies: also who the person is, and free text.
    ///   - reason: why that is needed; kept in the access log.
    package func story(
        of header: CaseHeader,
        identifies: Bool,
        reason: String?,
        by actor: Actor
    ) async throws -> CaseStory {
        let action: Action = identifies ? .readIdentity : .readCase
        try await authorise(actor, action, on: header.id.text, reason: reason)
        let (store, today) = (store, now().civilDateUK)
        return try await store.database.read { transaction in
            let person = try store.person(header.person, in: transaction)
            let key = identifies ? person?.key : nil
            let (history, programme) = try told(of: header, key: key, in: transaction)
            let withdrawals = history.withdrawals
            let folded = history.fold()
            let lines = history.events.map { event in
                CaseStory.Line(
                    event: event,
                    sentence: event.body.sentence(in: programme),
                    voidedAt: withdrawals[event.id]
                )
            }
            return CaseStory(
                header: header,
                programme: programme,
                state: folded.state(in: programme),
                lines: lines.sorted { History.precedes($0.event, $1.event) },
                clocks: folded.clocks(in: programme),
                outcomes: folded.spells.isEmpty ? [] : folded.outcomes(in: programme, on: today),
                workItems: folded.workItems(in: programme).sorted { $0.dueOn < $1.dueOn },
                today: today,
                identity: identifies ? try person?.identity() : nil,
                isErased: person?.erasedAt != nil
            )
        }
    }

    /// Erases the person of a case: their key, identity and indexes, everywhere and for good.
    ///
    /// - Returns: the cases that were theirs, and whether there was still anything to erase.
    package func erase(
        personOf header: CaseHeader,
        reason: String,
        by actor: Actor
    ) async throws -> (cases: [CaseHeader], erased: Bool) {
        try await authorise(actor, .erasePerson, on: header.person.text, reason: reason)
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            let erased = try store.erase(header.person, at: now, in: transaction)
            return (try store.headers(person: header.person, in: transaction), erased)
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
