import Kernel
import SQL

/// One breaking of the glass: a case opened in an emergency, from outside it.
package struct BrokenGlass: Sendable, Hashable {
    package var id: String
    package var caseID: CaseID
    package var account: String
    package var organisation: String
    /// Why, in the words of whoever broke it.
    package var reason: String
    package var brokenAt: Instant
    package var endsAt: Instant
    package var review: Review?

    package struct Review: Sendable, Hashable {
        package var at: Instant
        package var by: String
        package var verdict: Verdict
        package var words: String

        package init(at: Instant, by: String, verdict: Verdict, words: String) {
            self.at = at
            self.by = by
            self.verdict = verdict
            self.words = words
        }
    }

    package enum Verdict: String, Sendable, CaseIterable {
        case justified
        case notJustified = "not-justified"
    }
}

extension Store {
    private static let columns = """
        id, case_id, account, organisation, reason, broken_at, ends_at, reviewed_at, reviewed_by, \
        verdict, review
        """
    private static let glassByID = Statement("SELECT \(columns) FROM glass WHERE id = $1")
    private static let glassOfCase = Statement(
        "SELECT \(columns) FROM glass WHERE case_id = $1 ORDER BY broken_at, id"
    )
    private static let everyGlass = Statement(
        "SELECT \(columns) FROM glass ORDER BY broken_at DESC, id DESC LIMIT 500"
    )
    private static let toReview: Statement =
        "SELECT count(*) FROM glass WHERE reviewed_at IS NULL"
    private static let reviewGlass: Statement = """
        UPDATE glass SET reviewed_at = $1, reviewed_by = $2, verdict = $3, review = $4
        WHERE id = $5 AND reviewed_at IS NULL
        """
    private static let blankGlass: Statement =
        "UPDATE glass SET reason = $1, review = $2 WHERE id = $3"

    package func glass(_ id: String, in transaction: any Transaction) throws -> BrokenGlass? {
        try transaction.first(Self.glassByID, [.text(id)], glass)
    }

    package func glass(
        of id: CaseID,
        in transaction: any Transaction
    ) throws -> [BrokenGlass] {
        try transaction.rows(Self.glassOfCase, [.text(id.text)], glass)
    }

    /// The last five hundred, the newest first.
    package func everyGlass(in transaction: any Transaction) throws -> [BrokenGlass] {
        try transaction.rows(Self.everyGlass, [], glass)
    }

    package func glassToReview(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.toReview) { Int(try $0.int(0)) } ?? 0
    }

    /// Keeps a verdict.
    ///
    /// - Returns: false when there was one before.
    package func keep(
        _ review: BrokenGlass.Review,
        ofGlass id: String,
        in transaction: any Transaction
    ) throws -> Bool {
        let sealed = try vault.seal(Array(review.words.utf8), at: "glass-review:\(id)")
        return try transaction.execute(
            Self.reviewGlass,
            [
                .int(review.at.milliseconds), .text(review.by), .text(review.verdict.rawValue),
                .blob(sealed), .text(id),
            ]
        ) == 1
    }

    /// Takes the words about a case away: they may say who the person was.
    func blankGlass(of id: CaseID, in transaction: any Transaction) throws {
        for glass in try glass(of: id, in: transaction) {
            let reason = try vault.seal([], at: "glass:\(glass.id)")
            let review = try glass.review.map { _ in
                try vault.seal([], at: "glass-review:\(glass.id)")
            }
            try transaction.execute(
                Self.blankGlass,
                [.blob(reason), SQLValue(review), .text(glass.id)]
            )
        }
    }

    private func glass(_ row: any Row) throws -> BrokenGlass {
        let id = try row.text(0)
        guard let caseID = CaseID(try row.text(1)) else {
            throw StoreError.damaged("a row of glass has no valid case")
        }
        var review: BrokenGlass.Review?
        if let at = try row.optionalInt(7), let by = try row.optionalText(8),
            let verdict = (try row.optionalText(9)).flatMap(BrokenGlass.Verdict.init)
        {
            let words = try row.optionalBlob(10).map {
                try vault.open($0, at: "glass-review:\(id)")
            }
            review = BrokenGlass.Review(
                at: Instant(milliseconds: at),
                by: by,
                verdict: verdict,
                words: String(decoding: words ?? [], as: UTF8.self)
            )
        }
        return BrokenGlass(
            id: id,
            caseID: caseID,
            account: try row.text(2),
            organisation: try row.text(3),
            reason: String(
                decoding: try vault.open(try row.blob(4), at: "glass:\(id)"),
                as: UTF8.self
            ),
            brokenAt: Instant(milliseconds: try row.int(5)),
            endsAt: Instant(milliseconds: try row.int(6)),
            review: review
        )
    }
}
