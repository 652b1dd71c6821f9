import Directory
import Kernel

/// Records that the tests of the guide begin with.
enum Samples {
    static let service = "ac148810-d857-441c-9679-408f346de14b"
    static let organisation = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    static let term = "3f7b145d-84af-42d7-8fae-eaca714b02b2"
    static let taxonomy = "07ff6aee-a219-438c-b694-d2fcb6c5373b"

    /// A guide with one service that has every kind of part.
    static let text = """
        {
          "organizations": [{"id": "\(organisation)", "name": "Bridge Trust",
            "description": "A charity.",
            "organization_identifiers": [{"id": "d4dbcebc-0802-47cb-8651-b937ac4f2f3e",
              "identifier_type": "Charity number", "identifier": "1234567"}]}],
          "taxonomies": [{"id": "\(taxonomy)", "name": "Needs", "description": "Ours."}],
          "taxonomy_terms": [{"id": "\(term)", "name": "Money advice", "description": "Debts.",
            "taxonomy_id": "\(taxonomy)"}],
          "services": [{
            "id": "\(service)", "name": "Money and debt advice", "status": "active",
            "description": "Help with debts, and with benefits.",
            "organization_id": "\(organisation)", "url": "https://example.org/money",
            "email": "money@example.org", "minimum_age": 18, "maximum_age": 64,
            "assured_date": "2025-01-31",
            "eligibility_rule": "areas:\\n  near: {outward: [M14, M15]}\\neligibility:\\n  - id: near\\n    require: {residence: [near]}\\n    says: The service is for people in M14 and M15.",
            "schedules": [{"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY",
              "byday": "MO,TH", "opens_at": "09:30", "closes_at": "16:00:00Z"}],
            "service_areas": [{"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "South"}],
            "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "+44 161 496 0000",
              "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "code": "ur"}]}],
            "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Okafor"}],
            "cost_options": [{"id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7", "amount": 0}],
            "attributes": [{"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
              "taxonomy_term_id": "\(term)"}],
            "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
              "location": {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical", "name": "The Hall", "latitude": 53.4561,
                "longitude": -2.2263,
                "addresses": [{"id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                  "address_1": "1 High Street", "city": "Manchester",
                  "state_province": "Greater Manchester", "postal_code": "M14 5RQ",
                  "country": "GB", "address_type": "physical"}],
                "accessibility": [{"id": "afcf296e-1cb2-4139-9c88-33d587d1a50b",
                  "description": "No steps."}]}}]
          }]
        }
        """

    /// Tables by their names; the first row of each stands in line 2.
    static func rows(_ tables: [String: [[String: String]]]) -> GuideRows {
        var rows = GuideRows()
        for (name, lines) in tables {
            let file = GuideTable.named(name).file
            rows.rows[name] = lines.enumerated().map { index, cells in
                GuideRows.Row(cells: cells) { column, problem, expected in
                    Fault(
                        file: file,
                        line: index + 2,
                        field: column,
                        problem: problem,
                        expected: expected
                    )
                }
            }
        }
        return rows
    }

    /// A row of services.csv, with more cells.
    static func row(_ cells: [String: String]) -> [String: String] {
        let own = [
            "id": service, "name": "Advice", "status": "active", "organization_id": organisation,
        ]
        return own.merging(cells) { _, new in new }
    }

    /// The organisation of that row.
    static var known: GuideKnown {
        var known = GuideKnown()
        known.organisations = [organisation]
        return known
    }

    static func batch() throws -> GuideBatch { try GuideBatch(JSONValue(parsing: text)) }

    static func guide() throws -> Guide {
        let batch = try batch()
        return Guide(
            services: batch.services.map {
                GuideService(
                    $0,
                    origin: .stored(owner: "bridge"),
                    modified: Instant(iso: "2025-06-02T09:00:00Z"),
                    version: 1
                )
            },
            organisations: batch.organisations,
            taxonomies: batch.taxonomies,
            terms: batch.terms
        )
    }
}
