import SQL

/// The tables, as steps that only go forward.
package enum Schema {
    package static let migrations = [
        Migration(version: 1, name: "the spine", statements: spine),
        Migration(version: 2, name: "accounts", statements: accounts),
        Migration(version: 3, name: "what the pages need", statements: pages),
        Migration(version: 4, name: "governance", statements: governance),
        Migration(version: 5, name: "sealed reasons", statements: sealedReasons),
        Migration(version: 6, name: "passwords that end", statements: passwordsThatEnd),
        Migration(version: 7, name: "cases in no strand", statements: casesInNoStrand),
        Migration(version: 8, name: "claims", statements: claims),
        Migration(version: 9, name: "releases", statements: releases),
        Migration(version: 10, name: "indices that are used", statements: usedIndices),
        Migration(version: 11, name: "board packs", statements: boardPacks),
        Migration(version: 12, name: "areas", statements: areas),
        Migration(version: 14, name: "primary care", statements: primaryCare),
        Migration(version: 15, name: "clients", statements: clients),
        Migration(version: 16, name: "messages", statements: messages),
        Migration(
            version: 17,
            name: "leaner tables",
            statements: leanerIndices,
            inSQLite: leanerTables
        ),
        Migration(version: 18, name: "hooks", statements: hooks),
        Migration(version: 19, name: "exports", statements: exports),
        Migration(version: 20, name: "service guide", statements: guide),
        Migration(version: 21, name: "entries by their keys", statements: entriesByKey),
        Migration(version: 22, name: "narrowed exports", statements: exportNarrowing),
        Migration(version: 23, name: "rebased charts", statements: chartRebases),
        // Work items have other words and days: after a step, every case is made anew.
        Migration(version: 24, name: "work items anew", statements: []),
        Migration(version: 25, name: "undone merges", statements: undoneMerges),
        Migration(version: 26, name: "days of patients", statements: patientDays),
        Migration(version: 27, name: "when passwords were set", statements: passwordsSince),
        Migration(version: 28, name: "names as they are typed", statements: namesToIndex),
        // Appointments called off and booked again on one day are held: every case is made anew.
        Migration(version: 29, name: "appointments anew", statements: []),
        Migration(version: 30, name: "people told apart", statements: peopleApart),
        // Of who was erased nothing is left but to close their cases: every case is made anew.
        Migration(version: 31, name: "cases of the erased", statements: []),
    ]

    /// Nobody looks for work by its day alone; whether a version has cases is asked by each referral.
    private static let usedIndices: [Statement] = [
        "DROP INDEX work_items_due",
        "CREATE INDEX cases_version ON cases (programme, programme_version)",
    ]

    /// A referral is known again by its sender's own identifier, which is the key of its entry.
    private static let entriesByKey: [Statement] = [
        "CREATE INDEX journal_entry_key ON journal (entry_key) WHERE entry_key IS NOT NULL"
    ]

    private static let spine: [Statement] = [
        // The journal: what everything else is made from. Its position is allotted inside the
        // write lock, by the row of `chain`. `header` stands on a case's first event only.
        """
        CREATE TABLE journal (
            position BIGINT PRIMARY KEY,
            case_id TEXT NOT NULL,
            sequence BIGINT NOT NULL,
            event_id TEXT NOT NULL,
            occurred_on TEXT NOT NULL,
            recorded_at BIGINT NOT NULL,
            recorded_by TEXT NOT NULL,
            organisation TEXT NOT NULL,
            type TEXT NOT NULL,
            entry_key TEXT,
            cause TEXT,
            header TEXT,
            payload TEXT NOT NULL,
            sealed BLOB,
            hash BLOB NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX journal_case ON journal (case_id, sequence)",
        """
        CREATE TABLE chain (
            name TEXT PRIMARY KEY,
            position BIGINT NOT NULL,
            hash BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE people (
            id TEXT PRIMARY KEY,
            wrapped_key BLOB,
            sealed BLOB,
            nhs_index BLOB,
            name_index BLOB,
            place_index BLOB,
            updated_at BIGINT NOT NULL,
            erased_at BIGINT
        )
        """,
        "CREATE INDEX people_nhs ON people (nhs_index)",
        "CREATE INDEX people_name ON people (name_index)",
        "CREATE INDEX people_place ON people (place_index)",
        """
        CREATE TABLE cases (
            id TEXT PRIMARY KEY,
            programme TEXT NOT NULL,
            programme_version BIGINT NOT NULL,
            reference TEXT NOT NULL,
            person_id TEXT NOT NULL,
            version BIGINT NOT NULL,
            state TEXT NOT NULL,
            strand TEXT,
            provider TEXT,
            coach TEXT,
            next_due_on TEXT
        )
        """,
        "CREATE UNIQUE INDEX cases_reference ON cases (programme, reference)",
        "CREATE INDEX cases_person ON cases (person_id)",
        Statement("CREATE TABLE facts (\(FactsColumns.definitions))"),
        "CREATE INDEX facts_programme ON facts (programme, case_id)",
        """
        CREATE TABLE work_items (
            case_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            due_on TEXT NOT NULL,
            owner TEXT NOT NULL,
            says TEXT NOT NULL,
            PRIMARY KEY (case_id, kind, subject)
        )
        """,
        "CREATE INDEX work_items_due ON work_items (due_on)",
        """
        CREATE TABLE outbox (
            id TEXT PRIMARY KEY,
            case_id TEXT NOT NULL,
            event_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            next_attempt_at BIGINT NOT NULL,
            delivered_at BIGINT,
            given_up_at BIGINT
        )
        """,
        """
        CREATE TABLE access_log (
            position BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            organisation TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            reason TEXT,
            outcome TEXT NOT NULL,
            hash BLOB NOT NULL
        )
        """,
        """
        CREATE TABLE answers_given (
            idempotency_key TEXT PRIMARY KEY,
            digest BLOB NOT NULL,
            answer TEXT NOT NULL,
            given_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE programme_files (
            id TEXT NOT NULL,
            version BIGINT NOT NULL,
            text TEXT NOT NULL,
            added_at BIGINT NOT NULL,
            PRIMARY KEY (id, version)
        )
        """,
        """
        CREATE TABLE import_rows (
            programme TEXT NOT NULL,
            reference TEXT NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (programme, reference)
        )
        """,
        """
        CREATE TABLE installation (
            name TEXT PRIMARY KEY,
            value BLOB NOT NULL
        )
        """,
    ]
}
