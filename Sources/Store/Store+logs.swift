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
        var hasher = SHA256()
        hasher.update(data: previous)
        let texts = [
            String(position), String(at.milliseconds), actor, organisation, action, subject,
        ]
        let fields = texts.map { Array($0.utf8) } + [reason.bytes, Array(outcome.utf8)]
        for field in fields { hasher.update(data: Array("\(field.count):".utf8) + field) }
        return Array(hasher.finalize())
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
        try head.keep(in: transaction)
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
}

extension Store {
    private static let insertAnswer: Statement = """
        INSERT INTO answers_given (idempotency_key, digest, answer, given_at)
        VALUES ($1, $2, $3, $4)
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
}
