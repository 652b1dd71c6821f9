import Casework
import Kernel
import SQL

extension Store {
    private static let sameNumber = pairs("nhs_index", "")
    // Two who both have a number are two people, whatever their names.
    private static let notBothNumbered = "AND (a.nhs_index IS NULL OR b.nhs_index IS NULL)"
    private static let sameName = pairs("name_index", notBothNumbered)
    private static let samePlace = pairs("place_index", notBothNumbered)

    /// The people whom somebody found to be two, by the records that stand for them, in both orders.
    private static let toldApart = """
        SELECT coalesce(l.kept_id, t.one_id), coalesce(r.kept_id, t.other_id) FROM people_apart t
            LEFT JOIN person_links l ON l.person_id = t.one_id AND l.undone_at IS NULL
            LEFT JOIN person_links r ON r.person_id = t.other_id AND r.undone_at IS NULL
        WHERE t.withdrawn_at IS NULL
        UNION ALL
        SELECT coalesce(r.kept_id, t.other_id), coalesce(l.kept_id, t.one_id) FROM people_apart t
            LEFT JOIN person_links l ON l.person_id = t.one_id AND l.undone_at IS NULL
            LEFT JOIN person_links r ON r.person_id = t.other_id AND r.undone_at IS NULL
        WHERE t.withdrawn_at IS NULL
        """

    /// Whoever is joined, or found to be two people, is left out here, so that the limit is of pairs
    /// that can be joined.
    private static func pairs(_ index: String, _ condition: String) -> Statement {
        Statement(
            """
            SELECT a.id, b.id FROM people a JOIN people b ON a.\(index) = b.\(index)
                LEFT JOIN person_links p ON p.person_id = a.id AND p.undone_at IS NULL
                LEFT JOIN person_links q ON q.person_id = b.id AND q.undone_at IS NULL
            WHERE a.id < b.id AND coalesce(p.kept_id, a.id) <> coalesce(q.kept_id, b.id)
                AND (coalesce(p.kept_id, a.id), coalesce(q.kept_id, b.id)) NOT IN (\(toldApart))
                \(condition)
            ORDER BY a.id, b.id LIMIT $1
            """
        )
    }

    /// Pairs of records with the same keyed index that are not joined, and not found to be of two
    /// people, the oldest first; by name or place, only where one of the two has no NHS number.
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
