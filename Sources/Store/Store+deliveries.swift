import Kernel
import SQL

extension Store {
    private static let someTopic: Statement = "SELECT 1 FROM hook_topics LIMIT 1"
    /// Only for programs of organisations with a part in the case; what they may know is asked again
    /// when it leaves.
    private static let insertTold: Statement = """
        INSERT INTO outbox (id, case_id, event_id, kind, created_at, attempts, next_attempt_at,
            hook, topic)
        SELECT CAST($1 AS TEXT) || '-' || t.suffix, CAST($2 AS TEXT), CAST($1 AS TEXT), 'hook',
            CAST($3 AS BIGINT), 0, CAST($3 AS BIGINT), t.hook, t.topic
        FROM hook_topics t
        WHERE t.told = $4 AND EXISTS (
            SELECT 1 FROM case_parties p WHERE p.case_id = $2 AND p.organisation = t.organisation
        )
        """

    private static let columns = """
        o.id, o.hook, o.topic, o.case_id, o.event_id, o.number, o.created_at, o.attempts, \
        o.next_attempt_at, o.delivered_at, o.given_up_at, o.outcome
        """
    private static let insertPlain: Statement = """
        INSERT INTO outbox (id, case_id, event_id, kind, created_at, attempts, next_attempt_at,
            hook, topic)
        VALUES ($1, '', '', 'hook', $2, 0, $2, $3, $4)
        """
    private static let due = Statement(
        """
        SELECT \(columns) FROM outbox o
        WHERE o.hook IS NOT NULL AND o.delivered_at IS NULL AND o.given_up_at IS NULL
            AND o.next_attempt_at <= $1
        ORDER BY o.next_attempt_at, o.id LIMIT $2
        """
    )
    private static let take: Statement = """
        UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $1
        WHERE id = $2 AND next_attempt_at = $3 AND delivered_at IS NULL AND given_up_at IS NULL
        """
    private static let giveUp: Statement = """
        UPDATE outbox SET given_up_at = $1, channel = $2, outcome = $3
        WHERE hook = $4 AND delivered_at IS NULL AND given_up_at IS NULL
        """
    private static let ofHook = Statement(
        """
        SELECT \(columns) FROM outbox o WHERE o.hook = $1
        ORDER BY o.created_at DESC, o.id DESC LIMIT $2
        """
    )
    private static let one = Statement(
        "SELECT \(columns) FROM outbox o WHERE o.id = $1 AND o.hook IS NOT NULL"
    )
    private static let failed = Statement(
        """
        SELECT \(columns) FROM outbox o
        WHERE o.hook IS NOT NULL AND o.given_up_at IS NOT NULL AND o.channel IS NOT NULL
        ORDER BY o.given_up_at DESC, o.id LIMIT $1
        """
    )
    private static let waiting: Statement = """
        SELECT count(*) FROM outbox
        WHERE hook IS NOT NULL AND delivered_at IS NULL AND given_up_at IS NULL
        """
    private static let countUp: Statement =
        "UPDATE hooks SET sent = sent + 1 WHERE id = $1 RETURNING sent"
    private static let setNumber: Statement = "UPDATE outbox SET number = $1 WHERE id = $2"
    private static let forget: Statement = """
        DELETE FROM outbox WHERE hook IS NOT NULL AND created_at < $1
            AND (delivered_at IS NOT NULL OR given_up_at IS NOT NULL)
        """
    private static let forgetHook: Statement = "DELETE FROM outbox WHERE hook = $1"

    /// Puts into the outbox what changes tell the programs that asked for it.
    func tell(_ told: [[SQLValue]], in transaction: any Transaction) throws {
        // Mostly no program has asked for anything.
        guard !told.isEmpty, try transaction.first(Self.someTopic, [], { _ in true }) != nil
        else { return }
        try transaction.executeMany(Self.insertTold, told)
    }

    /// Has a handshake or a heartbeat sent.
    package func addDelivery(
        _ topic: String,
        to hook: Hook,
        id: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.insertPlain,
            [.text(id), .int(now.milliseconds), .text(hook.id), .text(topic)]
        )
    }

    /// Deliveries whose time has come, the longest due first.
    package func deliveriesDue(
        at now: Instant,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [HookDelivery] {
        try transaction.rows(
            Self.due,
            [.int(now.milliseconds), .int(Int64(limit))],
            Self.delivery
        )
    }

    /// Takes a delivery for an attempt, until a time at which somebody else may.
    ///
    /// - Returns: false when somebody else took it.
    package func take(
        _ delivery: HookDelivery,
        until: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.take,
            [
                .int(until.milliseconds), .text(delivery.id),
                .int(delivery.nextAttemptAt.milliseconds),
            ]
        ) == 1
    }

    /// Gives up all that waits for a hook.
    package func giveUpDeliveries(
        of hook: Hook,
        outcome: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.giveUp,
            [
                .int(now.milliseconds), .text(hook.kind.rawValue), .text(outcome), .text(hook.id),
            ]
        )
    }

    /// Gives a delivery the next number of its hook, once.
    package func number(
        _ delivery: HookDelivery,
        in transaction: any Transaction
    ) throws -> Int {
        if let number = delivery.number { return number }
        let next = try transaction.first(Self.countUp, [.text(delivery.hook)]) { try $0.int(0) }
        guard let next else { throw StoreError.damaged("a delivery has no hook") }
        try transaction.execute(Self.setNumber, [.int(next), .text(delivery.id)])
        return Int(next)
    }

    /// What a hook was told, the latest first.
    package func deliveries(
        of hook: String,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [HookDelivery] {
        try transaction.rows(Self.ofHook, [.text(hook), .int(Int64(limit))], Self.delivery)
    }

    package func delivery(
        _ id: String,
        in transaction: any Transaction
    ) throws -> HookDelivery? {
        try transaction.first(Self.one, [.text(id)], Self.delivery)
    }

    /// Deliveries that did not get through, the last given up first.
    package func deliveriesFailed(
        limit: Int,
        in transaction: any Transaction
    ) throws -> [HookDelivery] {
        try transaction.rows(Self.failed, [.int(Int64(limit))], Self.delivery)
    }

    package func deliveriesWaiting(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.waiting) { Int(try $0.int(0)) } ?? 0
    }

    /// Forgets what was settled and made before a moment.
    package func forgetDeliveries(
        before moment: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forget, [.int(moment.milliseconds)])
    }

    /// Forgets all that a hook was told, and what waits for it.
    package func forgetDeliveries(of hook: String, in transaction: any Transaction) throws {
        try transaction.execute(Self.forgetHook, [.text(hook)])
    }

    private static func delivery(_ row: any Row) throws -> HookDelivery {
        HookDelivery(
            id: try row.text(0),
            hook: try row.text(1),
            topic: try row.text(2),
            caseID: CaseID(try row.text(3)),
            event: EventID(try row.text(4)),
            number: try row.optionalInt(5).map { Int($0) },
            createdAt: Instant(milliseconds: try row.int(6)),
            attempts: Int(try row.int(7)),
            nextAttemptAt: Instant(milliseconds: try row.int(8)),
            deliveredAt: try row.optionalInt(9).map { Instant(milliseconds: $0) },
            givenUpAt: try row.optionalInt(10).map { Instant(milliseconds: $0) },
            outcome: try row.optionalText(11)
        )
    }
}
