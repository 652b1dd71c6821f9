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

/// Those whose time is up, the longest overdue first.
package struct Retention: Sendable {
    /// Who can be erased.
    package var due: [RetentionDue] = []
    /// Who asked for a copy and waits for it: once they are erased there is nothing left to give.
    package var waiting: [RetentionDue] = []
}

extension Goodwork {
    /// Those whose time is up.
    package func retention(by actor: Actor) async throws -> Retention {
        try await authorise(actor, .listRetention, on: "retention")
        return try await store.database.read { try retention(in: $0) }
    }

    /// Those of them who can be erased.
    package func retentionDue(by actor: Actor) async throws -> [RetentionDue] {
        try await retention(by: actor).due
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
                let isDue = try due(person, in: transaction) != nil
                guard isDue, try !waitsForCopy(person, in: transaction) else {
                    throw ServiceError(
                        .conflict,
                        "One of those you ticked is not due any more, or waits for a copy. "
                            + "Nothing was erased. Look at the list again."
                    )
                }
                for record in try store.records(of: person, in: transaction) {
                    _ = try store.eraseAll(record, at: now, in: transaction)
                }
            }
        }
    }

    func retention(in transaction: any Transaction) throws -> Retention {
        var retention = Retention()
        for found in try overdue(in: transaction) {
            if try waitsForCopy(found.person, in: transaction) {
                retention.waiting.append(found)
            } else {
                retention.due.append(found)
            }
        }
        return retention
    }

    /// Whether a copy that somebody asked for, by whichever record of theirs, is not given yet.
    func waitsForCopy(_ person: PersonID, in transaction: any Transaction) throws -> Bool {
        try store.records(of: person, in: transaction).contains { record in
            try store.copiesAsked(of: record, in: transaction).contains { $0.answeredAt == nil }
        }
    }

    /// Everybody whose time is up, the longest overdue first.
    private func overdue(in transaction: any Transaction) throws -> [RetentionDue] {
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
