import Kernel
import SQL

extension Store {
    private static let ofLocale: Statement =
        "SELECT phrase, text FROM translations WHERE locale = $1 ORDER BY phrase"
    private static let upsert: Statement = """
        INSERT INTO translations (locale, phrase, text, changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (locale, phrase) DO UPDATE SET text = excluded.text,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """
    private static let remove: Statement =
        "DELETE FROM translations WHERE locale = $1 AND phrase = $2"

    /// The phrases of a language, by their English words.
    package func translations(
        of locale: String,
        in transaction: any Transaction
    ) throws -> [String: String] {
        let rows = try transaction.rows(Self.ofLocale, [.text(locale)]) { row in
            (try row.text(0), try row.text(1))
        }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// Keeps a phrase in a language; without a text it falls back to the English words.
    package func keepTranslation(
        _ text: String?,
        of phrase: String,
        in locale: String,
        by account: String,
        at now: Instant,
        _ transaction: any Transaction
    ) throws {
        guard let text else {
            try transaction.execute(Self.remove, [.text(locale), .text(phrase)])
            return
        }
        try transaction.execute(
            Self.upsert,
            [
                .text(locale), .text(phrase), .text(text), .int(now.milliseconds),
                .text(account),
            ]
        )
    }
}
