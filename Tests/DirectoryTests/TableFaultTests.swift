import Directory
import Kernel
import Testing

/// What is wrong in tables is told at its row, all of it, and nothing of it twice.
@Suite struct TableFaultTests {
    static let other = "bc148810-d857-441c-9679-408f346de14b"
    static let part = "1554f2e2-a373-45db-a3fa-9fc48a61c15e"
    static let organisation = [
        "id": Samples.organisation, "name": "Bridge Trust", "description": "A charity.",
    ]
    static let phone = ["id": part, "number": "0161 496 0000", "service_id": Samples.service]
    static let shared = ["id": part, "number": "0161 496 0000", "service_id": other]

    /// Tables beside the sample's service, and how each of their faults begins.
    static let faulty: [(tables: [String: [[String: String]]], told: [String])] = [
        (
            ["organization": [organisation, organisation]],
            ["organizations.csv:3: id: stands in line 2 already"]
        ),
        (
            ["service": [Samples.row([:]), Samples.row(["name": "Another"])]],
            ["services.csv:3: id: stands in line 2 already"]
        ),
        (["phone": [phone, phone]], ["phones.csv:3: id: stands in line 2 already"]),
        // One phone of two services stands there once for each.
        (
            [
                "service": [Samples.row([:]), Samples.row(["id": other])],
                "phone": [phone, shared],
            ],
            []
        ),
        (
            [
                "service_at_location": [
                    ["id": part, "service_id": Samples.service, "location_id": other]
                ]
            ],
            ["service_at_location.csv:2: location_id: there is no location \(other)"]
        ),
        (
            ["service": [Samples.row(["minimum_age": "70", "maximum_age": "18"])]],
            ["services.csv:2: maximum_age: 18 is below the `minimum_age`, 70"]
        ),
        (
            ["service": [Samples.row(["minimum_age": "-1", "email": "nobody"])]],
            [
                "services.csv:2: email: “nobody” cannot be used here",
                "services.csv:2: minimum_age: -1 is no age",
            ]
        ),
        (
            ["service": [Samples.row(["maximum_age": "-0.5"])]],
            ["services.csv:2: maximum_age: -0.5 is no age"]
        ),
        // What belongs to nothing, and a place where nothing is, are read all the same.
        (
            ["phone": [["id": part, "service_id": other, "extension": "x"]]],
            [
                "phones.csv:2: service_id: there is no \(other) in services.csv",
                "phones.csv:2: number: is missing", "phones.csv:2: extension: “x” is no number",
            ]
        ),
        (
            ["location": [["id": part, "location_type": "nowhere"]]],
            ["locations.csv:2: location_type: “nowhere” cannot be used here"]
        ),
    ]

    @Test("Each fault is told once, at its row", arguments: faulty.indices)
    func faults(_ index: Int) throws {
        let (tables, told) = Self.faulty[index]
        let all = ["service": [Samples.row([:])]].merging(tables) { _, new in new }
        var faults: [String] = []
        do throws(Faults) {
            _ = try GuideBatch(Samples.rows(all), known: Samples.known)
        } catch {
            faults = error.faults.map(\.description)
        }
        #expect(faults.count == told.count, "\(faults)")
        for (fault, begins) in zip(faults, told) { #expect(fault.hasPrefix(begins), "\(fault)") }
    }
}
