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
    /// What the organisations in it are called; nil where that was not looked up yet.
    package var names: [String: String]?

    package var id: CaseID { history.header.id }
    /// Whether the reader holds the case, or has another part in it that lets them read it.
    package var isTeam: Bool { may.contains(.readCase) }
    /// Whether the reader may learn what came of it.
    package var showsOutcome: Bool { may.contains(.readOutcome) && !relations.isConsentRefused }

    /// The organisations that are named in it.
    package var organisations: Set<String> {
        var all = Set(history.events.map(\.by.organisation))
        all.formUnion([relations.referrer, relations.provider].compactMap(\.self))
        return all
    }
}

extension Goodwork {
    /// Opens a case with all that was told of it.
    ///
    /// - Parameter isOpened: whether identity and free text are in it, as far as the actor may read them.
    /// - Throws: `ServiceError`, `notFound` also when the actor has no part in the case.
    package func story(
        _ id: CaseID,
        by actor: Actor,
        isOpened: Bool = true
    ) async throws -> CaseStory {
        let store = store
        let found = try await store.database.look { transaction in
            try store.caseRow(id, in: transaction).map { row in
                let relations = try self.relations(of: row, for: actor, in: transaction)
                let may = Access.allowed(actor, on: relations)
                guard may.contains(.readStatus) else { return (relations, nil as CaseStory?) }
                let story = try self.story(
                    of: row.header,
                    relations,
                    may,
                    isOpened: isOpened,
                    in: transaction
                )
                return (relations, try self.named(story, in: transaction))
            }
        }
        guard let (relations, story) = found else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        let action: Action = story?.isTeam == true ? .readCase : .readStatus
        // Nothing is shown before it is written down.
        try await authorise(actor, action, on: id.text, resource: .case(relations))
        guard let story else { throw ServiceError(.notFound, "There is no such case.") }
        return story
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
        guard let story = try await seen(id, by: actor) else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        return story
    }

    /// The same; nil where the actor may not see it, or there is none.
    package func seen(_ id: CaseID, by actor: Actor) async throws -> CaseStory? {
        let store = store
        return try await store.database.look { transaction in
            try store.caseRow(id, in: transaction).flatMap { row in
                try self.story(of: row, for: actor, in: transaction)
            }.map { try self.named($0, in: transaction) }
        }
    }

    /// A listed case with all that was told of it; nil where the actor may not see it.
    func story(
        of row: CaseRow,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseStory? {
        let relations = try self.relations(of: row, for: actor, in: transaction)
        let may = Access.allowed(actor, on: relations)
        guard may.contains(.readStatus) else { return nil }
        return try story(of: row.header, relations, may, in: transaction)
    }

    /// The same with what its organisations are called.
    private func named(
        _ story: CaseStory,
        in transaction: any Transaction
    ) throws -> CaseStory {
        var story = story
        story.names = try organisationNames(story.organisations, in: transaction)
        return story
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

    func story(
        of header: CaseHeader,
        _ relations: CaseRelations,
        _ may: Set<Action>,
        isOpened: Bool = true,
        in transaction: any Transaction
    ) throws -> CaseStory {
        let seesClinical = may.contains(.readClinical)
        // What is written for the referrer is sealed too; their view shows nothing else of it.
        let isReferrer = !may.contains(.readCase) && !relations.isConsentRefused
        let key =
            isOpened && (seesClinical || isReferrer)
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
