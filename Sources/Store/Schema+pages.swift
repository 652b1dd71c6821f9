import SQL

extension Schema {
    /// What the pages list by, and what people keep beside the cases.
    static let pages: [Statement] = [
        "ALTER TABLE cases ADD COLUMN referrer TEXT",
        "ALTER TABLE cases ADD COLUMN referred_by TEXT",
        "ALTER TABLE cases ADD COLUMN referred_on TEXT",
        "ALTER TABLE cases ADD COLUMN asked TEXT",
        "ALTER TABLE cases ADD COLUMN onward TEXT",
        "ALTER TABLE cases ADD COLUMN consents TEXT",
        "ALTER TABLE cases ADD COLUMN next_kind TEXT",
        "ALTER TABLE cases ADD COLUMN next_owner TEXT",
        "ALTER TABLE cases ADD COLUMN next_says TEXT",
        "ALTER TABLE cases ADD COLUMN closed_on TEXT",
        "ALTER TABLE cases ADD COLUMN closure_reason TEXT",
        "ALTER TABLE cases ADD COLUMN at_risk BIGINT",
        "ALTER TABLE cases ADD COLUMN last_contact_on TEXT",
        "CREATE INDEX cases_coach ON cases (coach)",
        // The organisations with a part in each case: a projection, as `cases` is.
        """
        CREATE TABLE case_parties (
            case_id TEXT NOT NULL,
            organisation TEXT NOT NULL,
            part TEXT NOT NULL,
            PRIMARY KEY (case_id, organisation, part)
        )
        """,
        """
        CREATE INDEX case_parties_organisation ON case_parties (organisation, part, case_id)
        """,
        """
        CREATE TABLE glass (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL,
            account TEXT NOT NULL,
            organisation TEXT NOT NULL,
            reason BLOB NOT NULL,
            broken_at BIGINT NOT NULL,
            ends_at BIGINT NOT NULL,
            reviewed_at BIGINT,
            reviewed_by TEXT,
            verdict TEXT,
            review BLOB
        )
        """,
        "CREATE INDEX glass_account ON glass (account, case_id)",
        // A merge of two people, and its undoing; nothing of either is moved.
        """
        CREATE TABLE person_links (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL,
            kept_id TEXT NOT NULL,
            reason BLOB NOT NULL,
            linked_at BIGINT NOT NULL,
            linked_by TEXT NOT NULL,
            undone_at BIGINT,
            undone_by TEXT,
            undone_reason BLOB
        )
        """,
        "CREATE INDEX person_links_person ON person_links (person_id)",
        "CREATE INDEX person_links_kept ON person_links (kept_id)",
        // What was typed and not sent, sealed; `id` is the hash of a token only the browser has.
        """
        CREATE TABLE drafts (
            id BLOB PRIMARY KEY,
            account TEXT,
            path TEXT NOT NULL,
            sealed BLOB NOT NULL,
            updated_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE copies_asked (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL,
            asked_at BIGINT NOT NULL,
            answered_at BIGINT,
            answered_by TEXT
        )
        """,
        """
        CREATE TABLE active_programmes (
            id TEXT PRIMARY KEY,
            version BIGINT NOT NULL,
            activated_at BIGINT NOT NULL,
            activated_by TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE translations (
            locale TEXT NOT NULL,
            phrase TEXT NOT NULL,
            text TEXT NOT NULL,
            changed_at BIGINT NOT NULL,
            changed_by TEXT NOT NULL,
            PRIMARY KEY (locale, phrase)
        )
        """,
    ]

    /// The providers of the programme, while a case is in none of its strands; with spaces between.
    static let casesInNoStrand: [Statement] = ["ALTER TABLE cases ADD COLUMN unassigned TEXT"]
}
