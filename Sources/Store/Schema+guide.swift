import SQL

extension Schema {
    /// The services of the guide that are written here, and where postcodes lie.
    static let guide: [Statement] = [
        // One row for each service, organisation, taxonomy and term. What is in a record follows
        // Open Referral UK and is searched in memory.
        """
        CREATE TABLE guide_records (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            owner TEXT NOT NULL,
            document TEXT NOT NULL,
            version BIGINT NOT NULL,
            modified_at BIGINT NOT NULL,
            modified_by TEXT NOT NULL,
            PRIMARY KEY (kind, id)
        )
        """,
        // Counts the changes, so that whoever keeps the guide in memory knows that it moved.
        """
        CREATE TABLE guide_state (
            name TEXT PRIMARY KEY,
            changes BIGINT NOT NULL
        )
        """,
        "INSERT INTO guide_state (name, changes) VALUES ('guide', 0)",
        // In millionths of a degree (WGS84); blank where the table does not say.
        "ALTER TABLE postcode_areas ADD COLUMN latitude BIGINT",
        "ALTER TABLE postcode_areas ADD COLUMN longitude BIGINT",
    ]
}
