import Kernel
import SQL

extension Store {
    private static let insertSession: Statement = """
        INSERT INTO sessions (id, account_id, way, stage, created_at, last_seen_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let findSession: Statement = """
        SELECT id, account_id, way, stage, created_at, last_seen_at, ends_at, ended_at, totp_sealed
        FROM sessions WHERE id = $1
        """
    private static let seeSession: Statement = "UPDATE sessions SET last_seen_at = $1 WHERE id = $2"
    private static let pendSession: Statement = "UPDATE sessions SET totp_sealed = $1 WHERE id = $2"
    private static let endSession: Statement =
        "UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL"
    private static let endSessions: Statement =
        "UPDATE sessions SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL"
    private static let expireSessions: Statement =
        "UPDATE sessions SET ends_at = $1 WHERE account_id = $2 AND ends_at > $1"
    private static let forgetSessions: Statement = "DELETE FROM sessions WHERE ends_at < $1"

    package func add(_ session: StoredSession, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertSession,
            [
                .blob(session.id), .text(session.account.text), .text(session.way),
                .text(session.stage), .int(session.createdAt.milliseconds),
                .int(session.lastSeenAt.milliseconds), .int(session.endsAt.milliseconds),
            ]
        )
    }

    package func session(
        _ id: [UInt8],
        in transaction: any Transaction
    ) throws -> StoredSession? {
        try transaction.first(Self.findSession, [.blob(id)]) { row in
            guard let account = UserID(try row.text(1)) else {
                throw StoreError.damaged("a session names an account without a valid id")
            }
            var session = StoredSession(
                id: try row.blob(0),
                account: account,
                way: try row.text(2),
                stage: try row.text(3),
                createdAt: Instant(milliseconds: try row.int(4)),
                endsAt: Instant(milliseconds: try row.int(6))
            )
            session.lastSeenAt = Instant(milliseconds: try row.int(5))
            session.endedAt = try row.optionalInt(7).map { Instant(milliseconds: $0) }
            session.totpSealed = try row.optionalBlob(8)
            return session
        }
    }

    /// Notes that a session was used.
    package func see(
        session id: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.seeSession, [.int(now.milliseconds), .blob(id)])
    }

    /// Keeps the sealed secret of a second factor that is being set up.
    package func keep(
        pending sealed: [UInt8],
        session id: [UInt8],
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.pendSession, [.blob(sealed), .blob(id)])
    }

    package func end(
        session id: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.endSession, [.int(now.milliseconds), .blob(id)])
    }

    /// Ends every session of an account.
    package func endSessions(
        of account: UserID,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.endSessions,
            [.int(now.milliseconds), .text(account.text)]
        )
    }

    /// Lets every session of an account run out: it still tells whose it was.
    package func expireSessions(
        of account: UserID,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.expireSessions,
            [.int(now.milliseconds), .text(account.text)]
        )
    }

    /// Forgets the sessions that ran out before a moment.
    package func forgetSessions(
        before moment: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forgetSessions, [.int(moment.milliseconds)])
    }
}
