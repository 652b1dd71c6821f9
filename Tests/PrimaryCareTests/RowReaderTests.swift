import Kernel
import PrimaryCare
import Testing

@Suite struct RowReaderTests {
    private static let day = Lists.day("2025-06-30")

    static func read(_ cells: [(ExtractField, String)]) -> (ExtractRow?, [FieldFault]) {
        var reader = RowReader(list: Lists.codes, day: day)
        for (field, text) in cells { reader.take(field, text) }
        let row = reader.finish()
        return (row, reader.faults)
    }

    static let patient: [(ExtractField, String)] = [(.nhsNumber, "943 476 5919")]

    @Test(
        "A status, by its own code or as the answer to the question",
        arguments: [
            [(ExtractField.code, "224363007")],
            [(.code, "224362002"), (.value, "224363007")],
            [(.code, "74165-2"), (.value, "224363007")],
        ]
    )
    func status(cells: [(ExtractField, String)]) throws {
        let (row, faults) = Self.read(Self.patient + cells + [(.recordedOn, "01/06/2025")])
        #expect(faults == [])
        let told = try #require(row?.told)
        #expect(told.entry.code == Lists.employed)
        #expect(told.entry.on == Lists.day("2025-06-01"))
        #expect(row?.nhsNumber == 9_434_765_919)
    }

    @Test("A fit note by its last day or by its length, from the day of issue or another")
    func notes() throws {
        let note: [(ExtractField, String)] = [
            (.code, "751481000000104"), (.recordedOn, "2025-06-03"), (.condition, "F32"),
        ]
        let byLength = try #require(
            Self.read(Self.patient + note + [(.durationDays, "28")]).0?.told
        )
        let byEnd = try #require(Self.read(Self.patient + note + [(.to, "2025-06-30")]).0?.told)
        #expect(byLength == byEnd)
        #expect(byLength.entry.days == 28)
        let from: [(ExtractField, String)] = [(.from, "2025-06-01"), (.to, "2025-06-30")]
        #expect(try #require(Self.read(Self.patient + note + from).0?.told).entry.days == 30)
    }

    static let faults: [(cells: [(ExtractField, String)], fault: String)] = [
        ([], "nhs_number: is blank"),
        (
            [(.nhsNumber, "9434765918")],
            "nhs_number: has a wrong check digit, so it has been mistyped"
        ),
        (patient + [(.birthDate, "31/02/1980")], "birth_date: 31/02/1980 is not a date"),
        (patient + [(.practice, "?")], "practice: ? is not an ODS code"),
        (patient + [(.practice, "BOBSMITH")], "practice: BOBSMITH is not an ODS code"),
        (patient + [(.code, "224363007")], "recorded_on: is blank"),
        (patient + [(.recordedOn, "2025-06-01")], "code: is blank"),
        (
            patient + [(.code, "224363007"), (.recordedOn, "2025-07-01")],
            "recorded_on: is after the day of the extract"
        ),
        (
            patient + [(.code, "224363008"), (.recordedOn, "2025-06-01")],
            "code: 224363008 has a wrong check digit"
        ),
        (
            patient + [(.code, "118234003"), (.recordedOn, "2025-06-01")],
            "code: 118234003 is not in the code list"
        ),
        (
            patient + [(.code, "7.51481E+14"), (.recordedOn, "2025-06-01")],
            "code: 7.51481E+14 was rounded by a spreadsheet"
        ),
        (
            patient + [(.code, "35489007"), (.recordedOn, "2025-06-01")],
            "code: 35489007 is a condition"
        ),
        (
            patient + [(.code, "224362002"), (.recordedOn, "2025-06-01")], "value: is blank"
        ),
        (
            patient + [(.code, "751481000000104"), (.recordedOn, "2025-06-01")], "to: is blank"
        ),
        (
            patient + [
                (.code, "751481000000104"), (.recordedOn, "2025-06-01"), (.to, "2025-05-01"),
            ], "to: is before the fit note's first day"
        ),
        (patient + [(.birthDate, "2025-07-01")], "birth_date: is after the day of the extract"),
        (patient + [(.birthDate, "1885-01-01")], "birth_date: is 130 years ago or more"),
        (
            patient + [
                (.birthDate, "1985-06-15"), (.code, "224363007"), (.recordedOn, "1985-06-14"),
            ], "recorded_on: is before the patient's birth"
        ),
        (
            patient + [
                (.code, "751481000000104"), (.recordedOn, "2025-06-01"), (.to, "2025-06-14"),
                (.durationDays, "28"),
            ], "duration_days: 28 is not the days up to its last"
        ),
        (
            patient + [(.registeredOn, "2025-05-02"), (.leftOn, "2025-05-01")],
            "left_on: is before the day of registration"
        ),
        (patient + [(.durationDays, "0")], "duration_days: 0 will not do"),
        (patient + [(.dissent, "maybe")], "dissent: maybe is not an answer"),
        (patient + [(.status, "draft")], "status: draft is not known here"),
        (patient + [(.status, "entered-in-error")], "code: is blank"),
        (
            patient + [(.status, "entered-in-error"), (.code, "224363007")],
            "recorded_on: is blank"
        ),
    ]

    @Test(
        "An entry is taken back by its id, whatever else stands in the row",
        arguments: [
            [], [(ExtractField.code, "224363007")], [(.recordedOn, "2025-06-01")],
            [(.code, "224362002"), (.recordedOn, "2025-06-01")],
            [(.code, "751481000000104"), (.recordedOn, "2025-06-01")],
        ]
    )
    func takenBack(cells: [(ExtractField, String)]) throws {
        let said = [(ExtractField.entryID, "7"), (.status, "entered-in-error")]
        let (row, faults) = Self.read(Self.patient + said + cells)
        #expect(faults == [])
        let told = try #require(row?.told)
        #expect(told.isWithdrawn)
        #expect(told.entry.id != 0)
    }

    @Test("What is wrong with a row, and where", arguments: faults.indices)
    func wrong(row: Int) {
        let (cells, fault) = Self.faults[row]
        let (found, faults) = Self.read(cells)
        #expect(found == nil)
        let words = faults.map { "\($0.field.rawValue): \($0.problem)" }
        #expect(words.contains(fault), "\(words)")
    }

    @Test(
        "What may stand in a row",
        arguments: [
            [(ExtractField.birthDate, "2025-06-30")], [(.birthDate, "1900-01-01")],
            [(.birthDate, "1985-06-15"), (.code, "224363007"), (.recordedOn, "1985-06-15")],
            [
                (.birthDate, "1985-06-15"), (.code, "224363007"), (.recordedOn, "1985-06-14"),
                (.status, "entered-in-error"),
            ],
            [
                (.code, "751481000000104"), (.recordedOn, "2025-06-01"), (.to, "2025-06-14"),
                (.durationDays, "14"),
            ],
        ]
    )
    func right(cells: [(ExtractField, String)]) {
        #expect(Self.read(Self.patient + cells).1 == [])
    }

    @Test("Every fault of a row is told at once")
    func all() {
        let cells: [(ExtractField, String)] = [
            (.nhsNumber, "1"), (.birthDate, "x"), (.dissent, "x"), (.code, "??"),
        ]
        #expect(
            Set(Self.read(cells).1.map(\.field)) == [
                .nhsNumber, .birthDate, .dissent, .code, .recordedOn,
            ]
        )
    }
}
