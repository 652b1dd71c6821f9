import Kernel
import SQL

extension Store {
    private static let position: Statement = "SELECT COALESCE(MAX(position), 0) FROM journal"
    private static let since: Statement = """
        SELECT DISTINCT case_id FROM journal WHERE position > $1 ORDER BY case_id LIMIT $2
        """

    /// How far the journal has come; facts kept at one position hold until it moves.
    package func journalPosition(in transaction: any Transaction) throws -> Int64 {
        try transaction.first(Self.position, []) { try $0.int(0) } ?? 0
    }

    /// Cases of which anything was told after a position, at most so many.
    package func cases(
        toldAfter position: Int64,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [CaseID] {
        try transaction.rows(Self.since, [.int(position), .int(Int64(limit))]) { row in
            guard let id = CaseID(try row.text(0)) else {
                throw StoreError.damaged("a case of the journal has an id that cannot be read")
            }
            return id
        }
    }
}
