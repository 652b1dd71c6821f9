import Crypto
import Kernel
import PrimaryCare
import SQL
import Store

/// What an extract did to the records of one practice.
package struct ExtractResult: Sendable, Hashable {
    package var practice: String
    package var patients = 0
    package var newPatients = 0
    package var entries = 0
    package var change = PatientHistory.Change()
}

/// What was imported of an extract, and what was left out of it.
package struct ImportedExtract: Sendable {
    package var results: [ExtractResult] = []
    /// The extract with every fault, those that show only beside what is known included.
    package var reading: ExtractReading
    /// How many people are on the lists of several practices now, on the day of the extract.
    package var onSeveralLists = 0
}

extension Goodwork {
    /// Takes in an extract that was read: all of it, or nothing.
    ///
    /// - Parameter skipping: whether rows at fault are left out; else a fault stops it.
    @discardableResult
    package func importExtract(
        _ reading: ExtractReading,
        day: CivilDate,
        list: CodeList,
        skipping: Bool,
        by actor: Actor,
        seed: UInt64,
        progress: @escaping ExtractReading.Progress = { _, _, _ in }
    ) async throws -> ImportedExtract {
        let subject = reading.extract.practices.sorted().joined(separator: " ")
        try await authorise(actor, .importExtract, on: subject)
        while true {
            let prepared = try await prepare(
                reading,
                day: day,
                list: list,
                skipping: skipping,
                seed: seed,
                progress
            )
            let now = now()
            progress("writing", 0, reading.rows)
            let store = store
            let isWritten = try await store.database.write { transaction -> Bool in
                // Another extract of a practice came between: it must be counted in.
                for (result, last) in zip(prepared.imported.results, prepared.last)
                where try store.lastExtract(of: result.practice, in: transaction) != last {
                    return false
                }
                try store.write(prepared.patients, at: now, in: transaction)
                for (result, last) in zip(prepared.imported.results, prepared.last) {
                    let extract = StoredExtract(
                        id: "\(result.practice)-\(last + 1)",
                        position: last + 1,
                        practice: result.practice,
                        day: day,
                        patients: result.patients,
                        entries: result.entries,
                        added: result.change.added,
                        corrected: result.change.corrected,
                        withdrawn: result.change.withdrawn,
                        older: result.change.older,
                        at: now,
                        by: actor.user
                    )
                    try store.add(extract, in: transaction)
                }
                return true
            }
            guard isWritten else { continue }
            var imported = prepared.imported
            imported.onSeveralLists = try await peopleOnSeveralLists(on: day)
            return imported
        }
    }

    private struct Prepared: Sendable {
        var patients: [PracticePatient] = []
        var imported: ImportedExtract
        /// The place of each practice's last extract.
        var last: [Int] = []
    }

    private func prepare(
        _ reading: ExtractReading,
        day: CivilDate,
        list: CodeList,
        skipping: Bool,
        seed: UInt64,
        _ progress: ExtractReading.Progress
    ) async throws -> Prepared {
        let extract = reading.extract
        let store = store
        let (known, last) = try await store.database.read { transaction in
            let known = try extract.practices.map {
                try store.practicePatients(of: $0, in: transaction)
            }
            let last = try extract.practices.map {
                try store.lastExtract(of: $0, in: transaction)
            }
            return (known, last)
        }
        var made = Prepared(imported: ImportedExtract(reading: reading), last: last)
        var results = extract.practices.map { ExtractResult(practice: $0) }
        let places = known.map { patients in
            Dictionary(
                patients.enumerated().map { ($1.nhsIndex, $0) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        var ids = IDMaker(seed: seed)
        let now = now()
        var unborn: Set<Int> = []
        var births: [Int: Int32] = [:]
        var done = 0
        try extract.forEach { patient, told in
            let number = done
            done += 1
            if done % 16_384 == 0 {
                let share = Double(done) / Double(extract.patients.count)
                progress("sealing", share, done)
            }
            let digits = NHSDigits.text(patient.nhsNumber)
            let index = store.vault.index("nhs", digits)
            let before = places[patient.practice][index].map { known[patient.practice][$0] }
            var told = told
            if let birth = try birthAfterEntries(of: patient, before, day) {
                births[number] = birth
                told = told.filter { $0.fault(bornOn: birth) == nil }[...]
            }
            if let before {
                results[patient.practice].patients += 1
                results[patient.practice].entries += told.count
                let (after, change) = try merged(before, patient, told, day, list)
                results[patient.practice].change += change
                if let after { made.patients.append(after) }
                return
            }
            guard let birth = patient.birth else {
                unborn.insert(number)
                return
            }
            results[patient.practice].patients += 1
            results[patient.practice].entries += told.count
            var history = PatientHistory()
            results[patient.practice].change += history.merge(told, on: day.day, by: list)
            results[patient.practice].newPatients += 1
            let id: PersonID = ids.make(at: now)
            let (key, wrapped) = try store.vault.newKey(for: id)
            let identity = PracticePatient.Identity(
                nhsNumber: digits,
                birth: CivilDate(day: birth)
            )
            var days = PracticePatient.ToldDays()
            days.first = day.day
            days.birth = day.day
            var new = PracticePatient(
                id: id,
                practice: extract.practices[patient.practice],
                nhsIndex: index,
                wrappedKey: wrapped,
                sealed: try store.seal(identity, of: id, with: key),
                birthMonth: PracticeRecords.months(of: birth),
                registered: nil,
                left: nil,
                dissent: false,
                history: history.encoded,
                told: days
            )
            new.take(patient, on: day.day)
            made.patients.append(new)
        }
        made.imported.results = results
        made.imported.reading.leaveOut(extract.faults(unborn: unborn, births: births))
        let faults = made.imported.reading.faults
        if !faults.isEmpty && !skipping {
            throw ServiceError(.faults, "Nothing was imported.", faults: faults)
        }
        return made
    }

    /// A patient's birth date, where an entry is before it: the one that holds after the extract,
    /// which an earlier one may have told.
    private func birthAfterEntries(
        of patient: Extract.Patient,
        _ before: PracticePatient?,
        _ day: CivilDate
    ) throws -> Int32? {
        guard let earliest = patient.earliest else { return nil }
        var birth = patient.birth
        if let before, birth == nil || (before.told.birth ?? .min) > day.day {
            // The month mostly says enough, and need not be unsealed.
            if PracticeRecords.months(of: earliest) > before.birthMonth { return nil }
            birth = try store.identity(of: before).birth.day
        }
        guard let birth, earliest < birth else { return nil }
        return birth
    }

    /// A known patient after what an extract tells; nil when it tells nothing new.
    private func merged(
        _ before: PracticePatient,
        _ patient: Extract.Patient,
        _ told: ArraySlice<PatientHistory.Told>,
        _ day: CivilDate,
        _ list: CodeList
    ) throws -> (PracticePatient?, PatientHistory.Change) {
        guard var history = before.history.withUnsafeBytes({ PatientHistory($0) }) else {
            throw StoreError.damaged("a patient's history cannot be read")
        }
        var after = before
        let change = history.merge(told, on: day.day, by: list)
        after.history = history.encoded
        after.take(patient, on: day.day)
        if let birth = patient.birth, isLatest(day.day, &after.told.birth) {
            var identity = try store.identity(of: before)
            if identity.birth.day != birth {
                identity.birth = CivilDate(day: birth)
                let key = try store.vault.unwrap(before.wrappedKey, for: before.id)
                after.sealed = try store.seal(identity, of: before.id, with: key)
                after.birthMonth = PracticeRecords.months(of: birth)
            }
        }
        let isSame =
            after.history == before.history && after.registered == before.registered
            && after.left == before.left && after.dissent == before.dissent
            && after.sealed == before.sealed && after.told == before.told
        return (isSame ? nil : after, change)
    }
}

extension PracticePatient {
    /// Takes in what an extract of a day tells beside entries and birth: of two extracts that
    /// disagree the later holds, in whatever order they come.
    fileprivate mutating func take(_ patient: Extract.Patient, on day: Int32) {
        told.first = told.first.map { min($0, day) }
        if let registered = patient.registered, isLatest(day, &told.registered) {
            self.registered = registered
        }
        if let left = patient.left {
            if left == self.left { told.leftFirst = told.leftFirst.map { min($0, day) } }
            if isLatest(day, &told.left), left != self.left {
                self.left = left
                told.leftFirst = day
            }
        }
        if let isHere = patient.isHere, patient.left == nil { take(isHere: isHere, on: day) }
        // Somebody who registers again has not left.
        if let registered, let left, registered > left {
            let (came, went) = (told.registered ?? .min, told.left ?? .min)
            let isToldNow = patient.registered != nil && patient.left == nil
            if came > went || came == went && isToldNow { self.left = nil }
        }
        if let dissent = patient.dissent, isLatest(day, &told.dissent) { self.dissent = dissent }
    }
}

extension PracticePatient {
    /// Takes in whether the patient is there on the day of an extract, where it does not say since
    /// when: who is not had left by then, and who is has not left before.
    fileprivate mutating func take(isHere: Bool, on day: Int32) {
        // A leaving on the day of a later extract is one whose own day nobody knew.
        let isGuess = left != nil && left == told.leftFirst
        let isNewest = isLatest(day, &told.left)
        if isHere {
            if isNewest, let left, left <= day { self.left = nil }
        } else if isNewest ? left ?? .max > day : isGuess && left ?? .min > day {
            left = day
            told.leftFirst = day
        }
    }
}

/// Whether nothing later was told than what an extract of a day tells; if so, it is the last.
private func isLatest(_ day: Int32, _ last: inout Int32?) -> Bool {
    if let known = last, known > day { return false }
    last = day
    return true
}

/// The text of an NHS number that is held as a number.
enum NHSDigits {
    static func text(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }
}
