import Kernel
import SQL

/// Two records that somebody joined as one person's, or told apart as two people's, and who took
/// that back, if anybody did; the row is kept for good.
package struct PersonPair: Sendable, Hashable {
    /// What was said of them; the place where its reason is sealed begins with that word.
    package enum Kind: String, Sendable {
        case joined = "link"
        case apart = "people-apart"
    }

    package struct Undone: Sendable, Hashable {
        package var at: Instant
        package var by: String
        /// Nil where nobody said why, or the words have been erased.
        package var reason: String?

        package init(at: Instant, by: String, reason: String?) {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    package var id: String
    package var kind: Kind
    package var one: PersonID
    /// Of two who were joined, the one into which the other was.
    package var other: PersonID
    /// Nil where nobody said why, or the words have been erased.
    package var reason: String?
    package var saidAt: Instant
    package var saidBy: String
    package var undone: Undone?

    package init(
        id: String,
        kind: Kind,
        one: PersonID,
        other: PersonID,
        reason: String?,
        saidAt: Instant,
        saidBy: String
    ) {
        self.id = id
        self.kind = kind
        self.one = one
        self.other = other
        self.reason = reason
        self.saidAt = saidAt
        self.saidBy = saidBy
    }
}

/// How the pairs of one kind are read; the columns are in the same order for both.
private struct PairReading: Sendable {
    let byID: Statement
    let every: Statement
    let ofPerson: Statement

    init(_ columns: String, from table: String, of person: String, at: String) {
        byID = Statement("SELECT \(columns) FROM \(table) WHERE id = $1")
        every = Statement("SELECT \(columns) FROM \(table) ORDER BY \(at) DESC, id DESC")
        ofPerson = Statement("SELECT \(columns) FROM \(table) WHERE \(person) ORDER BY \(at), id")
    }

    static func of(_ kind: PersonPair.Kind) -> PairReading { kind == .joined ? joined : apart }

    // `into_id` is not known of the oldest merges.
    static let ofJoined = """
        id, person_id, coalesce(into_id, kept_id), reason, linked_at, linked_by,
            undone_at, undone_by, undone_reason
        """
    private static let joined = PairReading(
        ofJoined,
        from: "person_links",
        of: "person_id = $1 OR into_id = $1 OR kept_id = $1",
        at: "linked_at"
    )
    private static let apart = PairReading(
        "id, one_id, other_id, reason, said_at, said_by, withdrawn_at, withdrawn_by, NULL",
        from: "people_apart",
        of: "one_id = $1 OR other_id = $1",
        at: "said_at"
    )
}

extension Store {
    private static let insertJoined: Statement = """
        INSERT INTO person_links (id, person_id, kept_id, reason, linked_at, linked_by, into_id)
        VALUES ($1, $2, $3, $4, $5, $6, $3)
        """
    private static let insertApart: Statement = """
        INSERT INTO people_apart (id, one_id, other_id, reason, said_at, said_by)
        VALUES ($1, $2, $3, $4, $5, $6)
        """
    private static let follow: Statement = """
        UPDATE person_links SET kept_id = $1 WHERE kept_id = $2 AND undone_at IS NULL
        """
    private static let part: Statement = """
        UPDATE person_links
        SET undone_at = $1, undone_by = $2, undone_reason = $3, kept_id = coalesce(into_id, kept_id)
        WHERE id = $4 AND undone_at IS NULL
        """
    private static let withdraw: Statement = """
        UPDATE people_apart SET withdrawn_at = $1, withdrawn_by = $2
        WHERE id = $3 AND withdrawn_at IS NULL
        """
    private static let joinedBeside = Statement(
        """
        SELECT \(PairReading.ofJoined)
        FROM person_links
        WHERE kept_id = (SELECT kept_id FROM person_links WHERE id = $1) AND id <> $1
            AND undone_at IS NULL
        ORDER BY id
        """
    )
    private static let moveLink: Statement = "UPDATE person_links SET kept_id = $1 WHERE id = $2"
    private static let countLinks: Statement =
        "SELECT count(*) FROM person_links WHERE undone_at IS NULL"
    private static let blankLink: Statement =
        "UPDATE person_links SET reason = $1, undone_reason = $2 WHERE id = $3"
    private static let blankApart: Statement =
        "UPDATE people_apart SET reason = NULL WHERE one_id = $1 OR other_id = $1"

    package func pair(
        _ id: String,
        _ kind: PersonPair.Kind,
        in transaction: any Transaction
    ) throws -> PersonPair? {
        try transaction.first(PairReading.of(kind).byID, [.text(id)]) { try pair($0, kind) }
    }

    /// All of a kind, undone or not, the latest first.
    package func pairs(
        _ kind: PersonPair.Kind,
        in transaction: any Transaction
    ) throws -> [PersonPair] {
        try transaction.rows(PairReading.of(kind).every) { try pair($0, kind) }
    }

    /// Those of one record, undone or not, the first first.
    package func pairs(
        _ kind: PersonPair.Kind,
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonPair] {
        try transaction.rows(PairReading.of(kind).ofPerson, [.text(person.text)]) {
            try pair($0, kind)
        }
    }

    package func linkCount(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.countLinks) { Int(try $0.int(0)) } ?? 0
    }

    /// Keeps what was said of two people who stand for themselves, its reason sealed.
    ///
    /// Of two who are joined, those who are joined with the one follow.
    package func keep(_ new: PersonPair, in transaction: any Transaction) throws {
        let reason = try new.reason.map { words in
            try vault.seal(Array(words.utf8), at: Self.place(new.kind, new.id))
        }
        try transaction.execute(
            new.kind == .joined ? Self.insertJoined : Self.insertApart,
            [
                .text(new.id), .text(new.one.text), .text(new.other.text), SQLValue(reason),
                .int(new.saidAt.milliseconds), .text(new.saidBy),
            ]
        )
        guard new.kind == .joined else { return }
        try transaction.execute(Self.follow, [.text(new.other.text), .text(new.one.text)])
    }

    /// Takes back what was said of two people.
    ///
    /// - Returns: false when it had been taken back before.
    package func undo(
        _ old: PersonPair,
        _ undone: PersonPair.Undone,
        in transaction: any Transaction
    ) throws -> Bool {
        if old.kind == .joined { return try part(old, undone, in: transaction) }
        return try transaction.execute(
            Self.withdraw,
            [.int(undone.at.milliseconds), .text(undone.by), .text(old.id)]
        ) == 1
    }

    /// Parts what was joined; those who came along with the person go along again.
    ///
    /// The pair itself is then of the two that it joined, and of nobody into whom they came later.
    private func part(
        _ old: PersonPair,
        _ undone: PersonPair.Undone,
        in transaction: any Transaction
    ) throws -> Bool {
        let rest = try transaction.rows(Self.joinedBeside, [.text(old.id)]) {
            try pair($0, .joined)
        }
        let sealed = try vault.seal(Array((undone.reason ?? "").utf8), at: Self.undone(old.id))
        let changed = try transaction.execute(
            Self.part,
            [
                .int(undone.at.milliseconds), .text(undone.by), .blob(sealed), .text(old.id),
            ]
        )
        guard changed == 1 else { return false }
        var theirs: Set<PersonID> = [old.one]
        var isGrowing = true
        while isGrowing {
            let found = rest.filter { theirs.contains($0.other) && !theirs.contains($0.one) }
            theirs.formUnion(found.map(\.one))
            isGrowing = !found.isEmpty
        }
        for moved in rest where theirs.contains(moved.one) {
            try transaction.execute(Self.moveLink, [.text(old.one.text), .text(moved.id)])
        }
        return true
    }

    /// Takes the words about a person's pairs away: they may say who it was.
    func blankPairs(of person: PersonID, in transaction: any Transaction) throws {
        for pair in try pairs(.joined, of: person, in: transaction) {
            let undone = try pair.undone.map { _ in try vault.seal([], at: Self.undone(pair.id)) }
            try transaction.execute(
                Self.blankLink,
                [
                    .blob(try vault.seal([], at: Self.place(.joined, pair.id))), SQLValue(undone),
                    .text(pair.id),
                ]
            )
        }
        try transaction.execute(Self.blankApart, [.text(person.text)])
    }

    private func pair(_ row: any Row, _ kind: PersonPair.Kind) throws -> PersonPair {
        let id = try row.text(0)
        guard let one = PersonID(try row.text(1)), let other = PersonID(try row.text(2)) else {
            throw StoreError.damaged("a row of two people has no valid id")
        }
        var pair = PersonPair(
            id: id,
            kind: kind,
            one: one,
            other: other,
            reason: try words(try row.optionalBlob(3), at: Self.place(kind, id)),
            saidAt: Instant(milliseconds: try row.int(4)),
            saidBy: try row.text(5)
        )
        if let at = try row.optionalInt(6), let by = try row.optionalText(7) {
            pair.undone = PersonPair.Undone(
                at: Instant(milliseconds: at),
                by: by,
                reason: try words(try row.optionalBlob(8), at: Self.undone(id))
            )
        }
        return pair
    }

    /// Nil where nobody said any, or they have been erased.
    private func words(_ sealed: [UInt8]?, at place: String) throws -> String? {
        guard let sealed else { return nil }
        let clear = try vault.open(sealed, at: place)
        return clear.isEmpty ? nil : String(decoding: clear, as: UTF8.self)
    }

    private static func place(_ kind: PersonPair.Kind, _ id: String) -> String {
        "\(kind.rawValue):\(id)"
    }

    private static func undone(_ id: String) -> String { "link-undone:\(id)" }
}
