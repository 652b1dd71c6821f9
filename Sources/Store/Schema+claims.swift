import SQL

extension Schema {
    /// Claims, which are only ever added to.
    ///
    /// What becomes of a claim is told by its events.
    static let claims: [Statement] = [
        """
        CREATE TABLE claims (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            programme TEXT NOT NULL,
            programme_version BIGINT NOT NULL,
            quarter TEXT NOT NULL,
            claimant TEXT NOT NULL,
            payer TEXT NOT NULL,
            host TEXT NOT NULL,
            as_at TEXT NOT NULL,
            known_at BIGINT NOT NULL,
            made_by TEXT NOT NULL,
            line_count BIGINT NOT NULL,
            pence BIGINT NOT NULL,
            waiting BIGINT NOT NULL,
            left_out TEXT NOT NULL,
            digest BLOB NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX claims_name ON claims (name)",
        // A claim asks which cases changed hands; the journal is not read from end to end for it.
        """
        CREATE INDEX journal_moves ON journal (case_id)
        WHERE type IN ('referral.rerouted', 'transfer.accepted', 'referral.answered')
        """,
        "CREATE INDEX claims_programme ON claims (programme, id)",
        """
        CREATE TABLE claim_lines (
            claim_id TEXT NOT NULL,
            line BIGINT NOT NULL,
            kind TEXT NOT NULL,
            rule TEXT NOT NULL,
            person_id TEXT,
            ordinal BIGINT NOT NULL,
            strand TEXT,
            pence BIGINT NOT NULL,
            day TEXT NOT NULL,
            case_id TEXT,
            provider TEXT,
            locality TEXT,
            event_id TEXT,
            evidence TEXT NOT NULL,
            programme_version BIGINT NOT NULL,
            corrects_claim TEXT,
            corrects_line BIGINT,
            note TEXT,
            PRIMARY KEY (claim_id, line)
        )
        """,
        "CREATE INDEX claim_lines_person ON claim_lines (person_id)",
        // Words may name somebody: they are sealed.
        """
        CREATE TABLE claim_events (
            claim_id TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            move TEXT NOT NULL,
            at BIGINT NOT NULL,
            account TEXT NOT NULL,
            organisation TEXT NOT NULL,
            line BIGINT,
            rejection TEXT,
            words BLOB,
            PRIMARY KEY (claim_id, sequence)
        )
        """,
        """
        CREATE TABLE claim_samples (
            id TEXT PRIMARY KEY,
            claim_id TEXT NOT NULL,
            seed TEXT NOT NULL,
            lines TEXT NOT NULL,
            drawn_from BIGINT NOT NULL,
            drawn_at BIGINT NOT NULL,
            drawn_by TEXT NOT NULL
        )
        """,
        "CREATE INDEX claim_samples_claim ON claim_samples (claim_id, id)",
        """
        CREATE TABLE claim_findings (
            sample_id TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            line BIGINT NOT NULL,
            right_pence BIGINT NOT NULL,
            found_at BIGINT NOT NULL,
            found_by TEXT NOT NULL,
            words BLOB,
            PRIMARY KEY (sample_id, sequence)
        )
        """,
        // Figures of incentive schemes that no case can give; the last told holds.
        """
        CREATE TABLE claim_figures (
            programme TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            measure TEXT NOT NULL,
            year BIGINT NOT NULL,
            figure BIGINT NOT NULL,
            told_at BIGINT NOT NULL,
            told_by TEXT NOT NULL,
            PRIMARY KEY (programme, sequence)
        )
        """,
    ]
}
