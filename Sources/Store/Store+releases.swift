import Kernel
import SQL

/// One line of the register of releases.
package struct StoredRelease: Sendable, Hashable {
    package var id: String
    /// Its place among the releases of the programme, from 1.
    package var position: Int
    package var programme: String
    package var programmeVersion: Int
    /// Which of the programme's reports it is.
    package var report: String
    package var grouping: String?
    package var asAt: CivilDate
    package var knownAt: Instant
    package var audience: String
    /// `look`, `release` or `export`.
    package var kind: String
    package var purpose: String?
    package var at: Instant
    package var by: String
    package var organisation: String
    /// How many figures were kept back.
    package var hidden: Int
    package var figures: Int
    /// The counts, as JSON: those that were hidden too.
    package var cells: String

    package init(
        id: String,
        position: Int,
        programme: String,
        programmeVersion: Int,
        report: String,
        grouping: String?,
        asAt: CivilDate,
        knownAt: Instant,
        audience: String,
        kind: String,
        purpose: String?,
        at: Instant,
        by: String,
        organisation: String,
        hidden: Int,
        figures: Int,
        cells: String
    ) {
        self.id = id
        self.position = position
        self.programme = programme
        self.programmeVersion = programmeVersion
        self.report = report
        self.grouping = grouping
        self.asAt = asAt
        self.knownAt = knownAt
        self.audience = audience
        self.kind = kind
        self.purpose = purpose
        self.at = at
        self.by = by
        self.organisation = organisation
        self.hidden = hidden
        self.figures = figures
        self.cells = cells
    }
}

extension Store {
    private static let columns = """
        id, position, programme, programme_version, report, grouping, as_at, known_at, audience,
        kind, purpose, released_at, released_by, organisation, hidden, figures
        """
    private static let insertRelease = Statement(
        """
        INSERT INTO releases (\(columns), cells)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """
    )
    private static let releasesOf = Statement(
        """
        SELECT \(columns), cells FROM releases
        WHERE programme = $1 AND position > $2
        ORDER BY position
        """
    )
    private static let everyRelease = Statement(
        "SELECT \(columns) FROM releases ORDER BY released_at DESC, position DESC, id LIMIT $1"
    )
    private static let lastRelease: Statement =
        "SELECT COALESCE(MAX(position), 0) FROM releases WHERE programme = $1"

    /// Adds a line to the register, its purpose and its counts sealed.
    package func keepRelease(
        _ release: StoredRelease,
        in transaction: any Transaction
    ) throws {
        let purpose = try release.purpose.map {
            try vault.seal(Array($0.utf8), at: "release:\(release.id):purpose")
        }
        let cells = try vault.seal(Array(release.cells.utf8), at: "release:\(release.id)")
        try transaction.execute(
            Self.insertRelease,
            [
                .text(release.id), .int(Int64(release.position)), .text(release.programme),
                .int(Int64(release.programmeVersion)), .text(release.report),
                SQLValue(release.grouping), .text(release.asAt.iso),
                .int(release.knownAt.milliseconds), .text(release.audience), .text(release.kind),
                purpose.map { .blob($0) } ?? .null, .int(release.at.milliseconds),
                .text(release.by),
                .text(release.organisation), .int(Int64(release.hidden)),
                .int(Int64(release.figures)), .blob(cells),
            ]
        )
    }

    /// The releases of a programme that come after a place in the register, oldest first.
    package func releases(
        of programme: String,
        after position: Int = 0,
        in transaction: any Transaction
    ) throws -> [StoredRelease] {
        let bound: [SQLValue] = [.text(programme), .int(Int64(position))]
        return try transaction.rows(Self.releasesOf, bound, release)
    }

    /// The newest releases of all reports, without their counts.
    package func releases(limit: Int, in transaction: any Transaction) throws -> [StoredRelease] {
        try transaction.rows(Self.everyRelease, [.int(Int64(limit))], release)
    }

    /// The place of the last release of a programme; 0 if there is none.
    package func lastRelease(
        of programme: String,
        in transaction: any Transaction
    ) throws -> Int {
        try transaction.first(Self.lastRelease, [.text(programme)]) { Int(try $0.int(0)) } ?? 0
    }

    /// A line of the register; its counts are there when the row has them.
    private func release(_ row: any Row) throws -> StoredRelease {
        let id = try row.text(0)
        guard let asAt = CivilDate(iso: try row.text(6)) else {
            throw StoreError.damaged("a release cannot be read")
        }
        return StoredRelease(
            id: id,
            position: Int(try row.int(1)),
            programme: try row.text(2),
            programmeVersion: Int(try row.int(3)),
            report: try row.text(4),
            grouping: try row.optionalText(5),
            asAt: asAt,
            knownAt: Instant(milliseconds: try row.int(7)),
            audience: try row.text(8),
            kind: try row.text(9),
            purpose: try row.optionalBlob(10).map {
                String(decoding: try vault.open($0, at: "release:\(id):purpose"), as: UTF8.self)
            },
            at: Instant(milliseconds: try row.int(11)),
            by: try row.text(12),
            organisation: try row.text(13),
            hidden: Int(try row.int(14)),
            figures: Int(try row.int(15)),
            cells: try row.optionalBlob(16).map {
                String(decoding: try vault.open($0, at: "release:\(id)"), as: UTF8.self)
            } ?? ""
        )
    }
}
