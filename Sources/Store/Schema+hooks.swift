import SQL

extension Schema {
    /// Programs that are told what happens: where, of what, and signed with which secret.
    static let hooks: [Statement] = [
        // `secret` and `headers` are sealed under the installation's key.
        """
        CREATE TABLE hooks (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            client_id TEXT NOT NULL,
            organisation TEXT NOT NULL,
            address TEXT NOT NULL,
            topics TEXT NOT NULL,
            state TEXT NOT NULL,
            problem TEXT,
            secret BLOB,
            resource TEXT,
            heartbeat_seconds BIGINT,
            heartbeat_at BIGINT,
            ends_at BIGINT,
            sent BIGINT NOT NULL,
            version BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL,
            deleted_at BIGINT
        )
        """,
        "CREATE INDEX hooks_client ON hooks (client_id)",
        // What a hook that is on is told of: a kind of event, or `*` for every change of a case.
        """
        CREATE TABLE hook_topics (
            told TEXT NOT NULL,
            hook TEXT NOT NULL,
            topic TEXT NOT NULL,
            suffix TEXT NOT NULL,
            organisation TEXT NOT NULL,
            PRIMARY KEY (told, hook, topic)
        )
        """,
        "CREATE INDEX hook_topics_hook ON hook_topics (hook)",
        "ALTER TABLE outbox ADD COLUMN hook TEXT",
        "ALTER TABLE outbox ADD COLUMN topic TEXT",
        "ALTER TABLE outbox ADD COLUMN number BIGINT",
        """
        CREATE INDEX outbox_hooks_due ON outbox (next_attempt_at)
        WHERE hook IS NOT NULL AND delivered_at IS NULL AND given_up_at IS NULL
        """,
        "CREATE INDEX outbox_hook ON outbox (hook, created_at) WHERE hook IS NOT NULL",
    ]
}
