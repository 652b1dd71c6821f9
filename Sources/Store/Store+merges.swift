import Kernel
import SQL

/// Two records of one person joined, and perhaps parted again; the row is kept for good.
package struct PersonLink: Sendable, Hashable {
    package var id: String
    package var person: PersonID
    /// What it was joined into.
    package var into: PersonID
    /// Where that stands now.
    package var kept: PersonID
    package var reason: String
    package var linkedAt: Instant
    package var linkedBy: String
    package var undone: Undone?

    package struct Undone: Sendable, Hashable {
        package var at: Instant
        package var by: String
        package var reason: String

        package init(at: Instant, by: String, reason: String) {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    package init(
        id: String,
        person: PersonID,
        into: PersonID,
        reason: String,
        linkedAt: Instant,
        linkedBy: String
    ) {
        self.init(
            id: id,
            person: person,
            into: into,
            kept: into,
            reason: reason,
            linkedAt: linkedAt,
            linkedBy: linkedBy,
            undone: nil
        )
    }

    init(
        id: String,
        person: PersonID,
        into: PersonID,
        kept: PersonID,
        reason: String,
        linkedAt: Instant,
        linkedBy: String,
        undone: Undone?
    ) {
        self.id = id
        self.person = person
        self.into = into
        self.kept = kept
        self.reason = reason
        self.linkedAt = linkedAt
        self.linkedBy = linkedBy
        self.undone = undone
    }
}

extension Store {
    private static let columns = """
        id, person_id, kept_id, reason, linked_at, linked_by, undone_at, undone_by, \
        undone_reason, into_id
        """
    private static let insertLink: Statement = """
        INSERT INTO person_links (id, person_id, kept_id, reason, linked_at, linked_by, into_id)
        VALUES ($1, $2, $3, $4, $5, $6, $3)
        """
    private static let follow: Statement = """
        UPDATE person_links SET kept_id = $1 WHERE kept_id = $2 AND undone_at IS NULL
        """
    private static let undo: Statement = """
        UPDATE person_links
        SET undone_at = $1, undone_by = $2, undone_reason = $3, kept_id = coalesce(into_id, kept_id)
        WHERE id = $4 AND undone_at IS NULL
        """
    private static let moveLink: Statement = "UPDATE person_links SET kept_id = $1 WHERE id = $2"
    private static let linkByID = Statement("SELECT \(columns) FROM person_links WHERE id = $1")
    private static let activeUnder = Statement(
        "SELECT \(columns) FROM person_links WHERE kept_id = $1 AND undone_at IS NULL ORDER BY id"
    )
    private static let everyLink = Statement(
        "SELECT \(columns) FROM person_links ORDER BY linked_at DESC, id DESC"
    )
    private static let linksOfPerson = Statement(
        """
        SELECT \(columns) FROM person_links WHERE person_id = $1 OR into_id = $1 OR kept_id = $1
        ORDER BY linked_at, id
        """
    )
    private static let countLinks: Statement =
        "SELECT count(*) FROM person_links WHERE undone_at IS NULL"
    private static let blankLink: Statement =
        "UPDATE person_links SET reason = $1, undone_reason = $2 WHERE id = $3"

    package func link(_ id: String, in transaction: any Transaction) throws -> PersonLink? {
        try transaction.first(Self.linkByID, [.text(id)], link)
    }

    package func everyLink(in transaction: any Transaction) throws -> [PersonLink] {
        try transaction.rows(Self.everyLink, [], link)
    }

    package func links(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonLink] {
        try transaction.rows(Self.linksOfPerson, [.text(person.text)], link)
    }

    package func linkCount(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.countLinks) { Int(try $0.int(0)) } ?? 0
    }

    /// Joins a person who stands for themselves into another who does; theirs follow.
    package func keep(_ new: PersonLink, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertLink,
            [
                .text(new.id), .text(new.person.text), .text(new.into.text),
                .blob(try vault.seal(Array(new.reason.utf8), at: "link:\(new.id)")),
                .int(new.linkedAt.milliseconds), .text(new.linkedBy),
            ]
        )
        try transaction.execute(
            Self.follow,
            [.text(new.into.text), .text(new.person.text)]
        )
    }

    /// Parts what a link joined; those who came along with the person go along again.
    ///
    /// The link itself is then of the two that it joined, and of nobody into whom they came later.
    ///
    /// - Returns: false when it had been parted before.
    package func undo(
        _ old: PersonLink,
        _ undone: PersonLink.Undone,
        in transaction: any Transaction
    ) throws -> Bool {
        let sealed = try vault.seal(Array(undone.reason.utf8), at: "link-undone:\(old.id)")
        let changed = try transaction.execute(
            Self.undo,
            [
                .int(undone.at.milliseconds), .text(undone.by), .blob(sealed), .text(old.id),
            ]
        )
        guard changed == 1 else { return false }
        let rest = try transaction.rows(Self.activeUnder, [.text(old.kept.text)], link)
        var theirs: Set<PersonID> = [old.person]
        var isGrowing = true
        while isGrowing {
            let found = rest.filter { theirs.contains($0.into) && !theirs.contains($0.person) }
            theirs.formUnion(found.map(\.person))
            isGrowing = !found.isEmpty
        }
        let moved = rest.filter { theirs.contains($0.person) }
        for link in moved {
            try transaction.execute(Self.moveLink, [.text(old.person.text), .text(link.id)])
        }
        return true
    }

    /// Takes the words about a person's merges away: they may say who it was.
    func blankLinks(of person: PersonID, in transaction: any Transaction) throws {
        for link in try links(of: person, in: transaction) {
            let undone = try link.undone.map { _ in
                try vault.seal([], at: "link-undone:\(link.id)")
            }
            try transaction.execute(
                Self.blankLink,
                [
                    .blob(try vault.seal([], at: "link:\(link.id)")), SQLValue(undone),
                    .text(link.id),
                ]
            )
        }
    }

    private func link(_ row: any Row) throws -> PersonLink {
        let id = try row.text(0)
        guard let person = PersonID(try row.text(1)), let kept = PersonID(try row.text(2)) else {
            throw StoreError.damaged("a row of person_links has no valid id")
        }
        var undone: PersonLink.Undone?
        if let at = try row.optionalInt(6), let by = try row.optionalText(7) {
            let words = try row.optionalBlob(8).map { try vault.open($0, at: "link-undone:\(id)") }
            undone = PersonLink.Undone(
                at: Instant(milliseconds: at),
                by: by,
                reason: String(decoding: words ?? [], as: UTF8.self)
            )
        }
        return PersonLink(
            id: id,
            person: person,
            into: (try row.optionalText(9)).flatMap { PersonID($0) } ?? kept,
            kept: kept,
            reason: String(
                decoding: try vault.open(try row.blob(3), at: "link:\(id)"),
                as: UTF8.self
            ),
            linkedAt: Instant(milliseconds: try row.int(4)),
            linkedBy: try row.text(5),
            undone: undone
        )
    }
}
