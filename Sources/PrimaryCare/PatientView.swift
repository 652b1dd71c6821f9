import Kernel

/// One patient on one day: what figures and lists ask of them.
package struct PatientView: Sendable {
    package let records: PracticeRecords
    package let patient: PracticeRecords.Patient
    package let day: Int32

    package init(_ records: PracticeRecords, _ patient: PracticeRecords.Patient, on day: Int32) {
        self.records = records
        self.patient = patient
        self.day = day
    }

    package var entries: ArraySlice<PracticeRecords.Entry> { records.entries[patient.entries] }

    /// The age on a day in whole years.
    ///
    /// Figures have the month of birth alone: a birthday counts from the first of its month.
    package static func age(_ birthMonth: Int32, on day: Int32) -> Int {
        Int(
            (PracticeRecords.months(of: day) - birthMonth).quotientAndRemainder(dividingBy: 12)
                .quotient
        )
    }

    package func isRegistered() -> Bool { patient.registered <= day && patient.left > day }

    /// The last status that was recorded by the day, and when; `not-stated` is none.
    package func lastStatus() -> (status: PracticeStatus, on: Int32)? {
        var found: (status: PracticeStatus, on: Int32)?
        for entry in entries where entry.says.isStatus && entry.on <= day {
            guard let status = entry.says.status, status != .notStated else { continue }
            if found.map({ $0.on <= entry.on }) ?? true { found = (status, entry.on) }
        }
        return found
    }

    package func spell(_ rule: SickSpell.Rule) -> SickSpell? {
        SickSpell.spell(entries, on: day, rule)
    }

    /// The last day on which one of some things was done, by the day.
    package func last(_ acts: Set<WorkAct>) -> Int32? {
        entries.lazy.filter { entry in
            entry.on <= day && entry.says.act.map(acts.contains) ?? false
        }.map(\.on).max()
    }

    package var cases: ArraySlice<PracticeRecords.PatientCase> { records.cases[patient.cases] }
}
