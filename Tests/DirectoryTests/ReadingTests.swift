import Directory
import Kernel
import Testing

/// Records are held to their tables, and every fault is told at once, at its place.
@Suite struct ReadingTests {
    @Test("A whole guide is read, and what it points to is filed apart")
    func whole() throws {
        let batch = try Samples.batch()
        #expect(batch.services.count == 1 && batch.organisations.count == 1)
        #expect(batch.taxonomies.count == 1 && batch.terms.count == 1 && batch.leftOut.isEmpty)
        let service = try #require(batch.services.first)
        #expect(service["organization_id"]?.string == Samples.organisation)
        #expect(service["phones"]?.array?.first?["languages"]?.array?.count == 1)
    }

    @Test("A service, a list, and a page are read alike")
    func shapes() throws {
        let guide = try Samples.guide()
        let service = try #require(guide.service(Samples.service))
        let shown = JSONValue.object(guide.json(service, .full, address: "https://here"))
        for text in [shown.text, "[\(shown.text)]", #"{"contents": [\#(shown.text)]}"#] {
            let batch = try GuideBatch(JSONValue(parsing: text), known: guide.known)
            #expect(batch.services.count == 1, "\(text.prefix(20))")
            #expect(batch.organisations.first?["name"]?.string == "Bridge Trust")
            #expect(batch.terms.first?["taxonomy_id"]?.string == Samples.taxonomy)
        }
    }

    /// A change to the sample's text, and the faults that it brings.
    static let faulty: [(from: String, to: String, pointer: String, problem: String)] = [
        (#""status": "active""#, #""status": "open""#, "/services/0/status", "cannot be used"),
        (#""name": "Money and debt advice", "#, "", "/services/0/name", "is missing"),
        (#""minimum_age": 18"#, #""minimum_age": "young""#, "/services/0/minimum_age", "no number"),
        (
            #""minimum_age": 18"#, #""minimum_age": 1e400"#, "/services/0/minimum_age",
            "no number"
        ),
        (
            #""assured_date": "2025-01-31""#, #""assured_date": "31/1/25""#,
            "/services/0/assured_date", "cannot be used"
        ),
        (
            #""opens_at": "09:30""#, #""opens_at": "25:00""#, "/services/0/schedules/0/opens_at",
            "cannot be used"
        ),
        (
            #""country": "GB""#, #""country": "England""#,
            "/services/0/service_at_locations/0/location/addresses/0/country", "cannot be used"
        ),
        (
            #""location_type": "physical", "#, "",
            "/services/0/service_at_locations/0/location/location_type", "is missing"
        ),
        (
            #""taxonomy_term_id": ""#, #""taxonomy_term_id": "0"#,
            "/services/0/attributes/0/taxonomy_term_id", "cannot be used"
        ),
        (
            #""organization_id": "d9"#, #""organization_id": "e9"#, "/services/0/organization_id",
            "there is no organization"
        ),
        (
            "require: {residence: [near]}", "require: {residence: [far]}",
            "/services/0/eligibility_rule", "`far` is not an area"
        ),
        (
            #""email": "money@example.org""#, #""email": "money""#, "/services/0/email",
            "cannot be used"
        ),
        (
            #""url": "https://example.org/money""#, #""url": "example.org""#, "/services/0/url",
            "cannot be used"
        ),
    ]

    @Test("Each fault is told at its place", arguments: faulty.indices)
    func faults(_ index: Int) throws {
        let (from, to, pointer, problem) = Self.faulty[index]
        #expect(Samples.text.contains(from))
        let value = try JSONValue(parsing: Samples.text.replacing(from, with: to))
        let faults = try #require(throws: Faults.self) { try GuideBatch(value) }.faults
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.field == pointer, "\(faults)")
        #expect(faults.first?.problem.contains(problem) == true, "\(faults)")
    }

    @Test("All faults are told at once")
    func together() throws {
        var text = Samples.text
        let changes = Self.faulty.filter { $0.from != #""name": "Money and debt advice", "# }
        for (from, to, _, _) in changes { text = text.replacing(from, with: to) }
        let value = try JSONValue(parsing: text)
        let faults = try #require(throws: Faults.self) { try GuideBatch(value) }.faults
        let pointers = Set(faults.compactMap(\.field))
        #expect(pointers.isSuperset(of: changes.map(\.pointer)))
    }

    @Test("What the standard does not have is left out, and told")
    func leftOut() throws {
        let text = Samples.text.replacing(
            #""status": "active""#,
            with: #""status": "active", "colour": "red", "fees": null, "alert": """#
        )
        let batch = try GuideBatch(JSONValue(parsing: text))
        #expect(batch.leftOut == ["service.colour"])
        #expect(batch.services.first?["colour"] == nil && batch.services.first?["fees"] == nil)
        #expect(batch.services.first?["alert"] == nil)
    }

    @Test("The same service twice is a fault")
    func twice() throws {
        let one =
            #"{"id": "\#(Samples.service)", "name": "A", "status": "active", "#
            + #""organization": {"id": "\#(Samples.organisation)", "name": "B", "description": "C"}}"#
        let value = try JSONValue(parsing: "[\(one), \(one)]")
        let faults = try #require(throws: Faults.self) { try GuideBatch(value) }.faults
        #expect(faults.map(\.field) == ["/1/id"])
    }

    @Test("Tables hold the same as JSON, there and back")
    func tables() throws {
        let batch = try Samples.batch()
        var tables: [String: [[String: String]]] = [:]
        for (table, lines) in batch.tables() {
            tables[table.name] = lines.map { line in
                Dictionary(uniqueKeysWithValues: zip(table.columns, line))
            }
        }
        let rows = Samples.rows(tables)
        let back = try GuideBatch(rows)
        #expect(back == batch)
        #expect(rows.rows["address"]?.count == 1 && rows.rows["attribute"]?.count == 1)
    }

    /// What stands in a cell, and the number that is kept; nil where it is a fault.
    static let typed: [(text: String, number: String?)] = [
        ("16", "16"), ("016", "16"), ("-05", nil), ("0", "0"), ("00", "0"), ("00.50", "0.50"),
        ("1e2", "1e2"), ("+5", nil), (".5", nil), ("5.", nil), ("0x10", nil), ("nan", nil),
        ("inf", nil), ("1e400", nil), ("five", nil), ("true", nil), ("-", nil),
    ]

    @Test("A number of a table is one by JSON's grammar, or a fault", arguments: typed.indices)
    func numbers(_ index: Int) throws {
        let (text, number) = Self.typed[index]
        let rows = Samples.rows(["service": [Samples.row(["minimum_age": text])]])
        guard let number else {
            let faults = try #require(throws: Faults.self) {
                try GuideBatch(rows, known: Samples.known)
            }.faults
            #expect(faults.map(\.field) == ["minimum_age"] && faults.first?.line == 2, "\(text)")
            return
        }
        let service = try #require(try GuideBatch(rows, known: Samples.known).services.first)
        #expect(service["minimum_age"] == .number(number))
        // What is kept can be read again.
        #expect(try JSONValue(parsing: JSONValue.object(service).text) == .object(service))
    }

    @Test("A table is known by the usual names of its file")
    func files() {
        let names = [
            ("services.csv", "service"), ("address.csv", "address"), ("Addresses.csv", "address"),
            ("schedules.csv", "schedule"), ("taxonomy_terms.csv", "taxonomy_term"),
            ("service_at_locations.csv", "service_at_location"),
        ]
        for (file, table) in names { #expect(GuideRows.table(ofFile: file)?.name == table) }
        #expect(GuideRows.table(ofFile: "programs.csv") == nil)
        #expect(GuideRows.table(ofFile: "services.xlsx") == nil)
    }
}
