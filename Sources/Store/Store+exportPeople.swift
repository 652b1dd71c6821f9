import Kernel
import SQL

extension Store {
    // People with cases that are meant; of one organisation by its parts in them.
    private static let pageOfAll: Statement = """
        SELECT DISTINCT c.person_id
        FROM cases c JOIN facts f ON f.case_id = c.id JOIN people u ON u.id = c.person_id
        WHERE c.person_id > $1 AND (CAST($2 AS TEXT) IS NULL OR c.programme = $2)
            AND (CAST($3 AS BIGINT) IS NULL OR f.last_recorded_at > $3 OR u.updated_at > $3)
        ORDER BY c.person_id LIMIT $4
        """
    private static let pageOfOrganisation: Statement = """
        SELECT DISTINCT c.person_id
        FROM case_parties p JOIN cases c ON c.id = p.case_id JOIN facts f ON f.case_id = c.id
            JOIN people u ON u.id = c.person_id
        WHERE c.person_id > $1 AND (CAST($2 AS TEXT) IS NULL OR c.programme = $2)
            AND (CAST($3 AS BIGINT) IS NULL OR f.last_recorded_at > $3 OR u.updated_at > $3)
            AND p.organisation = $4
        ORDER BY c.person_id LIMIT $5
        """
    private static let countOfAll: Statement = """
        SELECT count(DISTINCT c.person_id)
        FROM cases c JOIN facts f ON f.case_id = c.id JOIN people u ON u.id = c.person_id
        WHERE c.person_id > $1 AND (CAST($2 AS TEXT) IS NULL OR c.programme = $2)
            AND (CAST($3 AS BIGINT) IS NULL OR f.last_recorded_at > $3 OR u.updated_at > $3)
        """
    private static let countOfOrganisation: Statement = """
        SELECT count(DISTINCT c.person_id)
        FROM case_parties p JOIN cases c ON c.id = p.case_id JOIN facts f ON f.case_id = c.id
            JOIN people u ON u.id = c.person_id
        WHERE c.person_id > $1 AND (CAST($2 AS TEXT) IS NULL OR c.programme = $2)
            AND (CAST($3 AS BIGINT) IS NULL OR f.last_recorded_at > $3 OR u.updated_at > $3)
            AND p.organisation = $4
        """

    /// Some of the people, in the order of their ids.
    package func people(
        _ scope: ExportScope,
        after place: String,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [PersonID] {
        let (statement, values) = Self.asking(
            scope,
            after: place,
            all: Self.pageOfAll,
            own: Self.pageOfOrganisation
        )
        return try transaction.rows(statement, values + [.int(Int64(limit))]) { row in
            guard let id = PersonID(try row.text(0)) else {
                throw StoreError.damaged("a row of cases cannot be read")
            }
            return id
        }
    }

    package func countPeople(
        _ scope: ExportScope,
        after place: String,
        in transaction: any Transaction
    ) throws -> Int {
        let (statement, values) = Self.asking(
            scope,
            after: place,
            all: Self.countOfAll,
            own: Self.countOfOrganisation
        )
        return try transaction.first(statement, values) { Int(try $0.int(0)) } ?? 0
    }

    private static func asking(
        _ scope: ExportScope,
        after place: String,
        all: Statement,
        own: Statement
    ) -> (Statement, [SQLValue]) {
        let values: [SQLValue] = [
            .text(place), SQLValue(scope.programme), SQLValue(scope.since?.milliseconds),
        ]
        return scope.organisation.map { (own, values + [.text($0)]) } ?? (all, values)
    }
}
