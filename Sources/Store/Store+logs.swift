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
    package var reason: String?
    /// `allowed`, or `refused: ` and why.
    package var outcome: String

    package init(
        at: Instant,
        actor: String,
        organisation: String,
        action: String,
        subject: String,
        reason: String? = nil,
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

    func hash(after previous: [UInt8], position: Int64) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: previous)
        let fields = [
            String(position), String(at.milliseconds), actor, organisation, action, subject,
            reason.map { "because " + $0 } ?? "", outcome,
        ]
        for field in fields { hasher.update(data: Array("\(field.utf8.count):\(field)".utf8)) }
        return Array(hasher.finalize())
    }
}

extension Store {
    private static let insertAccess: Statement = """
        INSERT INTO access_log (position, at, actor, organisation, action, subject, reason,
            outcome, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    private static let accessOf: Statement = """
        SELECT at, actor, organisation, action, subject, reason, outcome FROM access_log
        WHERE subject = $1 ORDER BY position
        """

    /// Writes an entry at the end of the access log's own hash chain.
    package func log(_ entry: AccessEntry, in transaction: any Transaction) throws {
        var head = try ChainHead.take("access-log", in: transaction)
        head.position += 1
        head.hash = entry.hash(after: head.hash, position: head.position)
        try transaction.execute(
            Self.insertAccess,
            [
                .int(head.position), .int(entry.at.milliseconds), .text(entry.actor),
                .text(entry.organisation), .text(entry.action), .text(entry.subject),
                SQLValue(entry.reason), .text(entry.outcome), .blob(head.hash),
            ]
        )
        try head.keep(in: transaction)
    }

    /// Who looked at something, in order.
    package func accessLog(
        of subject: String,
        in transaction: any Transaction
    ) throws -> [AccessEntry] {
        try transaction.rows(Self.accessOf, [.text(subject)], Self.entry)
    }

    static func entry(_ row: any Row) throws -> AccessEntry {
        AccessEntry(
            at: Instant(milliseconds: try row.int(0)),
            actor: try row.text(1),
            organisation: try row.text(2),
            action: try row.text(3),
            subject: try row.text(4),
            reason: try row.optionalText(5),
            outcome: try row.text(6)
        )
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
