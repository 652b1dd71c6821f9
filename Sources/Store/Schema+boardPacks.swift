import SQL

extension Schema {
    /// Board packs as they were made; each stands as the board had it.
    static let boardPacks: [Statement] = [
        """
        CREATE TABLE board_packs (
            id TEXT PRIMARY KEY,
            pack TEXT NOT NULL,
            programme TEXT NOT NULL,
            programme_version BIGINT NOT NULL,
            subject TEXT NOT NULL,
            board TEXT NOT NULL,
            as_at TEXT NOT NULL,
            known_at BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            purpose BLOB NOT NULL,
            document BLOB NOT NULL
        )
        """,
        "CREATE INDEX board_packs_made ON board_packs (made_at)",
    ]
}
