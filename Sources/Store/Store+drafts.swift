import Kernel
import SQL

extension Store {
    private static let keep: Statement = """
        INSERT INTO drafts (id, account, path, sealed, updated_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, path = excluded.path,
            sealed = excluded.sealed, updated_at = excluded.updated_at
        """
    private static let forget: Statement = "DELETE FROM drafts WHERE updated_at < $1"
    private static let find: Statement =
        "SELECT sealed, account FROM drafts WHERE id = $1 AND path = $2"
    private static let drop: Statement = "DELETE FROM drafts WHERE id = $1"
    /// Drafts are kept for a week.
    private static let keptMilliseconds: Int64 = 7 * 86_400_000

    /// Keeps what was typed; drafts older than a week are forgotten.
    package func keepDraft(
        _ id: [UInt8],
        account: String?,
        path: String,
        sealed: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forget, [.int(now.milliseconds - Self.keptMilliseconds)])
        try transaction.execute(
            Self.keep,
            [.blob(id), SQLValue(account), .text(path), .blob(sealed), .int(now.milliseconds)]
        )
    }

    /// What was typed on a page; nil when it is another account's.
    package func draft(
        _ id: [UInt8],
        account: String?,
        path: String,
        in transaction: any Transaction
    ) throws -> [UInt8]? {
        let found = try transaction.first(Self.find, [.blob(id), .text(path)]) { row in
            (sealed: try row.blob(0), account: try row.optionalText(1))
        }
        guard let found, found.account == nil || found.account == account else { return nil }
        return found.sealed
    }

    package func dropDraft(_ id: [UInt8], in transaction: any Transaction) throws {
        try transaction.execute(Self.drop, [.blob(id)])
    }
}
