import Casework
import Kernel
import SQL

/// Practices' patients and the extracts that told of them.
extension Store {
    private static let patientColumns = """
        id, practice, nhs_index, wrapped_key, sealed, birth_month, registered_day, left_day, \
        dissent, history, told_first, told_birth, told_registered, told_left_first, told_left, \
        told_dissent
        """
    private static let patientsOf = Statement(
        "SELECT \(patientColumns) FROM practice_patients WHERE practice = $1 ORDER BY id"
    )
    private static let patientOf = Statement(
        "SELECT \(patientColumns) FROM practice_patients WHERE id = $1"
    )
    private static let patientsLike = Statement(
        """
        SELECT \(patientColumns) FROM practice_patients WHERE nhs_index IN (
            SELECT nhs_index FROM people WHERE id = $1 AND nhs_index IS NOT NULL)
        ORDER BY practice
        """
    )
    private static let upsertPatient = Statement(
        """
        INSERT INTO practice_patients (\(patientColumns), changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed,
            birth_month = excluded.birth_month, registered_day = excluded.registered_day,
            left_day = excluded.left_day, dissent = excluded.dissent,
            history = excluded.history, told_first = excluded.told_first,
            told_birth = excluded.told_birth, told_registered = excluded.told_registered,
            told_left_first = excluded.told_left_first, told_left = excluded.told_left,
            told_dissent = excluded.told_dissent, changed_at = excluded.changed_at
        """
    )
    private static let insertExtract: Statement = """
        INSERT INTO practice_extracts (id, position, practice, day, patients, entries, added,
            corrected, withdrawn, older, imported_at, imported_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    private static let extractsOf: Statement = """
        SELECT id, position, practice, day, patients, entries, added, corrected, withdrawn, older,
            imported_at, imported_by
        FROM practice_extracts ORDER BY practice, position
        """
    private static let lastExtract: Statement =
        "SELECT COALESCE(MAX(position), 0) FROM practice_extracts WHERE practice = $1"

    /// The patients of a practice.
    package func practicePatients(
        of practice: String,
        in transaction: any Transaction
    ) throws -> [PracticePatient] {
        try transaction.rows(Self.patientsOf, [.text(practice)], Self.patient)
    }

    /// What practices told of a person, matched by the keyed index of the NHS number.
    package func practicePatients(
        like person: PersonID,
        in transaction: any Transaction
    ) throws -> [PracticePatient] {
        try transaction.rows(Self.patientsLike, [.text(person.text)], Self.patient)
    }

    /// One patient.
    package func practicePatient(
        _ id: PersonID,
        in transaction: any Transaction
    ) throws -> PracticePatient? {
        try transaction.first(Self.patientOf, [.text(id.text)], Self.patient)
    }

    private static func patient(_ row: any Row) throws -> PracticePatient {
        guard let id = PersonID(try row.text(0)) else {
            throw StoreError.damaged("a row of practice_patients has no valid id")
        }
        var told = PracticePatient.ToldDays()
        told.first = try day(row, 10)
        told.birth = try day(row, 11)
        told.registered = try day(row, 12)
        told.leftFirst = try day(row, 13)
        told.left = try day(row, 14)
        told.dissent = try day(row, 15)
        return PracticePatient(
            id: id,
            practice: try row.text(1),
            nhsIndex: try row.blob(2),
            wrappedKey: try row.blob(3),
            sealed: try row.blob(4),
            birthMonth: Int32(truncatingIfNeeded: try row.int(5)),
            registered: try day(row, 6),
            left: try day(row, 7),
            dissent: try row.bool(8),
            history: try row.blob(9),
            told: told
        )
    }

    private static func day(_ row: any Row, _ column: Int) throws -> Int32? {
        try row.optionalInt(column).map { Int32(truncatingIfNeeded: $0) }
    }

    /// Writes patients, new ones and known ones.
    package func write(
        _ patients: [PracticePatient],
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        func day(_ day: Int32?) -> SQLValue { SQLValue(day.map { Int64($0) }) }
        let rows: [[SQLValue]] = patients.map { patient in
            [
                .text(patient.id.text), .text(patient.practice), .blob(patient.nhsIndex),
                .blob(patient.wrappedKey), .blob(patient.sealed),
                .int(Int64(patient.birthMonth)),
                day(patient.registered), day(patient.left), .int(patient.dissent ? 1 : 0),
                .blob(patient.history), day(patient.told.first), day(patient.told.birth),
                day(patient.told.registered), day(patient.told.leftFirst),
                day(patient.told.left), day(patient.told.dissent), .int(now.milliseconds),
            ]
        }
        try transaction.executeMany(Self.upsertPatient, rows)
    }

    /// Adds a line for a practice's part of an extract.
    package func add(_ extract: StoredExtract, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertExtract,
            [
                .text(extract.id), .int(Int64(extract.position)), .text(extract.practice),
                .int(Int64(extract.day.day)), .int(Int64(extract.patients)),
                .int(Int64(extract.entries)), .int(Int64(extract.added)),
                .int(Int64(extract.corrected)), .int(Int64(extract.withdrawn)),
                .int(Int64(extract.older)), .int(extract.at.milliseconds), .text(extract.by),
            ]
        )
    }

    /// Every extract that was imported, practice by practice, the oldest first.
    package func practiceExtracts(in transaction: any Transaction) throws -> [StoredExtract] {
        try transaction.rows(Self.extractsOf, []) { row in
            StoredExtract(
                id: try row.text(0),
                position: Int(try row.int(1)),
                practice: try row.text(2),
                day: CivilDate(day: Int32(truncatingIfNeeded: try row.int(3))),
                patients: Int(try row.int(4)),
                entries: Int(try row.int(5)),
                added: Int(try row.int(6)),
                corrected: Int(try row.int(7)),
                withdrawn: Int(try row.int(8)),
                older: Int(try row.int(9)),
                at: Instant(milliseconds: try row.int(10)),
                by: try row.text(11)
            )
        }
    }

    /// The place of a practice's last extract; 0 if there is none.
    package func lastExtract(
        of practice: String,
        in transaction: any Transaction
    ) throws -> Int {
        try transaction.first(Self.lastExtract, [.text(practice)]) { Int(try $0.int(0)) } ?? 0
    }
}

// MARK: - Identities

extension Store {
    /// Seals who a patient is under a key of their own.
    package func seal(
        _ identity: PracticePatient.Identity,
        of id: PersonID,
        with key: PersonKey
    ) throws -> [UInt8] {
        let text = "\(identity.nhsNumber) \(identity.birth.iso)"
        return try key.seal(Array(text.utf8), at: "practice-patient:\(id.text)")
    }

    /// Who a patient is.
    package func identity(of patient: PracticePatient) throws -> PracticePatient.Identity {
        let key = try vault.unwrap(patient.wrappedKey, for: patient.id)
        let clear = try key.open(patient.sealed, at: "practice-patient:\(patient.id.text)")
        let parts = String(decoding: clear, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let birth = CivilDate(iso: String(parts[1])) else {
            throw StoreError.damaged("a patient's sealed identity cannot be read")
        }
        return PracticePatient.Identity(nhsNumber: String(parts[0]), birth: birth)
    }
}

// MARK: - Cases of patients

/// A case of a programme here whose person is a patient of a practice.
package struct PatientCaseRow: Sendable, Hashable {
    package var patient: PersonID
    package var caseID: CaseID
    package var referredOn: CivilDate
    package var closedOn: CivilDate?
    package var referrer: String?
    package var allowsPracticeRecord: Bool
}

extension Store {
    private static let casesOfPatients = Statement(
        """
        SELECT p.id, \(caseColumns) FROM practice_patients p
            JOIN people q ON q.nhs_index = p.nhs_index
            JOIN cases c ON c.person_id = q.id
        WHERE p.practice = $1 ORDER BY p.id, c.id
        """
    )

    /// The cases of a practice's patients, matched by the keyed index of the NHS number.
    package func casesOfPatients(
        of practice: String,
        in transaction: any Transaction
    ) throws -> [PatientCaseRow] {
        let rows = try transaction.rows(Self.casesOfPatients, [.text(practice)]) { row in
            (patient: try row.text(0), row: try CaseRow(Shifted(row: row, by: 1)))
        }
        return rows.compactMap { found in
            guard let patient = PersonID(found.patient), let on = found.row.referredOn else {
                return nil
            }
            return PatientCaseRow(
                patient: patient,
                caseID: found.row.header.id,
                referredOn: on,
                closedOn: found.row.closedOn,
                referrer: found.row.referrer,
                allowsPracticeRecord: found.row.consents[.practiceRecord] == true
            )
        }
    }
}

/// A row without its first columns.
private struct Shifted: Row {
    let row: any Row
    let by: Int

    init(row: any Row, by: Int) {
        self.row = row
        self.by = by
    }

    func text(_ column: Int) throws(SQLError) -> String { try row.text(column + by) }
    func int(_ column: Int) throws(SQLError) -> Int64 { try row.int(column + by) }
    func blob(_ column: Int) throws(SQLError) -> [UInt8] { try row.blob(column + by) }
    func isNull(_ column: Int) -> Bool { row.isNull(column + by) }
    func withText<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try row.withText(column + by, body)
    }
    func withBlob<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try row.withBlob(column + by, body)
    }
}

// MARK: - For counting

/// A patient as figures need it, lent for the length of a call.
package struct CountedPatient {
    package var id: PersonID
    package var birthMonth: Int32
    package var registered: Int32?
    package var left: Int32?
    package var dissent: Bool
    /// The days of the first extracts that told of the patient, and that they left on `left`; nil
    /// where that is not known.
    package var toldFirst: Int32?
    package var toldLeftFirst: Int32?
    package var history: UnsafeRawBufferPointer
}

extension Store {
    private static let counted: Statement = """
        SELECT id, birth_month, registered_day, left_day, dissent, told_first, told_left_first,
            history
        FROM practice_patients WHERE practice = $1
        """
    private static let onSeveralLists: Statement = """
        SELECT COUNT(*) FROM (
            SELECT nhs_index FROM practice_patients
            WHERE nhs_index IN (
                    SELECT nhs_index FROM practice_patients
                    GROUP BY nhs_index HAVING COUNT(*) > 1)
                AND (told_first IS NULL OR told_first <= $1)
                AND (registered_day IS NULL OR registered_day <= $2)
                AND (left_day IS NULL OR left_day > $2 OR told_left_first > $1)
                AND birth_month >= $3 AND birth_month <= $4
            GROUP BY nhs_index HAVING COUNT(*) > 1) several
        """
    private static let practices: Statement =
        "SELECT practice FROM practice_extracts GROUP BY practice ORDER BY practice"

    /// The practices that have sent an extract.
    package func practices(in transaction: any Transaction) throws -> [String] {
        try transaction.rows(Self.practices, []) { try $0.text(0) }
    }

    /// How many people, by NHS number, several practices have as registered on a day.
    ///
    /// - Parameters:
    ///   - known: the day up to which extracts are believed.
    ///   - born: the months of birth of those who are counted.
    package func peopleOnSeveralLists(
        on day: Int32,
        known: Int32,
        born: ClosedRange<Int32>,
        in transaction: any Transaction
    ) throws -> Int {
        let values = [known, day, born.lowerBound, born.upperBound].map { SQLValue.int(Int64($0)) }
        return try transaction.first(Self.onSeveralLists, values) { Int(try $0.int(0)) } ?? 0
    }

    /// Lends each patient of a practice, in no order.
    package func countPatients(
        of practice: String,
        in transaction: any Transaction,
        _ body: (CountedPatient) throws -> Void
    ) throws {
        try transaction.query(Self.counted, [.text(practice)]) { row in
            guard let id = PersonID(try row.text(0)) else {
                throw StoreError.damaged("a row of practice_patients has no valid id")
            }
            let birth = Int32(truncatingIfNeeded: try row.int(1))
            let registered = try Self.day(row, 2)
            let left = try Self.day(row, 3)
            let dissent = try row.bool(4)
            let toldFirst = try Self.day(row, 5)
            let toldLeftFirst = try Self.day(row, 6)
            try row.withBlob(7) { bytes in
                try body(
                    CountedPatient(
                        id: id,
                        birthMonth: birth,
                        registered: registered,
                        left: left,
                        dissent: dissent,
                        toldFirst: toldFirst,
                        toldLeftFirst: toldLeftFirst,
                        history: UnsafeRawBufferPointer(bytes)
                    )
                )
            }
        }
    }
}
