import Casework
import Kernel
import Programmes
import SQL
import Store

/// Something to be done on a case, with the person's name for those who may see it.
package struct WorkLine: Sendable, Hashable {
    package var item: WorkItem
    package var listed: ListedRow
}

/// The rules that a case was decided under.
package struct RulesKey: Sendable, Hashable {
    package var programme: String
    package var version: Int

    package init(_ header: CaseHeader) {
        programme = header.programme
        version = header.programmeVersion
    }
}

extension Goodwork {
    /// What is to be done on the actor's own cases up to a day, the soonest first.
    ///
    /// Every row passes `Access`, so that a case that moved to another provider is not among them.
    ///
    /// - Returns: the lines, and how many more are due after that day.
    package func worklist(
        until day: CivilDate,
        by actor: Actor
    ) async throws -> (lines: [WorkLine], later: Int) {
        try await authorise(actor, .listCases, on: "coach:\(actor.user)")
        let store = store
        let all = try await store.database.read { transaction in
            try store.work(ofCoach: actor.user, in: transaction).filter { work in
                let relations = CaseRelations(work.row)
                return Access.decide(actor, .readCase, on: .case(relations)) == .allowed
            }
        }
        let near = all.filter { $0.item.dueOn <= day }
        let named = try await named(near.map(\.row), by: actor)
        let lines = zip(near, named).map { WorkLine(item: $0.item, listed: $1) }
        return (lines, all.count - near.count)
    }

    /// The rules that listed cases were decided under, for the names that stand in them.
    package func rules(
        ofCases headers: some Sequence<CaseHeader>
    ) async throws -> [RulesKey: Programme] {
        let keys = Set(headers.map(RulesKey.init))
        if keys.isEmpty { return [:] }
        let (store, library) = (store, library)
        return try await store.database.read { transaction in
            var rules: [RulesKey: Programme] = [:]
            for key in keys {
                rules[key] = try library.kept(
                    key.programme,
                    version: key.version,
                    store: store,
                    in: transaction
                )
            }
            return rules
        }
    }

    /// The person's other cases, of those that the actor may see; records of merges included.
    package func otherCases(of header: CaseHeader, by actor: Actor) async throws -> [CaseRow] {
        let store = store
        return try await store.database.read { transaction in
            try store.records(of: header.person, in: transaction)
                .flatMap { try store.caseRows(.person($0), in: transaction) }
                .filter { row in
                    row.header.id != header.id
                        && Access.decide(actor, .readStatus, on: .case(CaseRelations(row)))
                            == .allowed
                }
        }
    }
}
