import SQL

extension Schema {
    /// What has left the case team, so that no later table gives anyone away beside it.
    static let releases: [Statement] = [
        """
        CREATE TABLE releases (
            id TEXT PRIMARY KEY,
            position BIGINT NOT NULL,
            programme TEXT NOT NULL,
            programme_version BIGINT NOT NULL,
            report TEXT NOT NULL,
            grouping TEXT,
            as_at TEXT NOT NULL,
            known_at BIGINT NOT NULL,
            audience TEXT NOT NULL,
            kind TEXT NOT NULL,
            purpose BLOB,
            released_at BIGINT NOT NULL,
            released_by TEXT NOT NULL,
            organisation TEXT NOT NULL,
            hidden BIGINT NOT NULL,
            figures BIGINT NOT NULL,
            cells BLOB NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX releases_position ON releases (programme, position)",
    ]
}
