import SQL

extension Schema {
    /// What those who look after the records search and undo by.
    static let governance: [Statement] = [
        "CREATE INDEX access_log_subject ON access_log (subject, position)",
        "CREATE INDEX access_log_actor ON access_log (actor, position)",
        "CREATE INDEX access_log_at ON access_log (at)",
        // `into_id` is what a person was joined into and never changes; `kept_id` is where that
        // stands now, one step away however many joins there were.
        "ALTER TABLE person_links ADD COLUMN into_id TEXT",
        "CREATE INDEX copies_asked_person ON copies_asked (person_id)",
        "CREATE INDEX cases_closed ON cases (closed_on)",
    ]

    /// A merge that was undone is of the two that it joined, not of whom they were joined into later.
    static let undoneMerges: [Statement] = [
        """
        UPDATE person_links SET kept_id = into_id
        WHERE undone_at IS NOT NULL AND into_id IS NOT NULL
        """
    ]

    /// That two records are of two people, as somebody found; a row changes only when that is
    /// withdrawn, or its words are erased.
    static let peopleApart: [Statement] = [
        """
        CREATE TABLE people_apart (
            id TEXT PRIMARY KEY,
            one_id TEXT NOT NULL,
            other_id TEXT NOT NULL,
            reason BLOB,
            said_at BIGINT NOT NULL,
            said_by TEXT NOT NULL,
            withdrawn_at BIGINT,
            withdrawn_by TEXT
        )
        """,
        "CREATE INDEX people_apart_one ON people_apart (one_id)",
        "CREATE INDEX people_apart_other ON people_apart (other_id)",
    ]

    /// Why something was done is sealed: under the key of `reason_person`, or the installation's.
    ///
    /// What stood in `reason` before stays as it is, because the log's chain is over it.
    static let sealedReasons: [Statement] = [
        "ALTER TABLE access_log ADD COLUMN sealed_reason BLOB",
        "ALTER TABLE access_log ADD COLUMN reason_person TEXT",
    ]
}
