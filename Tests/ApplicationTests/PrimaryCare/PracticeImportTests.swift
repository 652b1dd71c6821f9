import Application
import Foundation
import Kernel
import Measures
import PrimaryCare
import SQL
import Store
import TestSupport
import Testing

/// A practice's extract goes in once, whole or not at all, and is counted.
@Suite struct PracticeImportTests {
    static func extract() -> ExtractText {
        var extract = ExtractText()
        for number in 1...10 { extract.patient(number) }
        for number in 1...4 { extract.status(number, "224363007", "2025-05-01") }
        extract.status(5, "02", "2023-01-10")
        extract.note(6, "2025-04-20", "2025-06-30")
        return extract
    }

    @Test(
        "An extract is imported, counted, and imported again without change",
        arguments: Backend.allCases
    )
    func imports(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let text = Self.extract().text
            let first = try #require(
                try await installation.importExtract(text, on: "2025-06-01").first
            )
            #expect(first.patients == 10)
            #expect(first.newPatients == 10)
            #expect(first.change.added == 6)
            #expect(try await installation.practice(.patients) == 10)
            #expect(try await installation.practice(.statusYear) == 4)
            #expect(try await installation.practice(.statusEver) == 5)
            #expect(try await installation.practice(.sick4) == 1)
            #expect(try await installation.practice(.baseline) == 2)
            let second = try #require(
                try await installation.importExtract(text, on: "2025-06-02").first
            )
            #expect(second.newPatients == 0)
            #expect(!second.change.changes)
            #expect(second.change.unchanged == 6)
            #expect(try await installation.count("practice_patients") == 10)
            #expect(try await installation.count("practice_extracts") == 2)
        }
    }

    @Test(
        "A correction replaces what was said, which can still be counted as it was known",
        arguments: Backend.allCases
    )
    func corrects(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importExtract(Self.extract().text, on: "2025-05-20")
            var later = ExtractText()
            later.status(1, "73438004", "2025-05-01")
            later.status(2, "224363007", "2025-05-01", status: "entered-in-error")
            let result = try #require(
                try await installation.importExtract(later.text, on: "2025-06-01").first
            )
            #expect(result.change.corrected == 1)
            #expect(result.change.withdrawn == 1)
            #expect(try await installation.practice(.inWork) == 2)
            #expect(try await installation.practice(.outOfWork) == 2)
            #expect(try await installation.practice(.inWork, known: "2025-05-25") == 4)
            #expect(try await installation.practice(.outOfWork, known: "2025-05-25") == 1)
        }
    }

    @Test("An entry is taken back by its id alone, and stays out when an older extract tells it")
    func takenBackByID() async throws {
        try await withInstallation(.sqlite) { installation in
            let number = ExtractText.number(1)
            let headings = "practice,nhs_number,birth_date,code,recorded_on,entry_id,status\n"
            let told = headings + "P84001,\(number),1985-06-15,224363007,2025-05-01,e1,\n"
            let other = headings + "P84001,\(number),1985-06-15,224363007,2025-05-01,e2,\n"
            let gone = headings + "P84001,\(number),,,,e1,entered-in-error\n"
            let early = headings + "P84001,\(number),,,,e2,entered-in-error\n"
            for (text, day, expected) in [
                (told, "2025-05-20", 1), (gone, "2025-05-25", 0), (early, "2025-06-01", 0),
                (other, "2025-05-30", 0),
            ] {
                try await installation.importExtract(text, on: day)
                #expect(try await installation.practice(.inWork) == expected, "\(day)")
            }
        }
    }

    @Test("One fault stops all of it; the sound rows go in when the faulty are left out")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            var extract = Self.extract()
            extract.status(7, "999", "2025-05-01")
            extract.lines.append("P84001,1234567890,1985-06-15,224363007,,2025-05-01,,,,,,,")
            extract.lines.append("P84001,\(ExtractText.number(90)),,224363007,,2025-05-01,,,,,,,")
            let error = await #expect(throws: ServiceError.self) {
                try await installation.importExtract(extract.text, on: "2025-06-01")
            }
            let told = error?.faults.map {
                "\($0.line ?? 0):\($0.column ?? 0) \($0.field ?? "") \($0.expected == nil ? "?" : "")"
            }
            #expect(told == ["18:30 code ", "19:8 nhs_number ", "20:19 birth_date "])
            #expect(try await installation.count("practice_patients") == 0)
            #expect(try await installation.count("practice_extracts") == 0)
            try await installation.importExtract(extract.text, on: "2025-06-01", skipping: true)
            #expect(try await installation.count("practice_patients") == 10)
        }
    }

    @Test("An entry before its patient's birth is a fault, whichever file is read first")
    func beforeBirth() async throws {
        let number = ExtractText.number(1)
        let patients = (
            name: "patients.csv",
            text: "practice,nhs_number,birth_date\nP84001,\(number),1985-06-15\n"
        )
        let entries = (
            name: "entries.csv",
            text: "practice,nhs_number,code,recorded_on\nP84001,\(number),224363007,1985-05-01\n"
        )
        let expected = "entries.csv:2:29 recorded_on: a day from 1985-06-15 on"
        for files in [[patients, entries], [entries, patients]] {
            try await withInstallation(.sqlite) { installation in
                let error = await #expect(throws: ServiceError.self) {
                    try await installation.importExtract(files: files, on: "2025-06-01")
                }
                let fault = try #require(error?.faults.first)
                let name = (fault.file ?? "").split(separator: "/").last ?? ""
                let place = "\(name):\(fault.line ?? 0):\(fault.column ?? 0)"
                let told = "\(place) \(fault.field ?? ""): \(fault.expected ?? "")"
                #expect(told == expected)
            }
        }
    }

    @Test("Of two birth dates of one patient the fault names both rows, also of two files")
    func twoBirths() async throws {
        let headings = "practice,nhs_number,birth_date\n"
        let number = ExtractText.number(1)
        let other = "P84001,\(ExtractText.number(2)),1990-01-01\n"
        let files = [
            (name: "one.csv", text: headings + other + "P84001,\(number),1985-06-15\n"),
            (name: "two.csv", text: headings + "P84001,\(number),1985-06-16\n"),
        ]
        try await withInstallation(.sqlite) { installation in
            let error = await #expect(throws: ServiceError.self) {
                try await installation.importExtract(files: files, on: "2025-06-01")
            }
            let fault = try #require(error?.faults.first)
            #expect(fault.file?.hasSuffix("two.csv") == true)
            #expect(fault.line == 2)
            #expect(fault.problem.hasSuffix("one.csv:3)"), "\(fault.problem)")
            #expect(fault.expected == "1985-06-15")
        }
    }

    /// Rows of one patient, the lines that are left out, and how many patients and entries go in.
    private static let leftOut: [(rows: [String], lines: [Int], patients: Int, entries: Int)] = [
        // No sound row has a birth date: of no row anything can be kept.
        (["31/02/1980,,", ",224363007,2025-05-01", ",73438004,2025-05-02"], [2, 3, 4], 0, 0),
        ([",224363007,2025-05-01"], [2], 0, 0),
        // The entry before birth is at fault, wherever it stands.
        ([",224363007,1970-05-01", "1985-06-15,,", ",73438004,2025-05-02"], [2], 1, 1),
        (["1985-06-15,,", ",224363007,1970-05-01", ",73438004,2025-05-02"], [3], 1, 1),
        ([",73438004,2025-05-02", ",224363007,1970-05-01", "1985-06-15,,"], [3], 1, 1),
    ]

    @Test("Every row that is left out is listed, and no other is", arguments: leftOut.indices)
    func listsAll(place: Int) async throws {
        let (rows, lines, patients, entries) = Self.leftOut[place]
        let told = rows.map { "P84001,\(ExtractText.number(1)),\($0)\n" }
        let text = "practice,nhs_number,birth_date,code,recorded_on\n" + told.joined()
        try await withInstallation(.sqlite) { installation in
            let files = [(name: "extract.csv", text: text)]
            let imported = try await installation.imported(files: files, on: "2025-06-01")
            let result = try #require(imported.results.first)
            #expect(result.patients == patients)
            #expect(result.change.added == entries)
            let faulty = imported.reading.faultyRows
            #expect(faulty.map { $0.line } == lines)
            #expect(faulty.map { $0.text + "\n" } == lines.map { told[$0 - 2] })
            #expect(imported.reading.faults.map { $0.line ?? 0 } == lines)
            await #expect(throws: ServiceError.self) {
                try await installation.importExtract(text, on: "2025-06-01")
            }
        }
    }

    @Test("An entry before the birth date that an earlier extract told is a fault, too")
    func beforeKnownBirth() async throws {
        let headings = "practice,nhs_number,birth_date,code,recorded_on\n"
        let number = ExtractText.number(1)
        let patient = headings + "P84001,\(number),1985-06-15,,\n"
        let entries =
            headings + "P84001,\(number),,224363007,1985-06-14\n"
            + "P84001,\(number),,224363007,1985-06-15\n"
        try await withInstallation(.sqlite) { installation in
            try await installation.importExtract(patient, on: "2025-05-20")
            let error = await #expect(throws: ServiceError.self) {
                try await installation.importExtract(entries, on: "2025-06-01")
            }
            #expect(error?.faults.map { $0.line ?? 0 } == [2])
            #expect(error?.faults.first?.expected == "a day from 1985-06-15 on")
            let files = [(name: "extract.csv", text: entries)]
            let imported = try await installation.imported(files: files, on: "2025-06-01")
            #expect(imported.results.first?.change.added == 1)
            #expect(imported.reading.faultyRows.map { $0.line } == [2])
        }
    }

    @Test("Their headings are mapped to ours, and what is not asked for is passed over")
    func mapped() async throws {
        try await withInstallation(.sqlite) { installation in
            let text = """
                NHS No,DOB,Surname,Code,Date
                \(ExtractText.number(1)),15/06/1985,Nobody,224363007,01/05/2025
                """
            let map = [
                "NHS No=nhs_number", "DOB=birth_date", "Surname=-", "Code=code", "Date=recorded_on",
            ]
            try await installation.importExtract(
                text,
                on: "2025-06-01",
                map: map,
                practice: "P84001"
            )
            #expect(try await installation.practice(.inWork) == 1)
            let error = await #expect(throws: Faults.self) {
                try await installation.importExtract(text, on: "2025-06-01", practice: "P84001")
            }
            #expect(error?.faults.count == 6)
            func expected(_ heading: String) -> String? {
                error?.faults.first { $0.field == heading }?.expected
            }
            #expect(expected("DOB") == "--map \"DOB=FIELD\", or \"DOB=-\" to pass over it")
            #expect(
                expected("Code")
                    == "--map \"Code=FIELD\", or \"Code=-\" to pass over it; did you mean code?"
            )
        }
    }

    @Test("Rows and columns that a spreadsheet leaves empty are passed over")
    func leftEmpty() async throws {
        try await withInstallation(.sqlite) { installation in
            let lines = Self.extract().text.split(separator: "\n").map { "\($0),," }
            let commas = String(repeating: ",", count: 14)
            let text = (lines + [commas, commas]).joined(separator: "\n")
            try await installation.importExtract(text, on: "2025-06-01")
            #expect(try await installation.practice(.patients) == 10)
        }
    }

    @Test("No NHS number and no birth date stands in clear in the database")
    func sealed() async throws {
        try await withInstallation(.sqlite) { installation in
            try await installation.importExtract(Self.extract().text, on: "2025-06-01")
            let clear = Array(ExtractText.number(1).utf8)
            let statement: Statement =
                "SELECT nhs_index, wrapped_key, sealed, history FROM practice_patients"
            let blobs = try await installation.database.read { transaction in
                try transaction.rows(statement) { row in
                    try (0..<4).flatMap { try row.blob($0) }
                }
            }
            #expect(blobs.count == 10)
            for bytes in blobs {
                #expect(!bytes.indices.contains { bytes[$0...].starts(with: clear) })
                #expect(
                    !bytes.indices.contains { bytes[$0...].starts(with: Array("1985-06-15".utf8)) }
                )
            }
        }
    }

    @Test(
        "Somebody else's practice is no practice",
        arguments: [
            Actor(user: "u", organisation: "P84002", role: .referrer),
            Actor(user: "u", organisation: "P84001", role: .coach),
            Actor(user: "u", organisation: "o", role: .commissioner),
            Actor(user: "u", organisation: "o", role: .analyst),
        ]
    )
    func access(_ actor: Actor) async throws {
        try await withInstallation(.sqlite) { installation in
            try await installation.importExtract(Self.extract().text, on: "2025-06-01")
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.practiceWorklist("P84001", by: actor)
            }
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.practiceFigures("P84001", by: actor)
            }
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.makeReturn("P84001", by: actor)
            }
        }
    }

    @Test("The worklist names those whom the rule names, to the practice alone")
    func worklist() async throws {
        try await withInstallation(.sqlite) { installation in
            var extract = Self.extract()
            extract.note(7, "2025-04-01", "2025-06-30")
            extract.patient(7, dissent: true)
            try await installation.importExtract(extract.text, on: "2025-06-01")
            let list = try await installation.goodwork.practiceWorklist(
                "P84001",
                by: TestInstallation.gp()
            )
            #expect(list.patients.map(\.nhsNumber) == [ExtractText.number(6)])
            #expect(list.patients.first?.why.contains("off sick for 6 weeks") == true)
        }
    }

    @Test(
        "Somebody on the lists of two practices is told of, until one says that they have left",
        arguments: Backend.allCases
    )
    func severalLists(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            var (old, new) = (ExtractText(), ExtractText())
            for number in 1...3 { old.patient(number) }
            for number in 3...4 { new.patient(number, "P84002") }
            let first = [(name: "old.csv", text: old.text)]
            let second = [(name: "new.csv", text: new.text)]
            let alone = try await installation.imported(files: first, on: "2025-05-01")
            #expect(alone.onSeveralLists == 0)
            let both = try await installation.imported(files: second, on: "2025-05-01")
            #expect(both.onSeveralLists == 1)
            let report = try await installation.goodwork.comparePractices(
                audience: .operational,
                by: installation.actor
            )
            #expect(report.remarks.first?.hasPrefix("1 person is on the lists of several") == true)
            let outside = try await installation.goodwork.comparePractices(by: installation.actor)
            #expect(outside.remarks.first?.hasPrefix("Somebody on the lists of several") == true)
            let left = """
                nhs_number,birth_date,left_on
                \(ExtractText.number(3)),1985-06-15,2025-05-02
                """
            let gone = try await installation.imported(
                files: [(name: "left.csv", text: left)],
                on: "2025-05-20",
                practice: "P84001"
            )
            #expect(gone.onSeveralLists == 0)
        }
    }

    @Test("What those outside are shown is kept back, and remembered", arguments: Backend.allCases)
    func looks(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            // Three practices; in the first, one person alone is off sick.
            var extract = ExtractText()
            for (place, practice) in ["P84001", "P84002", "P84003"].enumerated() {
                let first = place * 100
                for number in 1...60 { extract.patient(first + number, practice) }
                for number in 1...20 {
                    extract.status(first + number, "224363007", "2025-05-01", practice)
                }
                for number in 21...30 {
                    extract.status(first + number, "73438004", "2025-05-01", practice)
                }
                for number in 31...(place == 0 ? 31 : 40) {
                    extract.note(first + number, "2025-04-20", "2025-06-30", practice)
                }
            }
            try await installation.importExtract(extract.text, on: "2025-05-20")
            let commissioner = Actor(user: "c", organisation: "icb", role: .commissioner)
            let first = try await installation.goodwork.comparePractices(by: commissioner)
            // Settled days alone: the end of May, on 2 June.
            #expect(first.asAt.iso == "2025-05-31")
            #expect(first.table.cell(PracticeCount.sick4.place, practice: 0).isHidden)
            #expect(first.table.cell(PracticeCount.statusYear.place, practice: 0).count == 30)
            #expect(!first.keptBack.isEmpty)
            let again = try await installation.goodwork.comparePractices(by: commissioner)
            #expect(again == first)
            #expect(try await installation.count("practice_looks") == 1)
            // Two patients more: a table that showed it would say what those two are.
            var more = extract
            for number in 61...62 { more.patient(number) }
            try await installation.importExtract(more.text, on: "2025-05-30")
            let later = try await installation.goodwork.comparePractices(by: commissioner)
            #expect(later.table.cell(PracticeCount.patients.place, practice: 0).isHidden)
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.comparePractices(
                    audience: .operational,
                    by: commissioner
                )
            }
        }
    }
}
