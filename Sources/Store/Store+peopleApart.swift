import Kernel
import SQL

/// Two records that somebody found to be of two people; the row is kept for good.
package struct PeopleApart: Sendable, Hashable {
    package var id: String
    package var one: PersonID
    package var other: PersonID
    /// Nil where nobody said why, or the words have been erased.
    package var reason: String?
    package var saidAt: Instant
    package var saidBy: String
    package var withdrawn: Withdrawn?

    package struct Withdrawn: Sendable, Hashable {
        package var at: Instant
        package var by: String

        package init(at: Instant, by: String) {
            self.at = at
            self.by = by
        }
    }

    package init(
        id: String,
        one: PersonID,
        other: PersonID,
        reason: String?,
        saidAt: Instant,
        saidBy: String
    ) {
        self.id = id
        self.one = one
        self.other = other
        self.reason = reason
        self.saidAt = saidAt
        self.saidBy = saidBy
    }
}

extension Store {
    private static let columns =
        "id, one_id, other_id, reason, said_at, said_by, withdrawn_at, withdrawn_by"
    private static let insertApart: Statement = """
        INSERT INTO people_apart (id, one_id, other_id, reason, said_at, said_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        """
    private static let withdrawApart: Statement = """
        UPDATE people_apart SET withdrawn_at = $1, withdrawn_by = $2
        WHERE id = $3 AND withdrawn_at IS NULL
        """
    private static let apartByID = Statement("SELECT \(columns) FROM people_apart WHERE id = $1")
    private static let everyApart = Statement(
        "SELECT \(columns) FROM people_apart ORDER BY said_at DESC, id DESC"
    )
    private static let apartOfPerson = Statement(
        """
        SELECT \(columns) FROM people_apart WHERE one_id = $1 OR other_id = $1
        ORDER BY said_at, id
        """
    )
    private static let blankApart: Statement =
        "UPDATE people_apart SET reason = NULL WHERE one_id = $1 OR other_id = $1"

    /// Keeps what was found, its reason sealed.
    package func keep(_ apart: PeopleApart, in transaction: any Transaction) throws {
        let reason = try apart.reason.map { words in
            try vault.seal(Array(words.utf8), at: Self.place(apart.id))
        }
        try transaction.execute(
            Self.insertApart,
            [
                .text(apart.id), .text(apart.one.text), .text(apart.other.text), SQLValue(reason),
                .int(apart.saidAt.milliseconds), .text(apart.saidBy),
            ]
        )
    }

    /// Takes back what was found.
    ///
    /// - Returns: false when it had been taken back before.
    package func withdrawApart(
        _ id: String,
        _ withdrawn: PeopleApart.Withdrawn,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.withdrawApart,
            [.int(withdrawn.at.milliseconds), .text(withdrawn.by), .text(id)]
        ) == 1
    }

    package func apart(_ id: String, in transaction: any Transaction) throws -> PeopleApart? {
        try transaction.first(Self.apartByID, [.text(id)], apart)
    }

    /// All that was found, withdrawn or not, the latest first.
    package func everyApart(in transaction: any Transaction) throws -> [PeopleApart] {
        try transaction.rows(Self.everyApart, [], apart)
    }

    /// What was found of one record, withdrawn or not, the first first.
    package func apart(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [PeopleApart] {
        try transaction.rows(Self.apartOfPerson, [.text(person.text)], apart)
    }

    /// Takes the words about why a person is not another away: they may say who it was.
    func blankApart(of person: PersonID, in transaction: any Transaction) throws {
        try transaction.execute(Self.blankApart, [.text(person.text)])
    }

    private func apart(_ row: any Row) throws -> PeopleApart {
        let id = try row.text(0)
        guard let one = PersonID(try row.text(1)), let other = PersonID(try row.text(2)) else {
            throw StoreError.damaged("a row of people_apart has no valid id")
        }
        let reason = try row.optionalBlob(3).map { try vault.open($0, at: Self.place(id)) }
        var apart = PeopleApart(
            id: id,
            one: one,
            other: other,
            reason: reason.map { String(decoding: $0, as: UTF8.self) },
            saidAt: Instant(milliseconds: try row.int(4)),
            saidBy: try row.text(5)
        )
        if let at = try row.optionalInt(6), let by = try row.optionalText(7) {
            apart.withdrawn = PeopleApart.Withdrawn(at: Instant(milliseconds: at), by: by)
        }
        return apart
    }

    private static func place(_ id: String) -> String { "people-apart:\(id)" }
}
