import Casework
import Kernel
import SQL

/// What practices were asked to write in records, and what those outside them were shown.
extension Store {
    private static let insertReturn: Statement = """
        INSERT INTO practice_returns (id, practice, patient_id, case_id, status, day, made_at,
            made_by, after_extract)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """
    private static let returnsOf: Statement = """
        SELECT id, practice, patient_id, case_id, status, day, made_at, made_by,
            after_extract
        FROM practice_returns WHERE practice = $1 ORDER BY id
        """
    private static let returnsFor: Statement = """
        SELECT id, practice, patient_id, case_id, status, day, made_at, made_by,
            after_extract
        FROM practice_returns WHERE patient_id = $1 ORDER BY id
        """
    private static let insertLook: Statement = """
        INSERT INTO practice_looks (id, audience, as_at, looked_at, looked_by, organisation, digest,
            counts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
        """
    private static let looks: Statement =
        "SELECT id, audience, as_at, counts FROM practice_looks ORDER BY looked_at, id"
    private static let forgetReturns: Statement = """
        DELETE FROM practice_returns WHERE patient_id IN (
            SELECT p.id FROM practice_patients p JOIN people q ON q.nhs_index = p.nhs_index
            WHERE q.id = $1)
        """
    private static let forgetPatients: Statement = """
        DELETE FROM practice_patients WHERE nhs_index IN (
            SELECT nhs_index FROM people WHERE id = $1 AND nhs_index IS NOT NULL)
        """

    /// Adds entries of a return; what was asked for before is left as it is.
    package func add(_ returns: [StoredReturn], in transaction: any Transaction) throws {
        let rows: [[SQLValue]] = returns.map { one in
            [
                .text(one.id), .text(one.practice), .text(one.patient.text),
                .text(one.caseID.text), .text(one.status.rawValue), .int(Int64(one.day.day)),
                .int(one.at.milliseconds), .text(one.by), .int(Int64(one.afterExtract)),
            ]
        }
        try transaction.executeMany(Self.insertReturn, rows)
    }

    /// What a practice was asked to write, in the order of asking.
    package func returns(
        of practice: String,
        in transaction: any Transaction
    ) throws -> [StoredReturn] {
        try transaction.rows(Self.returnsOf, [.text(practice)], Self.storedReturn)
    }

    /// What practices were asked to write of one patient, in the order of asking.
    package func returns(
        for patient: PersonID,
        in transaction: any Transaction
    ) throws -> [StoredReturn] {
        try transaction.rows(Self.returnsFor, [.text(patient.text)], Self.storedReturn)
    }

    private static func storedReturn(_ row: any Row) throws -> StoredReturn {
        guard let patient = PersonID(try row.text(2)), let caseID = CaseID(try row.text(3)),
            let status = EmploymentStatus(rawValue: try row.text(4))
        else { throw StoreError.damaged("a row of practice_returns cannot be read") }
        return StoredReturn(
            id: try row.text(0),
            practice: try row.text(1),
            patient: patient,
            caseID: caseID,
            status: status,
            day: CivilDate(day: Int32(truncatingIfNeeded: try row.int(5))),
            at: Instant(milliseconds: try row.int(6)),
            by: try row.text(7),
            afterExtract: Int(try row.int(8))
        )
    }

    /// What somebody outside a practice was shown: the counts as JSON, hidden ones too.
    package struct Look: Sendable, Hashable {
        package var id: String
        package var audience: String
        package var asAt: CivilDate
        package var counts: [UInt8]

        package init(id: String, audience: String, asAt: CivilDate, counts: [UInt8]) {
            self.id = id
            self.audience = audience
            self.asAt = asAt
            self.counts = counts
        }
    }

    /// Keeps what was shown, unless the same was shown before.
    package func keep(
        _ look: Look,
        at now: Instant,
        by user: String,
        of organisation: String,
        in transaction: any Transaction
    ) throws {
        let digest = vault.sign(look.counts, for: "practice look")
        try transaction.execute(
            Self.insertLook,
            [
                .text(look.id), .text(look.audience), .text(look.asAt.iso),
                .int(now.milliseconds), .text(user), .text(organisation), .blob(digest),
                .blob(try vault.seal(look.counts, at: "practice-look:\(look.id)")),
            ]
        )
    }

    /// Everything that was shown, the oldest first.
    package func looks(in transaction: any Transaction) throws -> [Look] {
        try transaction.rows(Self.looks, []) { row in
            let id = try row.text(0)
            guard let asAt = CivilDate(iso: try row.text(2)) else {
                throw StoreError.damaged("a row of practice_looks cannot be read")
            }
            return Look(
                id: id,
                audience: try row.text(1),
                asAt: asAt,
                counts: try vault.open(row.blob(3), at: "practice-look:\(id)")
            )
        }
    }

    /// Removes what practices told of a person, before the person's index is destroyed.
    func forgetPatients(like person: PersonID, in transaction: any Transaction) throws {
        try transaction.execute(Self.forgetReturns, [.text(person.text)])
        try transaction.execute(Self.forgetPatients, [.text(person.text)])
    }
}
