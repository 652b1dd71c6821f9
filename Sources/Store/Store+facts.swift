import Casework
import Kernel
import SQL

extension Store {
    private static let names = FactsColumns.names.joined(separator: ", ")
    private static let ofProgramme = Statement(
        "SELECT \(names) FROM facts WHERE programme = $1 ORDER BY case_id"
    )
    private static let ofCase = Statement("SELECT \(names) FROM facts WHERE case_id = $1")
    private static let all = Statement("SELECT \(names) FROM facts ORDER BY case_id")
    private static let items: Statement = """
        SELECT kind, subject, due_on, owner, says FROM work_items WHERE case_id = $1
        ORDER BY due_on, kind, subject
        """

    /// Lends the kept rows of facts, raw, in the order of their case ids.
    ///
    /// The columns are those of `FactsColumns.names`.
    package func eachFactsRow(
        programme: String?,
        in transaction: any Transaction,
        _ body: (any Row) throws -> Void
    ) throws {
        if let programme {
            try transaction.query(Self.ofProgramme, [.text(programme)], body)
        } else {
            try transaction.query(Self.all, [], body)
        }
    }

    /// Reads a lent row.
    package func facts(_ row: any Row) throws -> Facts { try FactsColumns.read(row) }

    /// The kept facts of one case.
    package func facts(of id: CaseID, in transaction: any Transaction) throws -> Facts? {
        try transaction.first(Self.ofCase, [.text(id.text)], FactsColumns.read)
    }

    /// The kept work items of one case, earliest first.
    package func workItems(
        of id: CaseID,
        in transaction: any Transaction
    ) throws -> [WorkItem] {
        try transaction.rows(Self.items, [.text(id.text)]) { row in
            guard let kind = WorkItem.Kind(rawValue: try row.text(0)),
                let due = CivilDate(iso: try row.text(2))
            else { throw StoreError.damaged("a work item of case \(id) cannot be read") }
            return WorkItem(
                kind: kind,
                subject: try row.text(1),
                dueOn: due,
                owner: try row.text(3),
                says: try row.text(4)
            )
        }
    }
}
