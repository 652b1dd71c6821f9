import Kernel
import PrimaryCare
import Testing

@Suite struct FHIRExtractTests {
    private static let patient = """
        {"resourceType": "Patient", "id": "p1", "birthDate": "1980-01-02",
         "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}],
         "managingOrganization": {"identifier":
           {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "P84001"}}}
        """
    private static let status = """
        {"resourceType": "Observation", "id": "o1", "status": "final",
         "code": {"coding": [{"system": "http://loinc.org", "code": "74165-2"},
                             {"system": "http://snomed.info/sct", "code": "224362002"}]},
         "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2025-05-31T23:30:00Z",
         "valueCodeableConcept": {"coding": [
           {"system": "http://example.org", "code": "job"},
           {"system": "http://snomed.info/sct", "code": "224363007"}]}}
        """
    private static let note = """
        {"resourceType": "Observation", "id": "o2", "status": "final",
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "751481000000104"}]},
         "subject": {"reference": "Patient/p1"}, "issued": "2025-06-03T09:00:00+01:00",
         "effectivePeriod": {"start": "2025-06-03", "end": "2025-06-30"},
         "focus": [{"reference": "Condition/c1"}]}
        """
    private static let condition = """
        {"resourceType": "Condition", "id": "c1", "code": {"coding": [{"code": "35489007"}]}}
        """

    private func read(_ resources: [String]) throws -> (FHIRExtract, [ExtractRow]) {
        var extract = FHIRExtract(list: Lists.codes, day: Lists.day("2025-06-30"))
        for (place, text) in resources.enumerated() {
            extract.take(try JSONValue(parsing: text), line: place + 1)
        }
        var rows: [ExtractRow] = []
        extract.finish(practice: nil) { row, _ in
            rows.append(row)
            return nil
        }
        return (extract, rows)
    }

    @Test("Resources in any order, by line or in a bundle, give the same rows")
    func order() throws {
        let all = [Self.patient, Self.status, Self.note, Self.condition]
        let (extract, rows) = try read(all)
        #expect(extract.troubles == [])
        #expect(rows.count == 3)
        #expect(rows.allSatisfy { $0.practice == "P84001" && $0.nhsNumber == 9_434_765_919 })
        let note = try #require(rows.compactMap(\.told).first { $0.entry.code == Lists.notFit })
        #expect(note.entry.days == 28)
        #expect(note.entry.reason == Lists.code("35489007"))
        let status = try #require(rows.compactMap(\.told).first { $0.entry.code == Lists.employed })
        #expect(status.entry.on == Lists.day("2025-06-01"))
        #expect(status.entry.id != 0)
        #expect(Set(try read(all.reversed()).1) == Set(rows))
        let bundle = """
            {"resourceType": "Bundle", "type": "collection", "entry": [
            \(all.map { "{\"resource\": \($0)}" }.joined(separator: ","))]}
            """
        #expect(Set(try read([bundle]).1) == Set(rows))
    }

    @Test("What is wrong is told with its element and its line")
    func troubles() throws {
        let stranger = Self.status.replacing("Patient/p1", with: "Patient/p2")
        let unknown = Self.status.replacing("224362002", with: "118234003")
            .replacing("74165-2", with: "118234003")
        let draft = Self.status.replacing("\"final\"", with: "\"preliminary\"")
        let (extract, rows) = try read([Self.patient, stranger, unknown, draft])
        #expect(
            extract.troubles.map { "\($0.line ?? 0) \($0.path)" }.sorted() == [
                "2 Observation.subject", "3 Observation.code", "4 Observation.status",
            ]
        )
        #expect(rows.contains { $0.told != nil } == true)
    }

    @Test("An observation of a patient who is at fault is told, and not lost without a word")
    func faultyPatient() throws {
        let patient = Self.patient.replacing("1980-01-02", with: "1980-02-31")
        let (extract, rows) = try read([patient, Self.status])
        #expect(rows == [])
        #expect(
            extract.troubles.map { "\($0.line ?? 0) \($0.path)" } == [
                "1 Patient.birthDate", "2 Observation.subject",
            ]
        )
    }

    /// What a Patient says, the day of leaving, and whether they are there.
    private static let gone: [(says: String, left: String?, isHere: Bool?)] = [
        ("\"gender\": \"female\"", nil, nil),
        ("\"active\": true", nil, true),
        ("\"deceasedBoolean\": false", nil, nil),
        ("\"active\": false", nil, false),
        ("\"active\": true, \"deceasedBoolean\": true", nil, false),
        ("\"deceasedDateTime\": \"2025-06-03T04:05:06Z\"", "2025-06-03", false),
        ("\"deceasedDateTime\": \"2025-06\"", nil, false),
    ]

    @Test("Who died, or is no longer active, has left", arguments: gone.indices)
    func left(place: Int) throws {
        let (says, left, isHere) = Self.gone[place]
        let patient = Self.patient.replacing("\"id\"", with: "\(says), \"id\"")
        let (extract, rows) = try read([patient])
        #expect(extract.troubles == [])
        let row = try #require(rows.first)
        #expect(row.left == left.map(Lists.day))
        #expect(row.isHere == isHere)
    }

    @Test("A word for whether a patient died or is active that cannot be read is a fault")
    func notTruths() throws {
        for (element, value) in [
            ("active", "\"no\""), ("deceasedBoolean", "1"),
            ("deceasedDateTime", "\"in early June\""),
        ] {
            let patient = Self.patient.replacing("\"id\"", with: "\"\(element)\": \(value), \"id\"")
            #expect(try read([patient]).0.troubles.map(\.path) == ["Patient.\(element)"])
        }
    }

    @Test("Files that call different patients the same do not lend each other theirs")
    func sameNames() throws {
        let other = Self.patient.replacing("9434765919", with: "9476719931")
        var extract = FHIRExtract(list: Lists.codes, day: Lists.day("2025-06-30"))
        for (file, resources) in [
            ("a", [Self.patient, Self.status]), ("b", [other, Self.status]), ("c", [Self.status]),
        ] {
            for (place, text) in resources.enumerated() {
                extract.take(try JSONValue(parsing: text), file: file, line: place + 1)
            }
        }
        var told: [UInt64] = []
        extract.finish(practice: nil) { row, _ in
            if row.told != nil { told.append(row.nhsNumber) }
            return nil
        }
        #expect(told == [9_434_765_919, 9_476_719_931])
        #expect(
            extract.troubles.map { "\($0.file ?? ""):\($0.line ?? 0) \($0.path)" }
                == ["c:1 Observation.subject"]
        )
    }

    @Test("An observation that was entered in error takes the entry back")
    func withdrawn() throws {
        let error = Self.status.replacing("\"final\"", with: "\"entered-in-error\"")
        let (_, rows) = try read([Self.patient, error])
        #expect(rows.compactMap(\.told).map(\.isWithdrawn) == [true])
        let bare = """
            {"resourceType": "Observation", "id": "o1", "status": "entered-in-error",
             "subject": {"reference": "Patient/p1"}}
            """
        let (extract, told) = try read([Self.patient, bare])
        #expect(extract.troubles == [])
        #expect(told.compactMap(\.told).map(\.isWithdrawn) == [true])
    }
}
