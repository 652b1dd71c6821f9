import Application
import Foundation
import Kernel
import Measures
import PrimaryCare
import SQL
import Store
import TestSupport
import Testing

/// What extracts tell of a patient: by FHIR, and where two of them disagree.
@Suite struct PatientToldTests {
    @Test(
        "A patient first told of later, or who left since, is counted as it was known",
        arguments: Backend.allCases
    )
    func knownOn(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let headings = "practice,nhs_number,birth_date,left_on\n"
            func row(_ number: Int, left: String = "") -> String {
                "P84001,\(ExtractText.number(number)),1985-06-15,\(left)\n"
            }
            let may = headings + row(1) + row(2)
            let june = headings + row(1) + row(2, left: "2025-05-10") + row(3) + row(5)
            // June is told twice, and May of one more at the end.
            for (text, day) in [
                (may, "2025-05-20"), (june, "2025-06-01"), (june, "2025-06-02"),
                (headings + row(4), "2025-05-15"),
            ] {
                try await installation.importExtract(text, on: day)
            }
            for (known, expected) in [
                ("2025-05-14", 0), ("2025-05-19", 1), ("2025-05-31", 3), ("2025-06-01", 4),
            ] {
                let found = try await installation.practice(.patients, known: known)
                #expect(found == expected, "\(known)")
            }
            #expect(try await installation.practice(.patients) == 4)
        }
    }

    @Test("A FHIR bundle and lines of FHIR give what CSV gives", arguments: ["b.json", "b.ndjson"])
    func fhir(_ name: String) async throws {
        let number = ExtractText.number(1)
        let resources = [
            """
            {"resourceType":"Patient","id":"p","birthDate":"1985-06-15","identifier":\
            [{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"\(number)"}]}
            """,
            """
            {"resourceType":"Observation","id":"o","status":"final","code":{"coding":\
            [{"system":"http://snomed.info/sct","code":"224362002"}]},"subject":{"reference":\
            "Patient/p"},"effectiveDateTime":"2025-05-01","valueCodeableConcept":{"coding":\
            [{"system":"http://snomed.info/sct","code":"224363007"}]}}
            """,
        ]
        let text =
            name.hasSuffix(".ndjson")
            ? resources.joined(separator: "\n")
            : "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                + resources.map { "{\"resource\":\($0)}" }.joined(separator: ",") + "]}"
        try await withInstallation(.sqlite) { installation in
            try await installation.importExtract(
                text,
                on: "2025-06-01",
                name: name,
                practice: "P84001"
            )
            #expect(try await installation.practice(.inWork) == 1)
            #expect(try await installation.practice(.patients) == 1)
        }
    }

    @Test("Bulk files of one kind each go in together, in any order; a fault has its file and line")
    func bulk() async throws {
        let number = ExtractText.number(1)
        let patient = """
            {"resourceType":"Patient","id":"p","birthDate":"1985-06-15","identifier":\
            [{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"\(number)"}],\
            "managingOrganization":{"reference":"Organization/o"}}
            """
        let practice = """
            {"resourceType":"Organization","id":"o","identifier":\
            [{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"P84001"}]}
            """
        let condition = """
            {"resourceType":"Condition","id":"c","code":{"coding":[{"code":"35489007"}]}}
            """
        let note = """
            {"resourceType":"Observation","id":"n","status":"final","code":{"coding":\
            [{"code":"751481000000104"}]},"subject":{"reference":"Patient/p"},\
            "effectivePeriod":{"start":"2025-04-20","end":"2025-06-30"},\
            "focus":[{"reference":"Condition/c"}]}
            """
        let files = [
            (name: "Observation.ndjson", text: note), (name: "Condition.ndjson", text: condition),
            (name: "Patient.ndjson", text: patient), (name: "Organization.ndjson", text: practice),
        ]
        for order in [files, Array(files.reversed())] {
            try await withInstallation(.sqlite) { installation in
                try await installation.importExtract(files: order, on: "2025-06-01")
                let list = try await installation.goodwork.practiceWorklist(
                    "P84001",
                    by: TestInstallation.gp()
                )
                #expect(list.patients.map(\.nhsNumber) == [number])
                #expect(list.patients.first?.why.contains("(Mental health)") == true)
            }
        }
        try await withInstallation(.sqlite) { installation in
            var faulty = files
            faulty[0].text += "\n" + note.replacing("Patient/p", with: "Patient/q")
            let error = await #expect(throws: ServiceError.self) {
                try await installation.importExtract(files: faulty, on: "2025-06-01")
            }
            let fault = try #require(error?.faults.first)
            #expect(error?.faults.count == 1)
            #expect(fault.file?.hasSuffix("/Observation.ndjson") == true)
            #expect(fault.line == 2)
            #expect(fault.field == "Observation.subject")
        }
    }

    @Test(
        "Nobody who died or is no longer active is offered support, or counted on a later day",
        arguments: [
            ("", 1), ("\"active\":false,", 0), ("\"deceasedBoolean\":true,", 0),
            ("\"deceasedDateTime\":\"2025-05-25\",", 0),
        ]
    )
    func gone(says: String, expected: Int) async throws {
        let text = """
            {"resourceType":"Patient","id":"p",\(says)"birthDate":"1985-06-15","identifier":\
            [{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"\(ExtractText.number(1))"}]}
            {"resourceType":"Observation","id":"o","status":"final","code":{"coding":\
            [{"code":"751481000000104"}]},"subject":{"reference":"Patient/p"},\
            "effectivePeriod":{"start":"2025-04-20","end":"2025-06-30"}}
            """
        try await withInstallation(.sqlite) { installation in
            // The second extract does not move the day of leaving.
            for day in ["2025-05-25", "2025-06-01"] {
                try await installation.importExtract(
                    text,
                    on: day,
                    name: "b.ndjson",
                    practice: "P84001"
                )
            }
            let gp = TestInstallation.gp()
            let list = try await installation.goodwork.practiceWorklist("P84001", by: gp)
            #expect(list.patients.count == expected)
            for (day, patients) in [("2025-05-24", 1), ("2025-05-25", expected)] {
                let figures = try await installation.goodwork.practiceFigures(
                    "P84001",
                    PracticeQuestion(asAt: CivilDate(iso: day)),
                    by: gp
                )
                let place = PracticeCount.patients.place
                #expect(figures.table.cell(place, practice: 0).count == patients, "\(day)")
            }
        }
    }

    @Test(
        "Whether a patient is active is told by the later extract, in either order",
        arguments: [
            (may: "false", june: "true", left: "-"), ("true", "false", "2025-06-01"),
            ("false", "false", "2025-05-25"), ("true", "true", "-"),
        ],
        [false, true]
    )
    func active(_ row: (may: String, june: String, left: String), isBackwards: Bool) async throws {
        func text(_ active: String) -> String {
            """
            {"resourceType":"Patient","id":"p","active":\(active),"birthDate":"1985-06-15",\
            "identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number",\
            "value":"\(ExtractText.number(1))"}]}
            """
        }
        let extracts = [("2025-05-25", row.may), ("2025-06-01", row.june)]
        try await withInstallation(.sqlite) { installation in
            for (day, active) in isBackwards ? extracts.reversed() : extracts {
                try await installation.importExtract(
                    text(active),
                    on: day,
                    name: "b.ndjson",
                    practice: "P84001"
                )
            }
            let store = installation.store
            let found = try await installation.database.read {
                try store.practicePatients(of: "P84001", in: $0)
            }
            #expect(found.map { $0.left.map { CivilDate(day: $0).iso } ?? "-" } == [row.left])
        }
    }

    /// What May and June tell of a patient (born, registered, left, dissent), and what holds.
    private static let disagreements: [(may: String, june: String, holds: String)] = [
        ("1985-06-15,,,no", "1985-06-15,,,yes", "1985-06-15 - - yes"),
        ("1985-06-15,,,yes", "1985-06-15,,,no", "1985-06-15 - - no"),
        // June does not say, which is no answer.
        ("1985-06-15,,,yes", "1985-06-15,,,", "1985-06-15 - - yes"),
        ("1985-06-15,,2025-05-02,", "1985-06-15,,2025-05-20,", "1985-06-15 - 2025-05-20 no"),
        ("1985-06-15,2020-01-01,,", "1985-06-15,2021-01-01,,", "1985-06-15 2021-01-01 - no"),
        ("1985-06-15,,,", "1986-07-16,,,", "1986-07-16 - - no"),
        // Left in May, and registered again.
        ("1985-06-15,,2025-05-02,", "1985-06-15,2025-05-20,,", "1985-06-15 2025-05-20 - no"),
    ]

    @Test(
        "Of two extracts that disagree about a patient the later holds, in either order",
        arguments: Backend.allCases,
        [false, true]
    )
    func eitherOrder(_ backend: Backend, isBackwards: Bool) async throws {
        func text(_ told: (Int) -> String) -> String {
            let rows = Self.disagreements.indices.map { place in
                "P84001,\(ExtractText.number(place + 1)),\(told(place))\n"
            }
            return "practice,nhs_number,birth_date,registered_on,left_on,dissent\n" + rows.joined()
        }
        let may = (day: "2025-05-31", text: text { Self.disagreements[$0].may })
        let june = (day: "2025-06-01", text: text { Self.disagreements[$0].june })
        try await withInstallation(backend) { installation in
            for extract in isBackwards ? [june, may] : [may, june] {
                try await installation.importExtract(extract.text, on: extract.day)
            }
            let store = installation.store
            let found = try await installation.database.read { transaction in
                try store.practicePatients(of: "P84001", in: transaction).map { patient in
                    let identity = try store.identity(of: patient)
                    let days = [patient.registered, patient.left].map { day in
                        day.map { CivilDate(day: $0).iso } ?? "-"
                    }
                    let words =
                        [identity.birth.iso] + days + [patient.dissent ? "yes" : "no"]
                    return (identity.nhsNumber, words.joined(separator: " "))
                }
            }
            let holds = Dictionary(uniqueKeysWithValues: found)
            for (place, row) in Self.disagreements.enumerated() {
                #expect(holds[ExtractText.number(place + 1)] == row.holds, "\(row)")
            }
        }
    }
}
