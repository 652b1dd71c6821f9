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
        try await whileLogging(actor, action, on: scope.subject) {
            try await rowsUnlogged(scope, by: actor)
        }
    }

    /// The same where the access log is written meanwhile.
    func rowsUnlogged(_ scope: CaseScope, by actor: Actor) async throws -> [CaseRow] {
        let store = store
        return try await store.database.read { transaction in
            try scopes(scope, in: transaction)
                .flatMap { try store.caseRows($0, in: transaction) }
                .filter { row in
                    let relations = try self.relations(row, for: actor, in: transaction)
                    return Access.decide(actor, .readStatus, on: .case(relations)) == .allowed
                }
        }
    }

    /// A person's cases stand under every record that is theirs.
    private func scopes(
        _ scope: CaseScope,
        in transaction: any Transaction
    ) throws -> [CaseScope] {
        guard case .person(let person) = scope else { return [scope] }
        return try store.records(of: person, in: transaction).map { .person($0) }
    }

    private func relations(
        _ row: CaseRow,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseRelations {
        var relations = CaseRelations(row)
        // Whose it is matters to residents alone.
        if actor.person != nil {
            relations.person = try owner(of: row.header.person, for: actor, in: transaction)
        }
        return relations
    }

    /// Puts names to rows that were listed, where the actor may see who it is.
    package func named(_ rows: [CaseRow], by actor: Actor) async throws -> [ListedRow] {
        let store = store
        return try await store.database.read { transaction in
            let mayName = try rows.map { row in
                let relations = try self.relations(row, for: actor, in: transaction)
                return Access.decide(actor, .readIdentity, on: .case(relations)) == .allowed
            }
            let ids = zip(rows, mayName).filter(\.1).map(\.0.header.person)
            let identities = try store.people(Set(ids), in: transaction)
                .compactMapValues { try $0.identity() }
            return zip(rows, mayName).map { row, mayName in
                let identity = mayName ? identities[row.header.person] : nil
                return ListedRow(row: row, name: identity?.name, nhsNumber: identity?.nhsNumber)
            }
        }
    }
}

extension CaseScope {
    /// What the access log says that the list was of.
    var subject: String {
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
