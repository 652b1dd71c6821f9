import SQL

extension Schema {
    /// Cases without a coach, and open ones, stand in no index: nobody looks for them there.
    static let leanerIndices: [Statement] = [
        "DROP INDEX cases_coach",
        "CREATE INDEX cases_coach ON cases (coach) WHERE coach IS NOT NULL",
        "DROP INDEX cases_closed",
        "CREATE INDEX cases_closed ON cases (closed_on) WHERE closed_on IS NOT NULL",
    ]

    /// Tables of which SQLite kept two trees where one does, with the same columns and rows.
    ///
    /// A `BIGINT PRIMARY KEY` is an index beside the table there; `INTEGER PRIMARY KEY` is the
    /// table's own order. A table of small rows can be kept in the order of its key likewise.
    /// PostgreSQL has no such choice.
    static let leanerTables: [Statement] =
        moved(
            "journal",
            """
            position INTEGER PRIMARY KEY, case_id TEXT NOT NULL, sequence BIGINT NOT NULL,
            event_id TEXT NOT NULL, occurred_on TEXT NOT NULL, recorded_at BIGINT NOT NULL,
            recorded_by TEXT NOT NULL, organisation TEXT NOT NULL, type TEXT NOT NULL,
            entry_key TEXT, cause TEXT, header TEXT, payload TEXT NOT NULL, sealed BLOB,
            hash BLOB NOT NULL
            """,
            columns: JournalRow.columns,
            indices: [
                "CREATE UNIQUE INDEX journal_case ON journal (case_id, sequence)",
                """
                CREATE INDEX journal_moves ON journal (case_id)
                WHERE type IN ('referral.rerouted', 'transfer.accepted', 'referral.answered')
                """,
            ]
        )
        + moved(
            "access_log",
            """
            position INTEGER PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL,
            organisation TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
            reason TEXT, outcome TEXT NOT NULL, hash BLOB NOT NULL, sealed_reason BLOB,
            reason_person TEXT
            """,
            columns: """
                position, at, actor, organisation, action, subject, reason, outcome, hash,
                sealed_reason, reason_person
                """,
            indices: [
                "CREATE INDEX access_log_subject ON access_log (subject, position)",
                "CREATE INDEX access_log_actor ON access_log (actor, position)",
                "CREATE INDEX access_log_at ON access_log (at)",
            ]
        )
        + moved(
            "work_items",
            """
            case_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
            due_on TEXT NOT NULL, owner TEXT NOT NULL, says TEXT NOT NULL,
            PRIMARY KEY (case_id, kind, subject)
            """,
            columns: "case_id, kind, subject, due_on, owner, says",
            isByKey: true
        )
        + moved(
            "case_parties",
            """
            case_id TEXT NOT NULL, organisation TEXT NOT NULL, part TEXT NOT NULL,
            PRIMARY KEY (case_id, organisation, part)
            """,
            columns: "case_id, organisation, part",
            indices: [
                """
                CREATE INDEX case_parties_organisation
                ON case_parties (organisation, part, case_id)
                """
            ],
            isByKey: true
        )
        + moved(
            "outbox",
            """
            id TEXT PRIMARY KEY NOT NULL, case_id TEXT NOT NULL, event_id TEXT NOT NULL,
            kind TEXT NOT NULL, created_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
            next_attempt_at BIGINT NOT NULL, delivered_at BIGINT, given_up_at BIGINT,
            channel TEXT, outcome TEXT
            """,
            columns: """
                id, case_id, event_id, kind, created_at, attempts, next_attempt_at, delivered_at,
                given_up_at, channel, outcome
                """,
            indices: [
                """
                CREATE INDEX outbox_due ON outbox (next_attempt_at)
                WHERE delivered_at IS NULL AND given_up_at IS NULL
                """,
                "CREATE INDEX outbox_case ON outbox (case_id)",
            ],
            isByKey: true
        )
        + moved(
            "answers_given",
            """
            idempotency_key TEXT PRIMARY KEY NOT NULL, digest BLOB NOT NULL,
            answer TEXT NOT NULL, given_at BIGINT NOT NULL
            """,
            columns: "idempotency_key, digest, answer, given_at",
            isByKey: true
        )

    /// Puts a table's rows into a new one of the same name, in the order of its first column.
    private static func moved(
        _ table: String,
        _ definitions: String,
        columns: String,
        indices: [Statement] = [],
        isByKey: Bool = false
    ) -> [Statement] {
        let order = columns.prefix { $0 != "," }
        return [
            Statement(
                "CREATE TABLE \(table)_leaner (\(definitions))" + (isByKey ? " WITHOUT ROWID" : "")
            ),
            Statement(
                """
                INSERT INTO \(table)_leaner (\(columns)) SELECT \(columns) FROM \(table)
                ORDER BY \(order)
                """
            ),
            Statement("DROP TABLE \(table)"),
            Statement("ALTER TABLE \(table)_leaner RENAME TO \(table)"),
        ] + indices
    }
}
