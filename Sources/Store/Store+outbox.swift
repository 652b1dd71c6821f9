import Casework
import Kernel
import SQL

/// A message that is to leave, has left, or will not.
///
/// It says of what, and to whom by their part in the case; the address is looked up when it leaves,
/// and is kept nowhere.
package struct QueuedMessage: Sendable, Hashable {
    /// Who is told.
    package enum Reader: String, Sendable {
        case referrer = "referrer-update"
        case person = "person-update"
    }

    package var id: String
    package var caseID: CaseID
    /// The entry that it tells of; nil where it tells the person that how they sign in was changed.
    package var event: EventID?
    package var reader: Reader
    package var createdAt: Instant
    package var attempts: Int
    package var nextAttemptAt: Instant
    package var deliveredAt: Instant?
    package var givenUpAt: Instant?
    /// `email` or `text`; nil while none was chosen.
    package var channel: String?
    /// A stable code: `sent`, or why not.
    package var outcome: String?
}

/// How an attempt to deliver a message ended.
package enum MessageSettled: Sendable, Hashable {
    case delivered
    /// It is tried again then.
    case putOff(until: Instant)
    case givenUp
}

extension Store {
    private static let columns = """
        id, case_id, event_id, kind, created_at, attempts, next_attempt_at, delivered_at, \
        given_up_at, channel, outcome
        """
    private static let due = Statement(
        """
        SELECT \(columns) FROM outbox
        WHERE delivered_at IS NULL AND given_up_at IS NULL AND next_attempt_at <= $1
            AND hook IS NULL
        ORDER BY next_attempt_at, id LIMIT $2
        """
    )
    private static let take: Statement = """
        UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $1
        WHERE id = $2 AND next_attempt_at = $3 AND delivered_at IS NULL AND given_up_at IS NULL
        """
    private static let settle: Statement = """
        UPDATE outbox SET delivered_at = $1, given_up_at = $2, next_attempt_at = $3, channel = $4,
            outcome = $5
        WHERE id = $6
        """
    private static let again: Statement = """
        UPDATE outbox SET given_up_at = NULL, attempts = 1, next_attempt_at = $1
        WHERE id = $2 AND given_up_at IS NOT NULL AND channel IS NOT NULL
        """
    // A message that chose a channel and did not get through; without a channel there was nobody
    // to tell.
    private static let failed = Statement(
        """
        SELECT \(columns) FROM outbox
        WHERE given_up_at IS NOT NULL AND channel IS NOT NULL AND hook IS NULL
        ORDER BY given_up_at DESC, id LIMIT $1
        """
    )
    private static let waiting: Statement = """
        SELECT count(*) FROM outbox
        WHERE delivered_at IS NULL AND given_up_at IS NULL AND hook IS NULL
        """
    private static let ofCase = Statement(
        "SELECT \(columns) FROM outbox WHERE case_id = $1 AND hook IS NULL ORDER BY created_at, id"
    )

    /// Has the person of a case told that how they sign in was changed, which is no entry of it.
    package func addSignInMessage(
        _ id: String,
        of caseID: CaseID,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.insertMessage,
            [
                .text(id), .text(caseID.text), .text(""),
                .text(QueuedMessage.Reader.person.rawValue), .int(now.milliseconds), .int(0),
                .int(now.milliseconds),
            ]
        )
    }

    /// Messages whose time has come, the longest due first.
    package func messagesDue(
        at now: Instant,
        limit: Int,
        in transaction: any Transaction
    ) throws -> [QueuedMessage] {
        try transaction.rows(
            Self.due,
            [.int(now.milliseconds), .int(Int64(limit))],
            Self.message
        )
    }

    /// Takes a message for an attempt, until a time at which somebody else may.
    ///
    /// - Returns: false when somebody else took it.
    package func take(
        _ message: QueuedMessage,
        until: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.take,
            [
                .int(until.milliseconds), .text(message.id),
                .int(message.nextAttemptAt.milliseconds),
            ]
        ) == 1
    }

    /// Writes down how an attempt ended.
    package func settle(
        _ id: String,
        _ settled: MessageSettled,
        channel: String?,
        outcome: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        var next = now
        if case .putOff(let until) = settled { next = until }
        try transaction.execute(
            Self.settle,
            [
                settled == .delivered ? .int(now.milliseconds) : .null,
                settled == .givenUp ? .int(now.milliseconds) : .null,
                .int(next.milliseconds), SQLValue(channel), .text(outcome), .text(id),
            ]
        )
    }

    /// Lets a message that was given up be tried again.
    ///
    /// - Returns: false when it was not given up.
    package func sendAgain(
        _ id: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(Self.again, [.int(now.milliseconds), .text(id)]) == 1
    }

    /// Messages that did not get through, the last given up first.
    package func messagesFailed(
        limit: Int,
        in transaction: any Transaction
    ) throws -> [QueuedMessage] {
        try transaction.rows(Self.failed, [.int(Int64(limit))], Self.message)
    }

    package func messagesWaiting(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.waiting) { Int(try $0.int(0)) } ?? 0
    }

    /// The messages about a case, in order.
    package func messages(
        of id: CaseID,
        in transaction: any Transaction
    ) throws -> [QueuedMessage] {
        try transaction.rows(Self.ofCase, [.text(id.text)], Self.message)
    }

    private static func message(_ row: any Row) throws -> QueuedMessage {
        let (kind, entry) = (try row.text(3), try row.text(2))
        let event = EventID(entry)
        guard let caseID = CaseID(try row.text(1)), event != nil || entry.isEmpty,
            let reader = QueuedMessage.Reader(rawValue: kind)
        else { throw StoreError.damaged("a row of outbox cannot be read: \(kind)") }
        return QueuedMessage(
            id: try row.text(0),
            caseID: caseID,
            event: event,
            reader: reader,
            createdAt: Instant(milliseconds: try row.int(4)),
            attempts: Int(try row.int(5)),
            nextAttemptAt: Instant(milliseconds: try row.int(6)),
            deliveredAt: try row.optionalInt(7).map { Instant(milliseconds: $0) },
            givenUpAt: try row.optionalInt(8).map { Instant(milliseconds: $0) },
            channel: try row.optionalText(9),
            outcome: try row.optionalText(10)
        )
    }
}
