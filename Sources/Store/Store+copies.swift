import Kernel
import SQL

/// A person's wish for a copy of what is held about them.
package struct CopyAsked: Sendable, Hashable {
    package var id: String
    package var person: PersonID
    package var askedAt: Instant
    package var answeredAt: Instant?

    /// The day by which it must be answered: one month (UK GDPR, article 12(3)).
    package var dueOn: CivilDate { askedAt.civilDateUK.adding(months: 1) }
}

extension Store {
    private static let columns = "id, person_id, asked_at, answered_at"
    private static let open = Statement(
        "SELECT \(columns) FROM copies_asked WHERE answered_at IS NULL ORDER BY asked_at, id"
    )
    private static let byID = Statement("SELECT \(columns) FROM copies_asked WHERE id = $1")
    private static let ofPerson = Statement(
        "SELECT \(columns) FROM copies_asked WHERE person_id = $1 ORDER BY asked_at, id"
    )
    private static let answer: Statement = """
        UPDATE copies_asked SET answered_at = $1, answered_by = $2
        WHERE id = $3 AND answered_at IS NULL
        """

    /// The copies asked for and not answered, the oldest first.
    package func copiesAsked(in transaction: any Transaction) throws -> [CopyAsked] {
        try transaction.rows(Self.open, [], Self.copyAsked)
    }

    package func copyAsked(
        _ id: String,
        in transaction: any Transaction
    ) throws -> CopyAsked? {
        try transaction.first(Self.byID, [.text(id)], Self.copyAsked)
    }

    package func copiesAsked(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [CopyAsked] {
        try transaction.rows(Self.ofPerson, [.text(person.text)], Self.copyAsked)
    }

    /// Keeps that a copy was given.
    ///
    /// - Returns: false when it had been given before.
    package func answerCopy(
        _ id: String,
        by account: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.answer,
            [.int(now.milliseconds), .text(account), .text(id)]
        ) == 1
    }

    private static func copyAsked(_ row: any Row) throws -> CopyAsked {
        guard let person = PersonID(try row.text(1)) else {
            throw StoreError.damaged("a row of copies_asked has no valid person")
        }
        return CopyAsked(
            id: try row.text(0),
            person: person,
            askedAt: Instant(milliseconds: try row.int(2)),
            answeredAt: try row.optionalInt(3).map { Instant(milliseconds: $0) }
        )
    }
}
