import Casework
import Kernel
import SQL

extension Store {
    private static let sameNumber = pairs("nhs_index", "")
    // Two who both have a number are two people, whatever their names.
    private static let notBothNumbered = "AND (a.nhs_index IS NULL OR b.nhs_index IS NULL)"
    private static let sameName = pairs("name_index", notBothNumbered)
    private static let samePlace = pairs("place_index", notBothNumbered)

    /// Whoever is joined is left out here, so that the limit is of pairs that can be joined.
    private static func pairs(_ index: String, _ condition: String) -> Statement {
        Statement(
            """
            SELECT a.id, b.id FROM people a JOIN people b ON a.\(index) = b.\(index)
                LEFT JOIN person_links p ON p.person_id = a.id AND p.undone_at IS NULL
                LEFT JOIN person_links q ON q.person_id = b.id AND q.undone_at IS NULL
            WHERE a.id < b.id AND coalesce(p.kept_id, a.id) <> coalesce(q.kept_id, b.id)
                \(condition)
            ORDER BY a.id, b.id LIMIT $1
            """
        )
    }

    /// Pairs of records with the same keyed index that are not joined, the oldest first; by name or
    /// place, only where one of the two has no NHS number.
    package func pairs(
        by kind: PersonIndexes.Kind,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [(PersonID, PersonID)] {
        let statement =
            switch kind {
            case .nhs: Self.sameNumber
            case .name: Self.sameName
            case .place: Self.samePlace
            }
        return try transaction.rows(statement, [.int(Int64(limit))]) { row in
            guard let one = PersonID(try row.text(0)), let other = PersonID(try row.text(1)) else {
                throw StoreError.damaged("a row of people has no valid id")
            }
            return (one, other)
        }
    }
}
