import Directory
import Kernel

/// A dozen services of the demonstration's guide: made up, at made-up places.
enum DemonstrationGuide {
    /// Who it is by; what it is called; what it does; ages; where; days; the kind of help; its rule.
    private static let table = """
        Lantern Trust | Money and debt advice | Help with debts, rent and benefits. | 18- | M14 5RQ Rusholme | MO,TH | Money | 53.4561 -2.2263 | work
        Lantern Trust | Benefits and work helpline | What happens to benefits when you start work. | 16- | | MO,TU,WE,TH,FR | Money | | out
        Wren Court Centre | Walking back to health | Short walks with a leader, for sore backs and low mood. | 18- | M22 5RX Wythenshawe | TU,SA | Health | 53.3804 -2.2640 | msk
        Wren Court Centre | Sleep well group | Six evenings about sleeping better. | 18- | M22 5RX Wythenshawe | WE | Health | 53.3804 -2.2640 |
        Canalside Recovery | Talking about alcohol | One to one support to drink less. | 18- | M4 6DE Ancoats | MO,FR | Health | 53.4840 -2.2270 |
        Northern Carers Link | Carers at work | Advice for people who work and look after somebody. | 18- | M8 8UF Cheetham Hill | TH | Family | 53.5030 -2.2390 | work
        Northern Carers Link | Carers coffee morning | Meet others who look after somebody. | | M8 8UF Cheetham Hill | FR | Family | 53.5030 -2.2390 |
        Stepping Stone Skills | English for work | English classes for working life, at three levels. | 19- | M12 4AH Longsight | MO,WE | Skills | 53.4600 -2.2010 |
        Stepping Stone Skills | Digital basics | Email, forms and looking for jobs online. | 16- | M12 4AH Longsight | TU | Skills | 53.4600 -2.2010 |
        Stepping Stone Skills | CV clinic | An hour with somebody who hires people. | 18-66 | M12 4AH Longsight | TH | Skills | 53.4600 -2.2010 | out
        Fair Terms | Workplace rights advice | Sick pay, adjustments and flexible working. | 16- | M1 3HZ City centre | MO,TU,WE,TH,FR | Work | 53.4770 -2.2330 | work
        Fair Terms | Access to Work help | Filling in the form for equipment and travel. | 16- | M1 3HZ City centre | WE | Work | 53.4770 -2.2330 | job
        """

    private static let rules = [
        "work": """
        eligibility:
          - id: in-work
            require: {employment_status: [in-work, off-sick]}
            says: It is for people who have a job.
        """,
        "out": """
        eligibility:
          - id: out-of-work
            require: {employment_status: [out-of-work]}
            says: It is for people who are out of work.
        """,
        "job": """
        eligibility:
          - id: job
            require: {employment_status: [in-work, off-sick]}
            says: It is for people who have a job, or a start date.
        """,
        "msk": """
        eligibility:
          - id: condition
            require: {condition: [msk, mental-health]}
            says: It is for people with pain in joints or back, or low mood.
        """,
    ]

    static func value() -> JSONValue {
        let rows = table.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.split(separator: " ").joined(separator: " "))
            }
        }
        let kinds = ["Money", "Health", "Family", "Skills", "Work"]
        let taxonomy = StableUUID.of("demonstration taxonomy")
        return .object([
            "organizations": .array(
                Set(rows.map { $0[0] }).sorted().map { name in
                    .object([
                        "id": .string(organisation(name)), "name": .string(name),
                        "description": .string("\(name) is made up, for the demonstration."),
                    ])
                }
            ),
            "taxonomies": .array([
                .object([
                    "id": .string(taxonomy), "name": .string("Kinds of help"),
                    "description": .string("What a service is about."),
                ])
            ]),
            "taxonomy_terms": .array(
                kinds.map { kind in
                    .object([
                        "id": .string(term(kind)), "name": .string(kind),
                        "description": .string("Help with \(kind.lowercased())."),
                        "taxonomy_id": .string(taxonomy),
                    ])
                }
            ),
            "services": .array(rows.map { .object(service($0)) }),
        ])
    }

    private static func organisation(_ name: String) -> String {
        StableUUID.of("demonstration organisation \(name)")
    }

    private static func term(_ name: String) -> String {
        StableUUID.of("demonstration term \(name)")
    }

    private static func service(_ row: [String]) -> JSONObject {
        let name = row[1]
        func id(_ part: String) -> JSONValue {
            .string(StableUUID.of("demonstration \(part) \(name)"))
        }
        var service: JSONObject = [
            "id": id("service"), "name": .string(name), "description": .string(row[2]),
            "status": .string(GuideStatus.active.rawValue),
            "organization_id": .string(organisation(row[0])),
            "email": .string("hello@example.org"),
            "phones": .array([
                .object(["id": id("phone"), "number": .string("0161 496 0\(100 + name.count)")])
            ]),
            "schedules": .array([
                .object([
                    "id": id("schedule"), "freq": .string("WEEKLY"), "byday": .string(row[5]),
                    "opens_at": .string("09:30"), "closes_at": .string("16:30"),
                ])
            ]),
            "attributes": .array([
                .object(["id": id("attribute"), "taxonomy_term_id": .string(term(row[6]))])
            ]),
        ]
        let ages = row[3].split(separator: "-").compactMap { Int($0) }
        if let from = ages.first { service["minimum_age"] = .int(from) }
        if ages.count == 2 { service["maximum_age"] = .int(ages[1]) }
        if let rule = rules[row[8]] { service["eligibility_rule"] = .string(rule) }
        let words = row[4].split(separator: " ").map(String.init)
        guard words.count > 2 else { return service }
        let place = words[2...].joined(separator: " ")
        let point = row[7].split(separator: " ").map { JSONValue.number(String($0)) }
        func at(_ part: String) -> JSONValue {
            .string(StableUUID.of("demonstration \(part) \(row[0]) \(row[4])"))
        }
        service["service_at_locations"] = .array([
            .object([
                "id": id("service at location"),
                "location": .object([
                    "id": at("location"), "location_type": .string("physical"),
                    "name": .string("\(row[0]), \(place)"), "latitude": point[0],
                    "longitude": point[1],
                    "addresses": .array([
                        .object([
                            "id": at("address"), "address_1": .string("1 Example Street"),
                            "city": .string("Manchester"), "region": .string(place),
                            "state_province": .string("Greater Manchester"),
                            "postal_code": .string("\(words[0]) \(words[1])"),
                            "country": .string("GB"), "address_type": .string("physical"),
                        ])
                    ]),
                ]),
            ])
        ])
        return service
    }
}

extension Goodwork {
    /// Services that the demonstration's guide has beside those of its programme.
    func addGuide(_ cast: DemonstrationCast) async throws {
        guard let admin = cast.worker(login: DemonstrationCast.login("admin")) else { return }
        let actor = Actor(user: admin.id.text, organisation: admin.organisation, roles: admin.roles)
        _ = try await importGuide(by: actor) { known in
            try GuideBatch(DemonstrationGuide.value(), known: known)
        }
    }
}
