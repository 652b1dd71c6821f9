import SQL

extension Schema {
    /// Programs that work with the installation over its interfaces.
    static let clients: [Statement] = [
        // Only public keys are kept, or the address at which the client shows them.
        """
        CREATE TABLE clients (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            organisation TEXT NOT NULL,
            roles TEXT NOT NULL,
            purpose TEXT NOT NULL,
            scopes TEXT NOT NULL,
            keys TEXT,
            keys_address TEXT,
            created_at BIGINT NOT NULL,
            created_by TEXT NOT NULL,
            disabled_at BIGINT
        )
        """,
        // `id` is the SHA-256 of the token, which is nowhere kept.
        """
        CREATE TABLE client_tokens (
            id BLOB PRIMARY KEY,
            client_id TEXT NOT NULL,
            scopes TEXT NOT NULL,
            ends_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX client_tokens_client ON client_tokens (client_id)",
        "CREATE INDEX client_tokens_ends ON client_tokens (ends_at)",
        // The names of assertions that were used, until they would have ended anyway.
        """
        CREATE TABLE client_assertions (
            client_id TEXT NOT NULL,
            name TEXT NOT NULL,
            ends_at BIGINT NOT NULL,
            PRIMARY KEY (client_id, name)
        )
        """,
        "CREATE INDEX client_assertions_ends ON client_assertions (ends_at)",
    ]
}
