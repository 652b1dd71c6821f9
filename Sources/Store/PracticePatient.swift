import Casework
import Kernel

/// A patient of a practice as stored: an identity that only the patient's key opens.
package struct PracticePatient: Sendable {
    package var id: PersonID
    package var practice: String
    package var nhsIndex: [UInt8]
    package var wrappedKey: [UInt8]
    /// NHS number and birth date.
    package var sealed: [UInt8]
    package var birthMonth: Int32
    package var registered: Int32?
    package var left: Int32?
    package var dissent: Bool
    package var history: [UInt8]
    package var told: ToldDays

    package init(
        id: PersonID,
        practice: String,
        nhsIndex: [UInt8],
        wrappedKey: [UInt8],
        sealed: [UInt8],
        birthMonth: Int32,
        registered: Int32?,
        left: Int32?,
        dissent: Bool,
        history: [UInt8],
        told: ToldDays
    ) {
        self.id = id
        self.practice = practice
        self.nhsIndex = nhsIndex
        self.wrappedKey = wrappedKey
        self.sealed = sealed
        self.birthMonth = birthMonth
        self.registered = registered
        self.left = left
        self.dissent = dissent
        self.history = history
        self.told = told
    }

    /// The days of the extracts that told of a patient, each as the last that told it.
    ///
    /// A day is nil where nothing told it, or where that was before the days were kept.
    package struct ToldDays: Hashable, Sendable {
        /// The first extract that told of the patient at all.
        package var first: Int32?
        package var birth: Int32?
        package var registered: Int32?
        /// The first extract that told the day of leaving that holds.
        package var leftFirst: Int32?
        package var left: Int32?
        package var dissent: Int32?

        package init() {}
    }

    /// Who a patient is, as far as a practice's extract tells it: names are not taken.
    package struct Identity: Hashable, Sendable {
        /// Ten digits.
        package var nhsNumber: String
        package var birth: CivilDate

        package init(nhsNumber: String, birth: CivilDate) {
            self.nhsNumber = nhsNumber
            self.birth = birth
        }
    }
}

/// One practice's part of an extract that was imported.
package struct StoredExtract: Sendable, Hashable {
    package var id: String
    /// Its place among the practice's, from 1.
    package var position: Int
    package var practice: String
    /// The day that the extract describes.
    package var day: CivilDate
    package var patients: Int
    package var entries: Int
    package var added: Int
    package var corrected: Int
    package var withdrawn: Int
    package var older: Int
    package var at: Instant
    package var by: String

    package init(
        id: String,
        position: Int,
        practice: String,
        day: CivilDate,
        patients: Int,
        entries: Int,
        added: Int,
        corrected: Int,
        withdrawn: Int,
        older: Int,
        at: Instant,
        by: String
    ) {
        self.id = id
        self.position = position
        self.practice = practice
        self.day = day
        self.patients = patients
        self.entries = entries
        self.added = added
        self.corrected = corrected
        self.withdrawn = withdrawn
        self.older = older
        self.at = at
        self.by = by
    }
}

/// What a practice was asked to write in a patient's record.
package struct StoredReturn: Sendable, Hashable {
    package var id: String
    package var practice: String
    package var patient: PersonID
    package var caseID: CaseID
    package var status: EmploymentStatus
    /// The day on which the person said so.
    package var day: CivilDate
    package var at: Instant
    package var by: String
    /// The place of the practice's last extract when it was asked.
    package var afterExtract: Int

    package init(
        id: String,
        practice: String,
        patient: PersonID,
        caseID: CaseID,
        status: EmploymentStatus,
        day: CivilDate,
        at: Instant,
        by: String,
        afterExtract: Int
    ) {
        self.id = id
        self.practice = practice
        self.patient = patient
        self.caseID = caseID
        self.status = status
        self.day = day
        self.at = at
        self.by = by
        self.afterExtract = afterExtract
    }
}
