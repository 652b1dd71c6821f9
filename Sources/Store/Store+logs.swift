import Crypto
import Kernel
import SQL

/// One entry of the access log: who looked at, or did, what, and whether they were let.
package struct AccessEntry: Sendable, Hashable {
    package var at: Instant
    package var actor: String
    package var organisation: String
    package var action: String
    /// What it was about, for example a case's id; never an identity.
    package var subject: String
    package var reason: AccessReason?
    /// `allowed`, or `refused: ` and why.
    package var outcome: String

    package init(
        at: Instant,
        actor: String,
        organisation: String,
        action: String,
        subject: String,
        reason: AccessReason? = nil,
        outcome: String = "allowed"
    ) {
        self.at = at
        self.actor = actor
        self.organisation = organisation
        self.action = action
        self.subject = subject
        self.reason = reason
        self.outcome = outcome
    }

    /// The link of the chain, with the reason as it is kept.
    func hash(after previous: [UInt8], position: Int64, _ reason: KeptReason) -> [UInt8] {
        var bytes = previous
        bytes.reserveCapacity(previous.count + 256)
        for text in [
            String(position), String(at.milliseconds), actor, organisation, action, subject,
        ] {
            Self.append(text.utf8, text.utf8.count, to: &bytes)
        }
        let why = reason.bytes
        Self.append(why, why.count, to: &bytes)
        Self.append(outcome.utf8, outcome.utf8.count, to: &bytes)
        return Array(SHA256.hash(data: bytes))
    }

    private static func append(
        _ field: some Sequence<UInt8>,
        _ count: Int,
        to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: String(count).utf8)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: field)
    }
}

extension Store {
    private static let insertAccess: Statement = """
        INSERT INTO access_log (position, at, actor, organisation, action, subject, outcome,
            reason, sealed_reason, reason_person, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    private static let accessOf = Statement(
        "SELECT \(KeptEntry.columns) FROM access_log WHERE subject = $1 ORDER BY position"
    )

    private static let accessBy = Statement(
        "SELECT \(KeptEntry.columns) FROM access_log WHERE actor = $1 ORDER BY position"
    )

    /// Writes an entry at the end of the access log's own hash chain.
    package func log(_ entry: AccessEntry, in transaction: any Transaction) throws {
        var head = try ChainHead.take("access-log", in: transaction)
        head.position += 1
        let reason = try keep(
            entry.reason,
            of: entry.subject,
            at: head.position,
            in: transaction
        )
        head.hash = entry.hash(after: head.hash, position: head.position, reason)
        let row: [SQLValue] = [
            .int(head.position), .int(entry.at.milliseconds), .text(entry.actor),
            .text(entry.organisation), .text(entry.action), .text(entry.subject),
            .text(entry.outcome),
        ]
        try transaction.execute(Self.insertAccess, row + reason.values + [.blob(head.hash)])
        head.keep(in: transaction)
    }

    /// Who looked at something, in order.
    ///
    /// - Parameter opensReasons: only for those who may read why.
    package func accessLog(
        of subject: String,
        opensReasons: Bool = false,
        in transaction: any Transaction
    ) throws -> [AccessEntry] {
        let kept = try transaction.rows(Self.accessOf, [.text(subject)], KeptEntry.init)
        guard opensReasons else { return kept.map(\.entry) }
        return try opened(kept, in: transaction).map(\.entry)
    }

    /// All that somebody did, in order, without the reasons.
    package func accessLog(
        by actor: String,
        in transaction: any Transaction
    ) throws -> [AccessEntry] {
        try transaction.rows(Self.accessBy, [.text(actor)], KeptEntry.init).map(\.entry)
    }
}

extension Store {
    private static let insertAnswer: Statement = """
        INSERT INTO answers_given (idempotency_key, digest, answer, given_at)
        VALUES ($1, $2, $3, $4)
        """
    private static let insertNewAnswer: Statement = """
        INSERT INTO answers_given (idempotency_key, digest, answer, given_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (idempotency_key) DO NOTHING
        """
    private static let findAnswer: Statement =
        "SELECT digest, answer FROM answers_given WHERE idempotency_key = $1"

    /// The answer given before to the same key and request; nil when the key is new.
    ///
    /// - Throws: `StoreError.keyReused` when the key came with another request.
    package func answer(
        toKey key: String,
        digest: [UInt8],
        in transaction: any Transaction
    ) throws -> String? {
        let found = try transaction.first(Self.findAnswer, [.text(key)]) { row in
            (digest: try row.blob(0), answer: try row.text(1))
        }
        guard let found else { return nil }
        guard found.digest == digest else { throw StoreError.keyReused(key) }
        return found.answer
    }

    package func keepAnswer(
        _ answer: String,
        toKey key: String,
        digest: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.insertAnswer,
            [.text(key), .blob(digest), .text(answer), .int(now.milliseconds)]
        )
    }

    /// The same where the key is new.
    ///
    /// - Returns: whether it was.
    package func keepFirstAnswer(
        _ answer: String,
        toKey key: String,
        digest: [UInt8],
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.insertNewAnswer,
            [.text(key), .blob(digest), .text(answer), .int(now.milliseconds)]
        ) == 1
    }
}
