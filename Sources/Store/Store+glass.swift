import Casework
import Kernel
import SQL

extension Store {
    private static let open: Statement = """
        SELECT ends_at FROM glass
        WHERE account = $1 AND case_id = $2 AND broken_at <= $3 AND ends_at > $3
        ORDER BY ends_at DESC LIMIT 1
        """
    private static let broken: Statement = """
        INSERT INTO glass (id, case_id, account, organisation, reason, broken_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """

    /// Whether an account has broken the glass on a case and its time is not up.
    package func isGlassBroken(
        by account: String,
        on id: CaseID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try glassEnds(by: account, on: id, at: now, in: transaction) != nil
    }

    /// Until when an account may read a case that it broke the glass on; nil when it may not.
    package func glassEnds(
        by account: String,
        on id: CaseID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Instant? {
        try transaction.first(
            Self.open,
            [.text(account), .text(id.text), .int(now.milliseconds)]
        ) { Instant(milliseconds: try $0.int(0)) }
    }

    /// Writes down that an account broke the glass on a case.
    ///
    /// - Parameters:
    ///   - id: the entry's own id.
    ///   - reason: in the account's words; sealed here.
    package func breakGlass(
        _ id: String,
        on caseID: CaseID,
        by recorder: Recorder,
        reason: String,
        from now: Instant,
        until end: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.broken,
            [
                .text(id), .text(caseID.text), .text(recorder.user),
                .text(recorder.organisation),
                .blob(try vault.seal(Array(reason.utf8), at: "glass:\(id)")),
                .int(now.milliseconds), .int(end.milliseconds),
            ]
        )
    }
}
