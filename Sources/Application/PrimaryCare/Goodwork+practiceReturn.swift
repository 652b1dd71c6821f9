import Casework
import Kernel
import PrimaryCare
import SQL
import Store

/// One entry that a practice is asked to write in a record.
package struct ReturnEntry: Sendable, Hashable {
    package var id: String
    package var nhsNumber: String
    package var birth: CivilDate
    package var status: EmploymentStatus
    /// The day on which the person said so.
    package var day: CivilDate
    package var state: ReturnState
    package var askedOn: CivilDate
}

/// Whether a practice wrote what it was asked to write.
package enum ReturnState: String, Sendable, CaseIterable {
    /// No extract has come that describes the day of asking, or a later one.
    case waiting
    case written
    case notWritten = "not-written"

    package var words: String {
        switch self {
        case .waiting: "No extract since"
        case .written: "Written"
        case .notWritten: "Not written"
        }
    }
}

/// What a practice is asked to write, and whether it did.
package struct PracticeReturn: Sendable, Hashable {
    package var practice: String
    package var entries: [ReturnEntry]

    /// How many of the entries that an extract could show were written.
    package var written: (count: Int, of: Int) {
        let known = entries.count { $0.state != .waiting }
        return (entries.count { $0.state == .written }, known)
    }
}

extension Goodwork {
    /// What a practice is to write in its records: statuses that cases here learnt after the record,
    /// of people who agreed that their practice is told.
    ///
    /// What is new is remembered, so that the audit can ask for it.
    package func makeReturn(
        _ practice: String,
        by actor: Actor,
        reason: String? = nil
    ) async throws -> PracticeReturn {
        try await authorisePatients(of: practice, by: actor, reason)
        let list = try practiceFiles.codes()
        let now = now()
        let store = store
        let found = try await store.database.write { transaction in
            let new = try self.newReturns(of: practice, list, now, actor, in: transaction)
            try store.add(new, in: transaction)
            return try self.entries(of: practice, list, in: transaction)
        }
        return PracticeReturn(
            practice: practice,
            entries: found.filter { $0.state != .written }
        )
    }

    /// Whether the practice wrote what it was asked to write.
    package func auditReturn(
        _ practice: String,
        by actor: Actor,
        reason: String? = nil
    ) async throws -> PracticeReturn {
        try await authorisePatients(of: practice, by: actor, reason)
        let list = try practiceFiles.codes()
        let entries = try await store.database.read { transaction in
            try self.entries(of: practice, list, in: transaction)
        }
        return PracticeReturn(practice: practice, entries: entries)
    }

    private func newReturns(
        of practice: String,
        _ list: CodeList,
        _ now: Instant,
        _ actor: Actor,
        in transaction: any Transaction
    ) throws -> [StoredReturn] {
        let latest = try latestStatuses(of: practice, in: transaction)
        let last = try store.lastExtract(of: practice, in: transaction)
        var new: [StoredReturn] = []
        for (patient, told) in latest.sorted(by: { $0.key < $1.key }) {
            guard let kept = try store.practicePatient(patient, in: transaction),
                let history = kept.history.withUnsafeBytes({ PatientHistory($0) })
            else { continue }
            guard isMissing(told.status, told.day, from: history, of: kept, list) else { continue }
            new.append(
                StoredReturn(
                    id: "\(practice)-\(patient.text)-\(told.day.iso)-\(told.status.rawValue)",
                    practice: practice,
                    patient: patient,
                    caseID: told.case,
                    status: told.status,
                    day: told.day,
                    at: now,
                    by: actor.user,
                    afterExtract: last
                )
            )
        }
        return new
    }

    private typealias LatestStatus = (case: CaseID, status: EmploymentStatus, day: CivilDate)

    /// The last status that the cases of each patient tell, of those who agree that their practice is
    /// told.
    ///
    /// - Parameter patients: those who are looked for; nil for all.
    private func latestStatuses(
        of practice: String,
        among patients: Set<PersonID>? = nil,
        in transaction: any Transaction
    ) throws -> [PersonID: LatestStatus] {
        var latest: [PersonID: LatestStatus] = [:]
        for row in try store.casesOfPatients(of: practice, in: transaction)
        where row.allowsPracticeRecord && patients?.contains(row.patient) != false {
            guard let header = try store.header(id: row.caseID, in: transaction),
                let told = try told(of: header, in: transaction).history.fold().toldStatus
            else { continue }
            if let known = latest[row.patient], known.day >= told.day { continue }
            latest[row.patient] = (row.caseID, told.status, told.day)
        }
        return latest
    }

    /// Whether a status is still to be written: the patient is here, and the record has neither the
    /// same status nor one of that day or later.
    private func isMissing(
        _ status: EmploymentStatus,
        _ day: CivilDate,
        from history: PatientHistory,
        of patient: PracticePatient,
        _ list: CodeList
    ) -> Bool {
        if let left = patient.left, left <= now().civilDateUK.day { return false }
        guard let recorded = history.lastStatus(list) else { return true }
        return recorded.on < day.day && recorded.status.status != status
    }

    /// What a practice was asked to write, as it stands now: all that it wrote, and of the rest
    /// what it is still to write, of people who still agree and whose case still tells it.
    func entries(
        of practice: String,
        _ list: CodeList,
        in transaction: any Transaction
    ) throws -> [ReturnEntry] {
        let extracts = try store.practiceExtracts(in: transaction)
            .filter { $0.practice == practice }
        let returns = try store.returns(of: practice, in: transaction)
        let latest = try latestStatuses(
            of: practice,
            among: Set(returns.map(\.patient)),
            in: transaction
        )
        var entries: [ReturnEntry] = []
        for one in returns {
            // A patient who was erased since is nobody's to write about.
            guard let patient = try store.practicePatient(one.patient, in: transaction),
                let history = patient.history.withUnsafeBytes({ PatientHistory($0) })
            else { continue }
            let isWritten = history.holds(one.status, from: one.day.day, list)
            // What was corrected, or has changed since, is asked for no more.
            let told = latest[one.patient]
            let isAsked =
                told?.status == one.status && told?.day == one.day
                && isMissing(one.status, one.day, from: history, of: patient, list)
            guard isWritten || isAsked else { continue }
            let askedOn = one.at.civilDateUK
            // An extract of a day before could not show what was not asked yet.
            let hasExtract = extracts.contains {
                $0.position > one.afterExtract && $0.day >= askedOn
            }
            let identity = try store.identity(of: patient)
            entries.append(
                ReturnEntry(
                    id: one.id,
                    nhsNumber: identity.nhsNumber,
                    birth: identity.birth,
                    status: one.status,
                    day: one.day,
                    state: isWritten ? .written : hasExtract ? .notWritten : .waiting,
                    askedOn: askedOn
                )
            )
        }
        return entries
    }
}

extension Case {
    /// The employment status as it stands now, and the day on which the case was told it.
    fileprivate var toldStatus: (status: EmploymentStatus, day: CivilDate)? {
        guard let day = employmentStatusOn,
            let status = employmentStatus.flatMap(EmploymentStatus.init(rawValue:)),
            status != .unknown
        else { return nil }
        return (status, day)
    }
}
