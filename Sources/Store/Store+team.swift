import Casework
import Kernel
import SQL

extension Store {
    private static let itemsOfProvider: Statement = """
        SELECT w.case_id, w.kind, w.subject, w.due_on, w.owner, w.says
        FROM case_parties p JOIN work_items w ON w.case_id = p.case_id
        WHERE p.organisation = $1 AND p.part IN ('provider', 'unassigned')
        ORDER BY w.due_on, w.case_id, w.kind, w.subject
        """
    private static let factsOfProvider: Statement = {
        let columns = FactsColumns.names.map { "f.\($0)" }.joined(separator: ", ")
        return Statement(
            """
            SELECT \(columns) FROM case_parties p JOIN facts f ON f.case_id = p.case_id
            WHERE p.organisation = $1 AND p.part = 'provider' ORDER BY f.case_id
            """
        )
    }()

    /// Lends what is to be done on the cases that an organisation holds, or could hold, earliest
    /// first.
    package func eachWorkItem(
        ofProvider organisation: String,
        in transaction: any Transaction,
        _ body: (CaseID, WorkItem) throws -> Void
    ) throws {
        try transaction.query(Self.itemsOfProvider, [.text(organisation)]) { row in
            guard let id = CaseID(try row.text(0)),
                let kind = WorkItem.Kind(rawValue: try row.text(1)),
                let due = CivilDate(iso: try row.text(3))
            else { throw StoreError.damaged("a work item cannot be read") }
            let item = WorkItem(
                kind: kind,
                subject: try row.text(2),
                dueOn: due,
                owner: try row.text(4),
                says: try row.text(5)
            )
            try body(id, item)
        }
    }

    /// Lends the kept facts of the cases that an organisation holds, in the order of their ids.
    package func eachFacts(
        ofProvider organisation: String,
        in transaction: any Transaction,
        _ body: (Facts) throws -> Void
    ) throws {
        try transaction.query(Self.factsOfProvider, [.text(organisation)]) { row in
            try body(try facts(row))
        }
    }
}
