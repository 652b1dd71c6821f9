import Casework
import Kernel
import SQL

/// Something to be done, with the case that it is about.
package struct WorkRow: Sendable, Hashable {
    package var item: WorkItem
    package var row: CaseRow
}

extension Store {
    private static let workOfCoach = Statement(
        """
        SELECT \(caseColumns), w.kind, w.subject, w.due_on, w.owner, w.says
        FROM cases c JOIN work_items w ON w.case_id = c.id
        WHERE c.coach = $1 ORDER BY w.due_on, w.case_id, w.kind, w.subject
        """
    )

    /// What is to be done on the cases that a coach holds, the soonest first.
    package func work(ofCoach coach: String, in transaction: any Transaction) throws -> [WorkRow] {
        try transaction.rows(Self.workOfCoach, [.text(coach)]) { row in
            let first = CaseProjection.caseColumns.count
            guard let kind = WorkItem.Kind(rawValue: try row.text(first)),
                let due = CivilDate(iso: try row.text(first + 2))
            else { throw StoreError.damaged("a row of work_items cannot be read") }
            return WorkRow(
                item: WorkItem(
                    kind: kind,
                    subject: try row.text(first + 1),
                    dueOn: due,
                    owner: try row.text(first + 3),
                    says: try row.text(first + 4)
                ),
                row: try CaseRow(row)
            )
        }
    }
}
