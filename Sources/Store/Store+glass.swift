import Kernel
import SQL

extension Store {
    private static let open: Statement = """
        SELECT id FROM glass
        WHERE account = $1 AND case_id = $2 AND broken_at <= $3 AND ends_at > $3
        LIMIT 1
        """

    /// Whether an account has broken the glass on a case and its time is not up.
    package func isGlassBroken(
        by account: String,
        on id: CaseID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.first(
            Self.open,
            [.text(account), .text(id.text), .int(now.milliseconds)]
        ) { _ in true } ?? false
    }
}
