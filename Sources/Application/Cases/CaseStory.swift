import Casework
import Kernel
import Programmes
import SQL
import Store

/// All that was told of a case, as far as its reader may know.
package struct CaseStory: Sendable {
    /// Identity and free text are in it only for those who may read them; notes, measures and risks
    /// only for the case team.
    package var history: History
    package var programme: Programme
    package var relations: CaseRelations
    /// What the actor may do to this case.
    package var may: Set<Action>
    /// The version that a change must be decided on.
    package var version: Int

    package var id: CaseID { history.header.id }
    /// Whether the reader holds the case, or has another part in it that lets them read it.
    package var isTeam: Bool { may.contains(.readCase) }
    /// Whether the reader may learn what came of it.
    package var showsOutcome: Bool { may.contains(.readOutcome) && !relations.isConsentRefused }
}

extension Goodwork {
    /// Opens a case with all that was told of it.
    ///
    /// - Throws: `ServiceError`, `notFound` also when the actor has no part in the case.
    package func story(_ id: CaseID, by actor: Actor) async throws -> CaseStory {
        let store = store
        let found = try await store.database.read { transaction in
            try store.header(id: id, in: transaction).map { header in
                (header, try self.relations(of: header, for: actor, in: transaction))
            }
        }
        guard let (header, relations) = found else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        let may = Self.allowed(actor, relations)
        let action: Action = may.contains(.readCase) ? .readCase : .readStatus
        try await authorise(actor, action, on: header.id.text, resource: .case(relations))
        return try await store.database.read { transaction in
            try self.story(of: header, relations, may, in: transaction)
        }
    }

    /// The same of a case that was opened, and written down, already.
    package func story(of file: CaseFile) async throws -> CaseStory {
        let store = store
        return try await store.database.read { transaction in
            try self.story(of: file.header, file.relations, file.may, in: transaction)
        }
    }

    /// A case that was opened, and written down, already, as it is after a change.
    package func unlogged(_ id: CaseID, by actor: Actor) async throws -> CaseStory {
        guard let story = try await find(.ids([id]), by: actor).stories.first else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        return story
    }

    /// A listed case with all that was told of it; nil where the actor may not see it.
    func story(
        of row: CaseRow,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseStory? {
        let relations = try self.relations(of: row.header, for: actor, in: transaction)
        let may = Self.allowed(actor, relations)
        guard may.contains(.readStatus) else { return nil }
        return try story(of: row.header, relations, may, in: transaction)
    }

    /// Writes down which cases, and which people, were shown.
    package func looked(
        at stories: [CaseStory],
        people: [PersonID] = [],
        by actor: Actor
    ) async throws {
        let (store, now) = (store, now())
        let cases = stories.map { story in
            (story.isTeam ? Action.readCase : .readStatus, story.id.text)
        }
        let looks = cases + people.map { (.readIdentity, $0.text) }
        if looks.isEmpty { return }
        try await store.committer.submit { transaction in
            for (action, subject) in looks {
                let entry = AccessEntry(
                    at: now,
                    actor: actor.user,
                    organisation: actor.organisation,
                    action: action.rawValue,
                    subject: subject,
                    reason: actor.reason(nil)
                )
                try store.log(entry, in: transaction)
            }
        }
    }

    static func allowed(_ actor: Actor, _ relations: CaseRelations) -> Set<Action> {
        Set(
            Action.allCases.filter { action in
                action.isOfCase
                    && Access.decide(actor, action, on: .case(relations)) == .allowed
            }
        )
    }

    func story(
        of header: CaseHeader,
        _ relations: CaseRelations,
        _ may: Set<Action>,
        in transaction: any Transaction
    ) throws -> CaseStory {
        let seesClinical = may.contains(.readClinical)
        // What is written for the referrer is sealed too; their view shows nothing else of it.
        let isReferrer = !may.contains(.readCase) && !relations.isConsentRefused
        let key =
            seesClinical || isReferrer
            ? try store.person(header.person, in: transaction)?.key : nil
        let (history, programme) = try told(of: header, key: key, in: transaction)
        var shown = history
        if may.contains(.readCase), !seesClinical {
            let events = history.events.filter { !$0.body.kind.isClinical }
            shown = History(header: header, events: events)
        }
        return CaseStory(
            history: shown,
            programme: programme,
            relations: relations,
            may: may,
            version: history.version
        )
    }
}

extension EventKind {
    /// Notes, measures and risks are for the case team.
    var isClinical: Bool {
        switch self {
        case .noteWritten, .riskRaised, .riskResolved, .measureTaken: true
        default: false
        }
    }
}
