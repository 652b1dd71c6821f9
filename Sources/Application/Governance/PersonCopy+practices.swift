import Casework
import Kernel
import PrimaryCare
import SQL
import Store

extension PersonCopy {
    /// What a practice's extracts told of the person, and what the practice was asked to write.
    package struct PracticeRecord: Sendable {
        package var practice: String
        package var nhsNumber: String
        package var birthDate: CivilDate
        package var registeredOn: CivilDate?
        package var leftOn: CivilDate?
        /// Whether they said that their record is not to be used.
        package var dissents: Bool
        package var entries: [PracticeEntry]
        package var returns: [StoredReturn]
    }

    /// One entry of a practice's record, one that was taken back too.
    package struct PracticeEntry: Sendable {
        package var on: CivilDate
        package var code: String
        package var name: String
        /// The first and the last day of a fit note.
        package var from: CivilDate?
        package var to: CivilDate?
        package var condition: String?
        package var conditionName: String?
        /// The day of the extract that told it, and of the one that took it back.
        package var toldOn: CivilDate
        package var withdrawnOn: CivilDate?

        init(_ entry: RecordEntry, _ list: CodeList) {
            func day(_ day: Int32) -> CivilDate? {
                day == RecordEntry.noDay || day == RecordEntry.stands ? nil : CivilDate(day: day)
            }
            on = CivilDate(day: entry.on)
            code = entry.code.description
            name = list.name(of: entry.code)
            from = day(entry.from)
            to = day(entry.to)
            if !entry.reason.isNone {
                condition = entry.reason.description
                conditionName = list.group(of: entry.reason).name
            }
            toldOn = CivilDate(day: entry.told)
            withdrawnOn = day(entry.ended)
        }
    }
}

extension Goodwork {
    /// What practices told of a person.
    func practiceRecords(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonCopy.PracticeRecord] {
        let patients = try store.practicePatients(like: person, in: transaction)
        if patients.isEmpty { return [] }
        let list = try practiceFiles.codes()
        return try patients.map { patient in
            guard let history = patient.history.withUnsafeBytes({ PatientHistory($0) }) else {
                throw StoreError.damaged("a patient's history cannot be read")
            }
            let identity = try store.identity(of: patient)
            return PersonCopy.PracticeRecord(
                practice: patient.practice,
                nhsNumber: identity.nhsNumber,
                birthDate: identity.birth,
                registeredOn: patient.registered.map { CivilDate(day: $0) },
                leftOn: patient.left.map { CivilDate(day: $0) },
                dissents: patient.dissent,
                // An entry that was taken back before it was told has its id alone.
                entries: history.entries.filter { !$0.code.isNone }
                    .map { PersonCopy.PracticeEntry($0, list) }
                    .sorted { ($0.on, $0.toldOn) < ($1.on, $1.toldOn) },
                returns: try store.returns(for: patient.id, in: transaction)
            )
        }
    }
}
