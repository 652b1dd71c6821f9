import SQL

extension Schema {
    /// How each message left, or why it did not.
    static let messages: [Statement] = [
        "ALTER TABLE outbox ADD COLUMN channel TEXT",
        "ALTER TABLE outbox ADD COLUMN outcome TEXT",
        """
        CREATE INDEX outbox_due ON outbox (next_attempt_at)
        WHERE delivered_at IS NULL AND given_up_at IS NULL
        """,
        "CREATE INDEX outbox_case ON outbox (case_id)",
    ]
}
