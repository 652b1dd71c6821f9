import Kernel

/// A practice's extract as it was read, sound rows only: its patients, and what is told of each.
package struct Extract: Sendable {
    package struct Patient: Hashable, Sendable {
        /// The place of the practice in `practices`.
        package var practice: Int
        package var nhsNumber: UInt64
        package var birth: Int32?
        /// The day of the first entry.
        package fileprivate(set) var earliest: Int32?
        package var registered: Int32?
        package var left: Int32?
        /// Whether the patient is there on the day of the extract; nil where it does not say.
        package var isHere: Bool?
        package var dissent: Bool?
        /// The row that told the birth date first.
        fileprivate var birthRow: Int32?
    }

    package private(set) var practices: [String] = []
    package private(set) var patients: [Patient] = []
    private var told: [PatientHistory.Told] = []
    /// The row of each entry.
    private var entryRows: [Int32] = []
    /// The patient of each row, in the order of reading.
    private var owners: [Int32] = []
    private var places: [Key: Int32] = [:]
    private var practicePlaces: [String: Int] = [:]
    private var last: (key: Key, place: Int32)?

    private struct Key: Hashable {
        var practice: Int
        var number: UInt64
    }

    package init() {}

    package var rows: Int { owners.count }

    /// Adds a row.
    ///
    /// - Returns: what does not agree with an earlier row of the same patient.
    package mutating func add(_ row: ExtractRow, practice: String) -> FieldFault? {
        let key = Key(practice: place(of: practice), number: row.nhsNumber)
        let place = place(of: key)
        owners.append(place)
        let patient = patients[Int(place)]
        if let birth = row.birth {
            if let known = patient.birth, known != birth {
                var fault = FieldFault(
                    .birthDate,
                    "is another than in an earlier row of the same patient",
                    CivilDate(day: known).iso
                )
                fault.earlierRow = patient.birthRow.map { Int($0) }
                return fault
            }
            if patient.birth == nil { patients[Int(place)].birthRow = Int32(owners.count - 1) }
            // An entry before it, in an earlier row, is that row's fault: `faults` finds it.
            patients[Int(place)].birth = birth
        } else if let birth = patient.birth, let fault = row.told?.fault(bornOn: birth) {
            return fault
        }
        if let day = row.registered { patients[Int(place)].registered = day }
        if let day = row.left { patients[Int(place)].left = day }
        if let isHere = row.isHere { patients[Int(place)].isHere = isHere }
        if let dissent = row.dissent { patients[Int(place)].dissent = dissent }
        if let entry = row.told {
            if !entry.isWithdrawn {
                patients[Int(place)].earliest = min(patient.earliest ?? .max, entry.entry.on)
            }
            told.append(entry)
            entryRows.append(Int32(owners.count - 1))
        }
        return nil
    }

    private mutating func place(of practice: String) -> Int {
        if let place = practicePlaces[practice] { return place }
        practicePlaces[practice] = practices.count
        practices.append(practice)
        return practices.count - 1
    }

    private mutating func place(of key: Key) -> Int32 {
        // Extracts mostly stand in the order of their patients.
        if let last, last.key == key { return last.place }
        let place: Int32
        if let known = places[key] {
            place = known
        } else {
            place = Int32(patients.count)
            places[key] = place
            patients.append(Patient(practice: key.practice, nhsNumber: key.number))
        }
        last = (key, place)
        return place
    }

    /// Calls `body` with each patient and what is told of them, patient after patient.
    package func forEach(
        _ body: (Patient, ArraySlice<PatientHistory.Told>) throws -> Void
    ) rethrows {
        // A counting sort by patient, which keeps the order of the rows.
        var starts = [Int](repeating: 0, count: patients.count + 1)
        for row in entryRows { starts[Int(owners[Int(row)]) + 1] += 1 }
        for place in patients.indices { starts[place + 1] += starts[place] }
        var next = starts
        var order = [Int32](repeating: 0, count: told.count)
        for (entry, row) in entryRows.enumerated() {
            let owner = Int(owners[Int(row)])
            order[next[owner]] = Int32(entry)
            next[owner] += 1
        }
        var own: [PatientHistory.Told] = []
        for (place, patient) in patients.enumerated() {
            own.removeAll(keepingCapacity: true)
            for index in starts[place]..<starts[place + 1] { own.append(told[Int(order[index])]) }
            try body(patient, own[...])
        }
    }

    /// What is wrong with rows by what other rows tell of their patients, in the order of the rows.
    ///
    /// Patients are given by their places.
    ///
    /// - Parameters:
    ///   - unborn: those whose birth date nobody told: no row of theirs is of use.
    ///   - births: the birth dates of those who have entries before them.
    package func faults(
        unborn: Set<Int>,
        births: [Int: Int32]
    ) -> [(row: Int, fault: FieldFault)] {
        if unborn.isEmpty, births.isEmpty { return [] }
        var found: [(row: Int, fault: FieldFault)] = []
        for (entry, row) in entryRows.enumerated() {
            guard let birth = births[Int(owners[Int(row)])],
                let fault = told[entry].fault(bornOn: birth)
            else { continue }
            found.append((Int(row), fault))
        }
        let isUnborn = FieldFault(
            .birthDate,
            "no sound row has this patient's birth date",
            ExtractField.birthDate.says
        )
        for (row, owner) in owners.enumerated() where unborn.contains(Int(owner)) {
            found.append((row, isUnborn))
        }
        return found.sorted { $0.row < $1.row }
    }
}

extension PatientHistory.Told {
    /// What is wrong with an entry of somebody who was born on a day; nothing, if it is taken back.
    package func fault(bornOn birth: Int32) -> FieldFault? {
        if isWithdrawn || entry.on >= birth { return nil }
        return FieldFault(
            .recordedOn,
            "is before the patient's birth",
            "a day from \(CivilDate(day: birth).iso) on"
        )
    }
}
