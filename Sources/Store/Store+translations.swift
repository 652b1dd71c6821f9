import Kernel
import SQL

extension Store {
    private static let ofLocale: Statement =
        "SELECT phrase, text FROM translations WHERE locale = $1 ORDER BY phrase"

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
}
