import Casework
import Kernel
import SQL

extension Store {
    private static let sameNumber = pairs("nhs_index")
    private static let sameName = pairs("name_index")
    private static let samePlace = pairs("place_index")

    private static func pairs(_ index: String) -> Statement {
        Statement(
            """
            SELECT a.id, b.id FROM people a JOIN people b ON a.\(index) = b.\(index)
            WHERE a.id < b.id ORDER BY a.id, b.id LIMIT $1
            """
        )
    }

    /// Pairs of records with the same keyed index.
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
