import Casework
import Kernel
import Programmes
import SQL
import Store

/// A person whose records need not be kept any longer.
package struct RetentionDue: Sendable, Hashable {
    package struct ClosedCase: Sendable, Hashable {
        package var header: CaseHeader
        package var closedOn: CivilDate
        /// The last day for which the programme keeps it.
        package var keptUntil: CivilDate
    }

    package var person: PersonID
    package var cases: [ClosedCase]

    /// The last day on which anything of theirs was to be kept.
    package var keptUntil: CivilDate { cases.map(\.keptUntil).max() ?? CivilDate(day: 0) }
}

extension Goodwork {
    /// Those whose time is up, the longest overdue first.
    package func retentionDue(by actor: Actor) async throws -> [RetentionDue] {
        try await authorise(actor, .listRetention, on: "retention")
        return try await store.database.read { try retentionDue(in: $0) }
    }

    /// Erases people whose time is up; none of them when one is not due any more.
    package func eraseRetained(_ people: [PersonID], by actor: Actor) async throws {
        try await authorise(actor, .listRetention, on: "retention")
        for person in people {
            try await authorise(
                actor,
                .erasePerson,
                on: person.text,
                resource: .case(CaseRelations(person: person)),
                because: .code("retention")
            )
        }
        let (store, now) = (store, now())
        try await store.committer.submit { transaction in
            for person in people {
                guard try due(person, in: transaction) != nil else {
                    throw ServiceError(
                        .conflict,
                        "One of those you ticked is not due any more. Nothing was erased. "
                            + "Look at the list again."
                    )
                }
                for record in try store.records(of: person, in: transaction) {
                    _ = try store.eraseAll(record, at: now, in: transaction)
                }
            }
        }
    }

    func retentionDue(in transaction: any Transaction) throws -> [RetentionDue] {
        var seen: Set<PersonID> = []
        return try store.cases(closedBefore: now().civilDateUK, in: transaction)
            .compactMap { id -> RetentionDue? in
                guard let row = try store.caseRow(id, in: transaction),
                    try keptUntil(row, in: transaction).map({ $0 < now().civilDateUK }) == true
                else { return nil }
                let person = try store.keptPerson(row.header.person, in: transaction)
                return seen.insert(person).inserted ? try due(person, in: transaction) : nil
            }
            .sorted { ($0.keptUntil, $0.person) < ($1.keptUntil, $1.person) }
    }

    /// A person with all their closed cases; nil while one is open or to be kept longer.
    private func due(
        _ person: PersonID,
        in transaction: any Transaction
    ) throws -> RetentionDue? {
        var due = RetentionDue(person: person, cases: [])
        for record in try store.records(of: person, in: transaction) {
            if try store.person(record, in: transaction)?.erasedAt != nil { continue }
            for row in try store.caseRows(.person(record), in: transaction) {
                guard let closedOn = row.closedOn,
                    let keptUntil = try keptUntil(row, in: transaction),
                    keptUntil < now().civilDateUK
                else { return nil }
                due.cases.append(
                    RetentionDue.ClosedCase(
                        header: row.header,
                        closedOn: closedOn,
                        keptUntil: keptUntil
                    )
                )
            }
        }
        return due.cases.isEmpty ? nil : due
    }

    private func keptUntil(
        _ row: CaseRow,
        in transaction: any Transaction
    ) throws -> CivilDate? {
        guard let closedOn = row.closedOn else { return nil }
        let programme = try library.kept(
            row.header.programme,
            version: row.header.programmeVersion,
            store: store,
            in: transaction
        )
        return closedOn.adding(months: 12 * programme.retentionYears)
    }
}
