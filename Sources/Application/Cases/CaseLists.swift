import Casework
import Kernel
import SQL
import Store

/// A row of a list, with the person's name for those who may see it.
package struct ListedRow: Sendable, Hashable {
    package var row: CaseRow
    package var name: String?
    package var nhsNumber: String?
}

extension Goodwork {
    /// The cases of a scope that the actor may see, those with the soonest next step first.
    ///
    /// Every row passes `Access`, whatever the scope was.
    ///
    /// - Parameter keeps: which rows are wanted; nothing is opened of the others.
    package func list(
        _ scope: CaseScope,
        as action: Action,
        by actor: Actor,
        keeping keeps: @Sendable (CaseRow) -> Bool = { _ in true }
    ) async throws -> [ListedRow] {
        let rows = try await rows(scope, as: action, by: actor).filter(keeps)
        return try await named(rows, by: actor)
    }

    /// The same without names, for counting.
    package func rows(
        _ scope: CaseScope,
        as action: Action,
        by actor: Actor
    ) async throws -> [CaseRow] {
        try await authorise(actor, action, on: scope.subject)
        let store = store
        return try await store.database.read { transaction in
            try store.caseRows(scope, in: transaction).filter { row in
                Access.decide(actor, .readStatus, on: .case(CaseRelations(row))) == .allowed
            }
        }
    }

    /// Puts names to rows that were listed, where the actor may see who it is.
    package func named(_ rows: [CaseRow], by actor: Actor) async throws -> [ListedRow] {
        let store = store
        return try await store.database.read { transaction in
            try rows.map { row in
                let relations = CaseRelations(row)
                let mayName = Access.decide(actor, .readIdentity, on: .case(relations)) == .allowed
                let person = mayName ? try store.person(row.header.person, in: transaction) : nil
                let identity = try person?.identity()
                return ListedRow(row: row, name: identity?.name, nhsNumber: identity?.nhsNumber)
            }
        }
    }
}

extension CaseScope {
    /// What the access log says that the list was of.
    fileprivate var subject: String {
        switch self {
        case .coach(let coach): "coach:\(coach)"
        case .organisation(let organisation, let part): "\(part.rawValue):\(organisation)"
        case .referredBy(let account): "referred-by:\(account)"
        case .person(let person): person.text
        case .programme(let programme): programme
        }
    }
}

extension Identity {
    /// Given and family name, as far as they are known.
    package var name: String? {
        let parts = [givenName, familyName].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
