import Casework
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// The cases of the actor's organisation, read at one moment, and what is to be done on them.
    ///
    /// Every row passes `Access`.
    package func team(by actor: Actor) async throws -> Team {
        let organisation = actor.organisation
        try await authorise(actor, .listQueue, on: "team:\(organisation)")
        let (store, today) = (store, now().civilDateUK)
        return try await store.database.read { transaction in
            let rows = try teamRows(of: actor, .provider, in: transaction)
            let unassigned = try teamRows(of: actor, .unassigned, in: transaction)
            var places: [CaseID: CaseRow] = [:]
            for row in rows + unassigned { places[row.header.id] = row }
            var items: [TeamItem] = []
            try store.eachWorkItem(ofProvider: organisation, in: transaction) { id, item in
                if let row = places[id] { items.append(TeamItem(row: row, item: item)) }
            }
            let asked = try teamRows(of: actor, .asked, in: transaction)
            return Team(
                organisation: organisation,
                rows: rows,
                asked: asked,
                unassigned: unassigned,
                items: items,
                programmes: try teamProgrammes(rows + asked + unassigned, in: transaction),
                today: today
            )
        }
    }

    /// The rows of the actor's organisation that the actor may see.
    func teamRows(
        of actor: Actor,
        _ part: CasePart,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        let scope = CaseScope.organisation(actor.organisation, part)
        return try store.caseRows(scope, in: transaction).filter { row in
            Access.decide(actor, .readStatus, on: .case(CaseRelations(row))) == .allowed
        }
    }

    /// The rules of each version that the rows name.
    func teamProgrammes(
        _ rows: [CaseRow],
        in transaction: any Transaction
    ) throws -> TeamProgrammes {
        var programmes = TeamProgrammes()
        for row in rows where programmes[row.header] == nil {
            programmes[row.header] = try library.kept(
                row.header.programme,
                version: row.header.programmeVersion,
                store: store,
                in: transaction
            )
        }
        return programmes
    }
}
