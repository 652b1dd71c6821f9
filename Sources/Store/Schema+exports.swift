import SQL

extension Schema {
    /// Records that are taken away in bulk: each job with how far it has come, and its files.
    static let exports: [Statement] = [
        // A job goes on after the person whose id is `place`.
        """
        CREATE TABLE exports (
            id TEXT PRIMARY KEY,
            client_id TEXT NOT NULL,
            programme TEXT,
            level TEXT NOT NULL,
            types TEXT NOT NULL,
            since BIGINT,
            request TEXT NOT NULL,
            state TEXT NOT NULL,
            known_at BIGINT NOT NULL,
            lease_until BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            place TEXT NOT NULL,
            done BIGINT NOT NULL,
            total BIGINT,
            ended_at BIGINT,
            forgotten_at BIGINT
        )
        """,
        "CREATE INDEX exports_waiting ON exports (lease_until) WHERE ended_at IS NULL",
        "CREATE INDEX exports_client ON exports (client_id)",
        // Lines of JSON, sealed under the installation's key.
        """
        CREATE TABLE export_chunks (
            export TEXT NOT NULL,
            type TEXT NOT NULL,
            part BIGINT NOT NULL,
            chunk BIGINT NOT NULL,
            lines BIGINT NOT NULL,
            bytes BIGINT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (export, type, part, chunk)
        )
        """,
    ]
}
