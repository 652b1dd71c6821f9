import Casework
import Kernel
import SQL

/// Which of an organisation's cases a program asks for; what is nil or false narrows nothing.
package struct CaseNarrowing: Sendable, Hashable {
    /// Something was told of them at this moment or later.
    package var toldSince: Instant?
    /// They stand so, or were referred on to somebody.
    package var state: CaseState?
    /// Nobody holds them, or they were referred on to somebody.
    package var isUnowned = false
    package var isOpen = false

    package init() {}
}

extension Store {
    private static let narrowed = Statement(
        """
        SELECT \(caseColumns) FROM case_parties p
            JOIN cases c ON c.id = p.case_id JOIN facts f ON f.case_id = c.id
        WHERE p.organisation = $1 AND p.part IN ($2, $3, $4, $5, $6) AND p.case_id >= $7
            AND f.last_recorded_at >= $8
            AND (CAST($9 AS TEXT) IS NULL OR c.state = $9 OR f.onward <> '')
            AND (CAST($10 AS BIGINT) = 0 OR c.provider IS NULL OR f.onward <> '')
            AND (CAST($11 AS BIGINT) = 0 OR c.closed_on IS NULL)
        ORDER BY p.case_id LIMIT $12
        """
    )
    private static let byKey: Statement =
        "SELECT DISTINCT case_id FROM journal WHERE entry_key = $1 ORDER BY case_id LIMIT 20"
    private static let personUpdated: Statement =
        "SELECT updated_at FROM people WHERE id = $1"

    /// Some of the cases in which an organisation has one of these parts, in the order of their ids.
    ///
    /// One in which it has several may come as often.
    ///
    /// - Parameter from: the first id; nil begins at the beginning.
    package func caseRows(
        of organisation: String,
        _ parts: [CasePart],
        _ narrowing: CaseNarrowing,
        from: CaseID?,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        let words =
            parts.map(\.rawValue)
            + [String](repeating: "", count: CasePart.allCases.count - parts.count)
        let since = narrowing.toldSince?.milliseconds ?? .min
        let values: [SQLValue] =
            [.text(organisation)] + words.map { .text($0) } + [
                .text(from?.text ?? ""), .int(since), SQLValue(narrowing.state?.rawValue),
                .int(narrowing.isUnowned ? 1 : 0), .int(narrowing.isOpen ? 1 : 0),
                .int(Int64(limit)),
            ]
        return try transaction.rows(Self.narrowed, values, CaseRow.init)
    }

    /// The cases with an entry of this key.
    package func cases(
        withEntryKey key: String,
        in transaction: any Transaction
    ) throws -> [CaseID] {
        try transaction.rows(Self.byKey, [.text(key)]) { CaseID(try $0.text(0)) }
            .compactMap(\.self)
    }

    /// When what is kept of who a person is was last written.
    package func updated(
        _ person: PersonID,
        in transaction: any Transaction
    ) throws -> Instant? {
        try transaction.first(Self.personUpdated, [.text(person.text)]) {
            Instant(milliseconds: try $0.int(0))
        }
    }
}
