import Application
import Directory
import Kernel
import Testing

/// Tables of the guide as text: what cannot be read hides no other fault, and makes none.
@Suite struct GuideFileTests {
    static let advice = "ac148810-d857-441c-9679-408f346de14b"
    static let garden = "bc148810-d857-441c-9679-408f346de14b"
    static let trust = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    static let phone = "1554f2e2-a373-45db-a3fa-9fc48a61c15e"

    static let organisations = "id,name,description\n\(trust),Bridge Trust,A charity\n"
    static let services = """
        id,name,status,organization_id
        \(advice),Advice,active,\(trust)
        \(garden),Garden,active,\(trust)

        """
    static let phones = "id,number,service_id\n\(phone),0161 496 0000,\(garden)\n"

    /// What is changed in the tables, and how each fault begins.
    static let faulty: [(from: String, to: String, told: [String])] = [
        ("Garden,active", "Garden,active", []),
        ("\(trust)\n\(garden)", "\(trust)\n,,,\n\(garden)", []),
        ("Garden,active", "Garden,in town,active", ["services.csv:3:1: the row has 5 fields"]),
        ("Bridge Trust,A", "Bridge Trust,,A", ["organizations.csv:2:1: the row has 4 fields"]),
        (
            "id,name,description", "id,name,name",
            ["organizations.csv:1:9: name: the heading comes twice"]
        ),
        (
            "Advice,active,\(trust)\n\(garden),Garden,active",
            "Advice,open,\(trust)\n\(garden),Garden",
            [
                "services.csv:3:1: the row has 3 fields",
                "services.csv:2:45: status: “open” cannot be used here",
            ]
        ),
    ]

    @Test("What cannot be read hides no other fault, and makes none", arguments: faulty.indices)
    func faults(_ index: Int) throws {
        let (from, to, told) = Self.faulty[index]
        let tables = [
            ("organizations.csv", Self.organisations), ("phones.csv", Self.phones),
            ("services.csv", Self.services),
        ]
        .map { (name: $0, text: $1.replacing(from, with: to)) }
        var faults: [String] = []
        do throws(Faults) {
            _ = try GuideFile.read(tables: tables, known: GuideKnown())
        } catch {
            faults = error.faults.map(\.description)
        }
        #expect(faults.count == told.count, "\(faults)")
        for (fault, begins) in zip(faults, told) { #expect(fault.hasPrefix(begins), "\(fault)") }
    }

    @Test("A guide of headings alone, or of empty lists, is refused")
    func nothing() throws {
        let headings = String(Self.services.prefix { !$0.isNewline })
        let none = "there are no rows; nothing was imported"
        let ofTables = #expect(throws: Faults.self) {
            try GuideFile.read(tables: [("services.csv", headings)], known: GuideKnown())
        }
        #expect(ofTables?.faults.map(\.problem) == [none])
        #expect(ofTables?.faults.first?.file == "services.csv")
        for json in ["[]", #"{"services": []}"#] {
            let ofJSON = #expect(throws: Faults.self) {
                try GuideFile.read(json: Array(json.utf8), file: "guide.json", known: GuideKnown())
            }
            #expect(ofJSON?.faults.map(\.problem) == [none], "\(json)")
            #expect(ofJSON?.faults.first?.file == "guide.json")
        }
    }

    @Test("A text keeps the spaces around it, from JSON to tables and back")
    func spaces() throws {
        let value = try JSONValue(
            parsing: """
                {"id": "\(Self.advice)", "name": " Advice  ", "status": "active",
                 "description": "\\tHelp with debts. ", "fees": "=1",
                 "organization": {"id": "\(Self.trust)", "name": "Bridge", "description": " A "}}
                """
        )
        let batch = try GuideBatch(value)
        let back = try GuideFile.read(tables: GuideFile.tables(batch), known: GuideKnown())
        #expect(back == batch)
        // Without quotes they are no part of it.
        let loose = Self.services.replacing("Advice,active", with: " Advice , active ")
        let read = try GuideFile.read(
            tables: [
                (name: "services.csv", text: loose),
                (name: "organizations.csv", text: Self.organisations),
            ],
            known: GuideKnown()
        )
        #expect(read.services.first?["name"]?.string == "Advice")
    }
}
