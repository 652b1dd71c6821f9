import Casework
import Kernel
import PrimaryCare
import Store

extension Goodwork {
    /// Extracts of the demonstration's first three practices: six weeks ago, and today.
    ///
    /// Between them the practices were told what the coaches had learnt; most of it was written.
    func addPractices(
        _ demonstration: Demonstration,
        _ cases: [DemonstrationCase],
        today: CivilDate
    ) async throws {
        let list = try practiceFiles.codes()
        let actor = Actor(user: "demonstration", organisation: "installation", role: .operator)
        let practices = DemonstrationCast.practices.prefix(3).map(\.id)
        let people = DemonstrationPatients(demonstration, cases, practices, today: today)
        for (number, days) in [45, 0].enumerated() {
            let day = today.adding(days: -days)
            var extract = Extract()
            people.tell(&extract, upTo: day)
            if number == 1 {
                for practice in practices {
                    let asked = try await makeReturn(
                        practice,
                        by: actor,
                        reason: "demonstration"
                    )
                    people.write(asked, into: &extract)
                }
            }
            _ = try await importExtract(
                ExtractReading(extract),
                day: day,
                list: list,
                skipping: false,
                by: actor,
                seed: demonstration.seed &+ UInt64(number)
            )
        }
    }
}

/// The patients of a few practices, who do not exist, and what stands in their records.
private struct DemonstrationPatients {
    private struct Patient {
        var practice: String
        var nhsNumber: UInt64
        var birth: Int32
        var dissent: Bool
        var entries: [RecordEntry]
    }

    private var patients: [Patient] = []

    init(
        _ demonstration: Demonstration,
        _ cases: [DemonstrationCase],
        _ practices: [String],
        today: CivilDate
    ) {
        var random = demonstration.random(71)
        var number = 0
        for (place, practice) in practices.enumerated() {
            // Practices differ in how well they record.
            let recording = [62, 44, 27][place % 3]
            for _ in 0..<demonstration.scaled(1_400, atLeast: 300) {
                number += 1
                guard let made = Self.nhsNumber(number) else { continue }
                let birth = today.adding(days: -random.of(2 * 365...88 * 365))
                let age = birth.age(on: today)
                let entries =
                    age >= 16 ? Self.entries(today, recording, &random) : []
                patients.append(
                    Patient(
                        practice: practice,
                        nhsNumber: made,
                        birth: birth.day,
                        dissent: random.chance(2),
                        entries: entries
                    )
                )
            }
        }
        for one in cases where practices.contains(one.story.person.practice) {
            let person = one.story.person
            guard let text = person.identity.nhsNumber, let made = UInt64(text) else { continue }
            var entries: [RecordEntry] = []
            let before = one.story.referred.adding(days: -random.of(5...90)).day
            if let code = CodeList.returned(person.status)?.code, random.chance(recordingOfCases) {
                entries.append(RecordEntry(code: code, on: before))
            }
            if person.status == .offSick {
                entries += Self.notes(from: before, to: before + 40, &random)
            }
            patients.append(
                Patient(
                    practice: person.practice,
                    nhsNumber: made,
                    birth: person.birth.day,
                    dissent: false,
                    entries: entries
                )
            )
        }
    }

    private let recordingOfCases = 55

    /// A number of the range that is never given to anyone, apart from all others of the demonstration.
    private static func nhsNumber(_ number: Int) -> UInt64? {
        for step in 0..<3 {
            let text = String(99_930_0000 + number * 3 + step)
            if let made = NHSNumber(nineDigits: text) { return UInt64(made.digits) }
        }
        return nil
    }

    private static func code(_ text: String) -> RecordCode { RecordCode(text) ?? .none }

    /// What stands in the record of one adult over three years.
    private static func entries(
        _ today: CivilDate,
        _ recording: Int,
        _ random: inout RandomGenerator
    ) -> [RecordEntry] {
        var entries: [RecordEntry] = []
        let status = random.weighted(
            ("224363007", 62),
            ("73438004", 9),
            ("105493001", 14),
            ("04", 7),
            ("03", 8)
        )
        for year in 0..<3 where random.chance(recording - year * 8) {
            let on = today.day - Int32(year * 365 + random.below(365))
            entries.append(RecordEntry(code: code(status), on: on))
        }
        if random.chance(9), status == "224363007" {
            let from = today.day - Int32(random.below(300))
            entries += notes(from: from, to: from + Int32(random.of(7...200)), &random)
        }
        if status == "73438004", random.chance(12) {
            let on = today.day - Int32(random.below(300))
            let act = random.text(["1098041000000101", "871731000000106", "871711000000103"])
            entries.append(RecordEntry(code: code(act), on: on))
        }
        return entries
    }

    /// Fit notes that follow on each other.
    private static func notes(
        from first: Int32,
        to last: Int32,
        _ random: inout RandomGenerator
    ) -> [RecordEntry] {
        let reason = random.weighted(
            ("35489007", 22),
            ("197480006", 20),
            ("73595000", 14),
            ("279039007", 18),
            ("45326000", 8),
            ("54150009", 8),
            ("", 10)
        )
        var notes: [RecordEntry] = []
        var from = first
        while from <= last {
            let isMaybe = random.chance(12)
            var note = RecordEntry(
                code: code(isMaybe ? "751601000000107" : "751481000000104"),
                on: from
            )
            note.from = from
            note.to = from + random.weighted((6, 2), (13, 3), (27, 4), (55, 1))
            note.reason = code(reason)
            notes.append(note)
            if isMaybe {
                notes.append(RecordEntry(code: code("775281000000100"), on: from))
                break
            }
            from = note.to + 1
        }
        return notes
    }

    /// Tells all that stood in the records on a day.
    func tell(_ extract: inout Extract, upTo day: CivilDate) {
        for patient in patients {
            var row = ExtractRow()
            row.nhsNumber = patient.nhsNumber
            row.birth = patient.birth
            row.dissent = patient.dissent
            _ = extract.add(row, practice: patient.practice)
            for entry in patient.entries where entry.on <= day.day {
                row.told = PatientHistory.Told(entry)
                _ = extract.add(row, practice: patient.practice)
            }
        }
    }

    /// Writes two of three entries that a practice was asked for.
    func write(_ asked: PracticeReturn, into extract: inout Extract) {
        for (place, entry) in asked.entries.enumerated() where place % 3 != 2 {
            guard let number = UInt64(entry.nhsNumber),
                let code = CodeList.returned(entry.status)?.code
            else { continue }
            var row = ExtractRow()
            row.nhsNumber = number
            row.told = PatientHistory.Told(RecordEntry(code: code, on: entry.day.day))
            _ = extract.add(row, practice: asked.practice)
        }
    }
}
