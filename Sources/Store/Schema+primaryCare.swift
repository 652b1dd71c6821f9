import SQL

extension Schema {
    /// On which days extracts told of a patient; null where that was before the days were kept.
    static let patientDays: [Statement] = [
        "ALTER TABLE practice_patients ADD COLUMN told_first BIGINT",
        "ALTER TABLE practice_patients ADD COLUMN told_birth BIGINT",
        "ALTER TABLE practice_patients ADD COLUMN told_registered BIGINT",
        "ALTER TABLE practice_patients ADD COLUMN told_left_first BIGINT",
        "ALTER TABLE practice_patients ADD COLUMN told_left BIGINT",
        "ALTER TABLE practice_patients ADD COLUMN told_dissent BIGINT",
    ]

    /// Practices' records: each patient's identity sealed, their history as one row.
    static let primaryCare: [Statement] = [
        // Days are counted from 1970-01-01. The history is coded; `docs/primary-care.md` says how.
        """
        CREATE TABLE practice_patients (
            id TEXT PRIMARY KEY,
            practice TEXT NOT NULL,
            nhs_index BLOB NOT NULL,
            wrapped_key BLOB NOT NULL,
            sealed BLOB NOT NULL,
            birth_month BIGINT NOT NULL,
            registered_day BIGINT,
            left_day BIGINT,
            dissent BIGINT NOT NULL,
            history BLOB NOT NULL,
            changed_at BIGINT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX practice_patients_number ON practice_patients (practice, nhs_index)",
        "CREATE INDEX practice_patients_nhs ON practice_patients (nhs_index)",
        """
        CREATE TABLE practice_extracts (
            id TEXT PRIMARY KEY,
            position BIGINT NOT NULL,
            practice TEXT NOT NULL,
            day BIGINT NOT NULL,
            patients BIGINT NOT NULL,
            entries BIGINT NOT NULL,
            added BIGINT NOT NULL,
            corrected BIGINT NOT NULL,
            withdrawn BIGINT NOT NULL,
            older BIGINT NOT NULL,
            imported_at BIGINT NOT NULL,
            imported_by TEXT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX practice_extracts_position ON practice_extracts (practice, position)",
        // What a practice was asked to write in a record.
        """
        CREATE TABLE practice_returns (
            id TEXT PRIMARY KEY,
            practice TEXT NOT NULL,
            patient_id TEXT NOT NULL,
            case_id TEXT NOT NULL,
            status TEXT NOT NULL,
            day BIGINT NOT NULL,
            after_extract BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            made_by TEXT NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX practice_returns_what ON practice_returns (patient_id, status, day)",
        "CREATE INDEX practice_returns_practice ON practice_returns (practice)",
        // What those outside practices were shown, its counts sealed.
        """
        CREATE TABLE practice_looks (
            id TEXT PRIMARY KEY,
            audience TEXT NOT NULL,
            as_at TEXT NOT NULL,
            looked_at BIGINT NOT NULL,
            looked_by TEXT NOT NULL,
            organisation TEXT NOT NULL,
            digest BLOB NOT NULL,
            counts BLOB NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX practice_looks_what ON practice_looks (audience, as_at, digest)",
    ]
}
