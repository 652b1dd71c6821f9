import SQL

extension Schema {
    static let accounts: [Statement] = [
        """
        CREATE TABLE organisations (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kinds TEXT NOT NULL,
            created_at BIGINT NOT NULL
        )
        """,
        // `sealed` is login and name: of a resident under the person's key, so that erasing the
        // person erases them here too; of staff under the installation's.
        """
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY,
            organisation TEXT NOT NULL,
            login_index BLOB NOT NULL,
            sealed BLOB NOT NULL,
            roles TEXT NOT NULL,
            person_id TEXT,
            password_hash TEXT,
            totp_sealed BLOB,
            totp_step BIGINT,
            oidc_issuer TEXT,
            oidc_subject TEXT,
            capacity BIGINT,
            must_change_password BIGINT NOT NULL,
            disabled_at BIGINT,
            created_at BIGINT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX accounts_login ON accounts (login_index)",
        "CREATE UNIQUE INDEX accounts_identity ON accounts (oidc_issuer, oidc_subject)",
        "CREATE UNIQUE INDEX accounts_person ON accounts (person_id)",
        "CREATE INDEX accounts_organisation ON accounts (organisation)",
        """
        CREATE TABLE recovery_codes (
            account_id TEXT NOT NULL,
            code_index BLOB NOT NULL,
            PRIMARY KEY (account_id, code_index)
        )
        """,
        // `id` is the SHA-256 of the token, which is nowhere kept.
        """
        CREATE TABLE sessions (
            id BLOB PRIMARY KEY,
            account_id TEXT NOT NULL,
            way TEXT NOT NULL,
            stage TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            last_seen_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL,
            ended_at BIGINT,
            totp_sealed BLOB
        )
        """,
        "CREATE INDEX sessions_account ON sessions (account_id)",
        "CREATE INDEX sessions_ends ON sessions (ends_at)",
        // An empty key stands for any: all logins from one remote, or one login from all.
        """
        CREATE TABLE sign_in_failures (
            login_index BLOB NOT NULL,
            remote_index BLOB NOT NULL,
            failures BIGINT NOT NULL,
            last_at BIGINT NOT NULL,
            blocked_until BIGINT NOT NULL,
            PRIMARY KEY (login_index, remote_index)
        )
        """,
        "CREATE INDEX sign_in_failures_last ON sign_in_failures (last_at)",
    ]

    /// A password that serves once serves until then; of those from before, it is not known.
    static let passwordsThatEnd: [Statement] = [
        "ALTER TABLE accounts ADD COLUMN password_until BIGINT"
    ]

    /// When a password took the place of another; of those from before, it is not known.
    static let passwordsSince: [Statement] = [
        "ALTER TABLE accounts ADD COLUMN password_set_at BIGINT"
    ]
}
