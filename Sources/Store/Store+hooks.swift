import Kernel
import SQL

extension Store {
    private static let columns = """
        id, kind, client_id, organisation, address, topics, state, problem, secret, resource, \
        heartbeat_seconds, ends_at, sent, version, created_at, updated_at, deleted_at
        """
    private static let insert = Statement(
        """
        INSERT INTO hooks (\(columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """
    )
    // How many were sent is counted apart, while events are numbered.
    private static let update: Statement = """
        UPDATE hooks SET address = $1, topics = $2, state = $3, problem = $4, secret = $5,
            resource = $6, heartbeat_seconds = $7, ends_at = $8, version = $9, updated_at = $10,
            deleted_at = $11, heartbeat_at = $12
        WHERE id = $13
        """
    private static let find = Statement("SELECT \(columns) FROM hooks WHERE id = $1")
    private static let list = Statement(
        """
        SELECT \(columns) FROM hooks WHERE kind = $1 AND deleted_at IS NULL
        ORDER BY created_at, id
        """
    )
    private static let ofClient = Statement(
        """
        SELECT \(columns) FROM hooks WHERE client_id = $1 AND kind = $2 AND deleted_at IS NULL
        ORDER BY created_at, id
        """
    )
    private static let deleteTopics: Statement = "DELETE FROM hook_topics WHERE hook = $1"
    private static let insertTopic: Statement = """
        INSERT INTO hook_topics (told, hook, topic, suffix, organisation)
        VALUES ($1, $2, $3, $4, $5)
        """
    private static let ending: Statement = """
        SELECT id FROM hooks WHERE ends_at <= $1 AND state <> 'off' AND deleted_at IS NULL
        """
    private static let heartbeats: Statement = """
        SELECT id FROM hooks
        WHERE heartbeat_at <= $1 AND state = 'active' AND deleted_at IS NULL
        """
    private static let setHeartbeat: Statement =
        "UPDATE hooks SET heartbeat_at = $1 WHERE id = $2"

    package func add(_ hook: Hook, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insert,
            [
                .text(hook.id), .text(hook.kind.rawValue), .text(hook.client),
                .text(hook.organisation), .text(hook.address),
                .text(hook.topics.joined(separator: " ")), .text(hook.state.rawValue),
                SQLValue(hook.problem), SQLValue(hook.secret), SQLValue(hook.resource),
                SQLValue(hook.heartbeatSeconds), Self.moment(hook.endsAt),
                .int(Int64(hook.sent)), .int(Int64(hook.version)),
                .int(hook.createdAt.milliseconds), .int(hook.updatedAt.milliseconds),
                Self.moment(hook.deletedAt),
            ]
        )
        try listen(hook, in: transaction)
    }

    /// Keeps a hook as it is now, which makes a version of it.
    package func update(
        _ hook: inout Hook,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        hook.version += 1
        hook.updatedAt = now
        let beat = hook.heartbeatSeconds.map { now.adding(milliseconds: Int64($0) * 1_000) }
        try transaction.execute(
            Self.update,
            [
                .text(hook.address), .text(hook.topics.joined(separator: " ")),
                .text(hook.state.rawValue), SQLValue(hook.problem), SQLValue(hook.secret),
                SQLValue(hook.resource), SQLValue(hook.heartbeatSeconds),
                Self.moment(hook.endsAt), .int(Int64(hook.version)),
                .int(hook.updatedAt.milliseconds), Self.moment(hook.deletedAt),
                Self.moment(beat), .text(hook.id),
            ]
        )
        try listen(hook, in: transaction)
    }

    /// Lets changes of cases find the hook while it is active, and only then.
    private func listen(_ hook: Hook, in transaction: any Transaction) throws {
        try transaction.execute(Self.deleteTopics, [.text(hook.id)])
        guard hook.state == .active, hook.deletedAt == nil else { return }
        for topic in hook.topics {
            let slug = topic.replacing(".", with: "-").replacing(":", with: "-")
            try transaction.execute(
                Self.insertTopic,
                [
                    .text(HookTopic.told(topic)), .text(hook.id), .text(topic),
                    .text("\(slug)-\(hook.id)"), .text(hook.organisation),
                ]
            )
        }
    }

    /// A hook, one that was deleted too.
    package func hook(_ id: String, in transaction: any Transaction) throws -> Hook? {
        try transaction.first(Self.find, [.text(id)], Self.hook)
    }

    /// The hooks of a client, or all, the oldest first.
    package func hooks(
        _ kind: Hook.Kind,
        of client: String?,
        in transaction: any Transaction
    ) throws -> [Hook] {
        guard let client else {
            return try transaction.rows(Self.list, [.text(kind.rawValue)], Self.hook)
        }
        return try transaction.rows(
            Self.ofClient,
            [.text(client), .text(kind.rawValue)],
            Self.hook
        )
    }

    /// Hooks whose given end has come.
    package func hooksEnding(
        by now: Instant,
        in transaction: any Transaction
    ) throws -> [String] {
        try transaction.rows(Self.ending, [.int(now.milliseconds)]) { try $0.text(0) }
    }

    /// Hooks that were told nothing for as long as they asked.
    package func hooksSilent(
        at now: Instant,
        in transaction: any Transaction
    ) throws -> [String] {
        try transaction.rows(Self.heartbeats, [.int(now.milliseconds)]) { try $0.text(0) }
    }

    /// Counts from now when the next heartbeat is due.
    package func putOffHeartbeat(
        of hook: Hook,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        guard let seconds = hook.heartbeatSeconds else { return }
        let next = now.milliseconds + Int64(seconds) * 1_000
        try transaction.execute(Self.setHeartbeat, [.int(next), .text(hook.id)])
    }

    private static func moment(_ value: Instant?) -> SQLValue {
        value.map { .int($0.milliseconds) } ?? .null
    }

    private static func hook(_ row: any Row) throws -> Hook {
        guard let kind = Hook.Kind(rawValue: try row.text(1)),
            let state = Hook.State(rawValue: try row.text(6))
        else { throw StoreError.damaged("a row of hooks cannot be read") }
        var hook = Hook(
            id: try row.text(0),
            kind: kind,
            client: try row.text(2),
            organisation: try row.text(3),
            address: try row.text(4),
            topics: try row.text(5).split(separator: " ").map(String.init),
            state: state,
            secret: try row.optionalBlob(8),
            resource: try row.optionalText(9),
            heartbeatSeconds: try row.optionalInt(10).map { Int($0) },
            endsAt: try row.optionalInt(11).map { Instant(milliseconds: $0) },
            at: Instant(milliseconds: try row.int(14))
        )
        hook.problem = try row.optionalText(7)
        hook.sent = Int(try row.int(12))
        hook.version = Int(try row.int(13))
        hook.updatedAt = Instant(milliseconds: try row.int(15))
        hook.deletedAt = try row.optionalInt(16).map { Instant(milliseconds: $0) }
        return hook
    }
}
