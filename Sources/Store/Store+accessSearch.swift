import Kernel
import SQL

/// What is looked for in the access log; nil is anything.
package struct AccessSearch: Sendable, Hashable {
    package var actor: String?
    package var organisation: String?
    package var action: String?
    /// The ids that the entry may be about; empty is anything.
    package var subjects: [String] = []
    package var isRefused: Bool?
    package var from: CivilDate?
    package var to: CivilDate?

    package init() {}
}

/// An entry with its place in the log.
package struct PlacedEntry: Sendable, Hashable {
    package var position: Int64
    package var entry: AccessEntry
}

extension Store {
    private static let newest = searching("position < $1")
    private static let ofActor = searching("position < $1 AND actor = $2")
    private static let ofSubject = searching("position < $1 AND subject = $4")
    private static let refusals: Statement =
        "SELECT count(*) FROM access_log WHERE at >= $1 AND outcome <> 'allowed'"
    private static let anyActor: Statement =
        "SELECT actor FROM access_log WHERE actor = $1 LIMIT 1"
    private static let anyOrganisation: Statement =
        "SELECT organisation FROM access_log WHERE organisation = $1 LIMIT 1"
    private static let during = Statement(
        """
        SELECT \(KeptEntry.columns) FROM access_log
        WHERE actor = $1 AND subject = $2 AND at >= $3 AND at <= $4 ORDER BY position
        """
    )

    /// One statement for each index that can lead; the rest of the search is the same for all.
    private static func searching(_ lead: String) -> Statement {
        Statement(
            """
            SELECT \(KeptEntry.columns) FROM access_log
            WHERE position < $1 AND (CAST($2 AS TEXT) IS NULL OR actor = $2)
                AND (CAST($3 AS TEXT) IS NULL OR organisation = $3)
                AND (CAST($4 AS TEXT) IS NULL OR subject = $4)
                AND (CAST($5 AS TEXT) IS NULL OR action = $5)
                AND (CAST($6 AS TEXT) IS NULL
                    OR CASE WHEN outcome = 'allowed' THEN 'allowed' ELSE 'refused' END = $6)
                AND at >= $7 AND at < $8 AND \(lead)
            ORDER BY position DESC LIMIT $9
            """
        )
    }

    /// The entries that a search finds, newest first, with their reasons.
    ///
    /// - Parameter before: only entries before this place; nil begins with the newest.
    package func accessLog(
        _ search: AccessSearch,
        before: Int64?,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [PlacedEntry] {
        let statement =
            !search.subjects.isEmpty
            ? Self.ofSubject : search.actor != nil ? Self.ofActor : Self.newest
        let from = search.from.map { Instant(startOfDayUK: $0).milliseconds } ?? 0
        let to = search.to.map { Instant(startOfDayUK: $0.adding(days: 1)).milliseconds }
        // Each subject by itself goes along the index; the newest of what they give are wanted.
        let subjects: [String?] = search.subjects.isEmpty ? [nil] : search.subjects
        let kept = try subjects.flatMap { subject in
            try transaction.rows(
                statement,
                [
                    .int(before ?? .max), SQLValue(search.actor), SQLValue(search.organisation),
                    SQLValue(subject), SQLValue(search.action),
                    SQLValue(search.isRefused.map { $0 ? "refused" : "allowed" }),
                    .int(from), .int(to ?? .max), .int(Int64(limit)),
                ],
                KeptEntry.init
            )
        }
        let newest = kept.sorted { $0.position > $1.position }.prefix(limit)
        return try opened(Array(newest), in: transaction)
    }

    /// How often something was refused since a moment.
    package func refusals(since moment: Instant, in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.refusals, [.int(moment.milliseconds)]) { Int(try $0.int(0)) }
            ?? 0
    }

    /// Whether anything in the log was done under this name: then it is an id, and no other word.
    package func isActor(_ name: String, in transaction: any Transaction) throws -> Bool {
        try transaction.first(Self.anyActor, [.text(name)]) { _ in true } ?? false
    }

    /// The same of an organisation.
    package func isActing(
        for organisation: String,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.first(Self.anyOrganisation, [.text(organisation)]) { _ in true } ?? false
    }

    /// What an account did to a case between two moments.
    package func accessLog(
        of subject: String,
        by actor: String,
        from: Instant,
        to: Instant,
        in transaction: any Transaction
    ) throws -> [AccessEntry] {
        try transaction.rows(
            Self.during,
            [
                .text(actor), .text(subject), .int(from.milliseconds), .int(to.milliseconds),
            ],
            KeptEntry.init
        ).map(\.entry)
    }
}
