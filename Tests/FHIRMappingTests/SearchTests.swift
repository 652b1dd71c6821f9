import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

@Suite struct SearchTests {
    /// What is searched, and which of the case's Tasks are found: the referral's, the onward one.
    static let tasks: [(query: String, found: String)] = [
        ("status=completed", "R"), ("status=rejected", "O"), ("status=completed,rejected", "RO"),
        ("status:not=completed", "O"), ("status=http://hl7.org/fhir/task-status|completed", "R"),
        ("status=http://hl7.org/fhir/request-status|completed", ""), ("status=|completed", "R"),
        ("status:not=http://hl7.org/fhir/task-status|completed", "O"),
        ("status=http://hl7.org/fhir/task-status|", "RO"),
        ("intent=http://hl7.org/fhir/request-intent|order", "RO"),
        ("code=http://hl7.org/fhir/CodeSystem/task-code|fulfill", "RO"), ("code=fulfill", "RO"),
        ("code=http://hl7.org/fhir/CodeSystem/task-code|", "RO"), ("code=|fulfill", ""),
        ("requester=Organization/P84001", "R"), ("requester=P84001", "R"),
        ("requester:Organization=P84001", "R"), ("requester=Patient/P84001", ""),
        ("requester:identifier=https://fhir.nhs.uk/Id/ods-organization-code|P84001", "R"),
        ("requester:identifier=P84001", "R"), ("requester:identifier=P84002", ""),
        ("requester:identifier=https://goodwork.example/fhir/Id/organization|P84001", ""),
        ("owner:identifier=https://goodwork.example/fhir/Id/organization|big-life", "R"),
        ("owner:missing=true", ""), ("owner:missing=false", "RO"), ("owner=big-life", "R"),
        ("part-of:missing=false", "O"), ("business-status=4.0", "O"),
        ("authored-on=2025-06-01", "R"), ("authored-on=ge2025-06-02", "O"),
        ("authored-on=gt2025-06-01", "O"), ("authored-on=lt2025-06-02", "R"),
        ("authored-on=le2025-06-02", "RO"), ("authored-on=2025-06", "RO"),
        ("authored-on=ne2025-06-01", "O"), ("authored-on=sa2025-06-01", "O"),
        ("authored-on=eb2025-06-02", "R"), ("_lastUpdated=gt2025-06-02T09:00:00Z", "RO"),
        ("_lastUpdated=gt2025-06-03", ""), ("_lastUpdated=ge2025-06-02T09:00", "RO"),
        ("identifier=https://goodwork.example/fhir/Id/case|4K7P-2D9Q", "R"),
        ("identifier=4K7P-2D9Q", "R"), ("output:missing=false", "R"),
        ("period=ge2025-06-02", "O"), ("period=ge2025-06-01", "RO"),
        ("status=completed&owner=big-life", "R"),
        ("status=completed&owner=mft", ""),
    ]

    private static func query(
        _ type: String,
        _ text: String,
        lenient: Bool = false
    ) throws -> SearchQuery {
        let pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        return try SearchQuery(type, pairs, isLenient: lenient)
    }

    @Test func `a Task is found by what is searched`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        let versions = record.current(of: "Task")
        let resources = try versions.compactMap(\.resource).map { try FHIRResource($0) }
        try #require(resources.count == 2)
        for (text, found) in Self.tasks {
            let query = try Self.query("Task", text)
            let names = zip(["R", "O"], resources).filter { query.matches($0.1) }.map(\.0)
            #expect(names.joined() == found, "\(text)")
        }
    }

    @Test func `what asks for a service is found by the identifier of that service`() throws {
        let base = "https://goodwork.example/fhir/Id"
        let ofProgramme = "workwell-manchester.be-well"
        let ofGuide = "ac148810-d857-441c-9679-408f346de14b"
        for (id, own, other) in [
            (ofProgramme, "service", "guide-service"), (ofGuide, "guide-service", "service"),
        ] {
            let service: JSONObject = ["reference": .string("HealthcareService/\(id)")]
            let request = try FHIRResource([
                "resourceType": .string("ServiceRequest"), "status": .string("active"),
                "intent": .string("order"),
                "subject": .object(["reference": .string("Patient/1")]),
                "performer": .array([.object(service)]),
            ])
            for (text, isFound) in [
                ("\(base)/\(own)|\(id)", true), ("\(base)/\(own)|", true), (id, true),
                ("\(base)/\(other)|\(id)", false), ("\(base)/\(own)|elsewhere", false),
            ] {
                let query = try Self.query("ServiceRequest", "performer:identifier=\(text)")
                #expect(query.matches(request) == isFound, "\(text)")
            }
        }
        let services = try World().programme.services()
        let systems = services.map { Systems.ofService($0.id) }
        #expect(Set(systems) == ["\(base)/service"])
    }

    @Test func `a Patient is found by words, whatever their capitals and accents`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        var person = Story.person(record)
        let patient = try FHIRResource(#require(person.version.resource))
        person.identity?.familyName = "Núñez-Łuk"
        let accented = try FHIRResource(#require(person.version.resource))
        for (text, isFound) in [
            ("family=Nunez", true), ("family=nún", true), ("family:contains=ezluk", true),
            ("family=nunez łuk", true), ("family:exact=Nunez-Luk", false), ("family=-", false),
            ("family=Núñoz", false), ("address-postalcode=m13", true),
            ("address-postalcode=m139pl", true), ("address-postalcode=M13  9", true),
            ("address-postalcode=M1 3", false), ("address-postalcode=M1", true),
        ] {
            let query = try Self.query("Patient", text)
            #expect(query.matches(accented) == isFound, "\(text)")
        }
        for (text, isFound) in [
            ("family=marp", true), ("family:exact=marple", false), ("family:exact=Marple", true),
            ("name:contains=ARPL", true), ("name=arpl", false), ("given=rose", true),
            ("birthdate=1970-03-30", true), ("birthdate=lt1970", false), ("gender=female", true),
            ("gender:not=female", false), ("phone=0161 496 0000", true),
            ("email=rose@example.org", true),
            ("phone=rose@example.org", false), ("active=true", true),
            ("general-practitioner=P84001", true),
            ("identifier=https://fhir.nhs.uk/Id/nhs-number|9434765919", true),
            ("_id=\(record.history.header.person.text)", true), ("_id=other", false),
        ] {
            #expect(try Self.query("Patient", text).matches(patient) == isFound, "\(text)")
        }
    }

    /// What is searched, and whether it finds a day in summer, one in winter.
    static let days: [(query: String, isFound: (summer: Bool, winter: Bool))] = [
        ("date=2025-07-01", (true, false)), ("date=2025-06-30", (false, false)),
        ("date=ge2025-07-01", (true, true)), ("date=lt2025-07-01", (false, false)),
        ("date=2025-07", (true, false)), ("date=2026-01-15", (false, true)),
        ("date=2025", (true, false)), ("date=2025-07-01T00:00", (true, false)),
        ("date=2025-07-01T00:00:00", (true, false)), ("date=2025-07-01T00:00Z", (false, false)),
        ("date=2025-06-30T23:00Z", (true, false)), ("date=2026-01-15T00:00", (false, true)),
    ]

    @Test func `a day is a day in the United Kingdom, in summer too`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        let view = try #require(record.views(of: "Appointment").last)
        func day(_ iso: String) throws -> FHIRResource {
            var moved = view
            let start = try #require(CivilDate(iso: iso)?.moment(at: "00:00"))
            moved.body["start"] = .string(start.iso)
            let version = FHIRVersion(number: 1, lastUpdated: start, view: moved)
            return try FHIRResource(#require(version.resource))
        }
        // The booking of which only the day is known.
        #expect(view.body["start"]?.string == "2025-06-30T23:00:00.000Z")
        let (summer, winter) = (try day("2025-07-01"), try day("2026-01-15"))
        for (text, isFound) in Self.days {
            let query = try Self.query("Appointment", text)
            #expect(query.matches(summer) == isFound.summer, "\(text) in summer")
            #expect(query.matches(winter) == isFound.winter, "\(text) in winter")
        }
    }

    @Test func `what is not as the tables have it is a fault where it is searched`() throws {
        let broken = FHIRView("Task", "1", ["status": .string("unheard-of")])
        let version = FHIRVersion(
            number: 1,
            lastUpdated: Instant(midnightUTC: World.today),
            view: broken
        )
        let issues = #expect(throws: FHIRIssues.self) {
            try Self.query("Task", "status=unheard-of").check(version)
        }
        #expect(issues?.issues.isEmpty == false)
        #expect(try Self.query("Task", "_count=5").check(version))
    }

    @Test func `every code that can be searched is found by its system`() throws {
        var world = try World()
        var sought: Set<String> = []
        for json in Story.resources(try Story.tell(&world)) {
            let resource = try FHIRResource(json)
            for parameter in SearchParameters.all[resource.type] ?? [] {
                for element in parameter.elements(of: resource)
                where parameter.kind == .token && element.type == "code" {
                    let what = "\(resource.type)?\(parameter.name)"
                    let system = try #require(element.impliedSystem, "\(what)")
                    let code = try #require(element.text)
                    let own = "\(parameter.name)=\(system)|\(code)"
                    #expect(try Self.query(resource.type, own).matches(resource), "\(what)")
                    let other = "\(parameter.name)=\(system)-of-others|\(code)"
                    #expect(try !Self.query(resource.type, other).matches(resource), "\(what)")
                    sought.insert("\(what)=\(system)")
                }
            }
        }
        let gender = "Patient?gender=http://hl7.org/fhir/administrative-gender"
        #expect(sought.contains(gender) && sought.count > 15, "\(sought.sorted())")
    }

    @Test func `how the answer is to be made is read too`() throws {
        let query = try Self.query(
            "Task",
            "_include=Task:focus&_revinclude=Task:part-of&_count=5&_sort=-authored-on,status&_summary=count&_elements=status"
        )
        #expect(query.includes.map(\.parameter) == ["focus", "part-of"])
        #expect(query.count == 5)
        #expect(query.sorts.map(\.isDescending) == [true, false])
        #expect(query.summary == .count)
        #expect(query.elements == ["status"])
        #expect(query.terms.isEmpty)
    }

    static let faults = [
        ("colour=red", "not-supported"), ("staus=done", "not-supported"),
        ("status:text=a", "not-supported"), ("owner:missing=perhaps", "value"),
        ("authored-on=yesterday", "value"), ("_count=many", "value"),
        ("_sort=colour", "not-supported"),
        ("_include=Task:status", "not-supported"), ("_include=Patient:name", "not-supported"),
        ("status=", "value"), ("focus=a b", "value"),
    ]

    @Test func `what cannot be searched is a fault, or a warning where that is asked`() throws {
        for (text, code) in Self.faults {
            let issues = #expect(throws: FHIRIssues.self, "\(text)") {
                try Self.query("Task", text)
            }
            #expect(issues?.issues.map(\.code.rawValue) == [code], "\(text)")
        }
        let near = #expect(throws: FHIRIssues.self) { try Self.query("Task", "staus=done") }
        #expect(near?.description.contains("Did you mean status?") == true)
        let query = try Self.query("Task", "colour=red&status=accepted", lenient: true)
        #expect(query.warnings.count == 1)
        #expect(query.terms.count == 1)
        #expect(throws: FHIRIssues.self) { try Self.query("Task", "_count=many", lenient: true) }
    }

    @Test func `answers are bundles that satisfy the tables`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        let address = "https://a.example/fhir/R4"
        let current = record.current(of: "Task")
        let id = record.history.header.id.text
        let links = [(relation: "self", url: "\(address)/Task?status=completed")]
        let found = current.map { Bundles.Found($0, isMatch: $0.number > 1) }
        let query = try Self.query("Task", "_elements=output")
        let search = Bundles.searchset(
            found,
            total: 2,
            address: address,
            links: links,
            query: query,
            warnings: [FHIRIssue(.notSupported, "Not known.", severity: .warning)]
        )
        let root = try FHIRResource(search).root
        #expect(
            root.all("entry").compactMap { $0["search"]?["mode"]?.text } == [
                "match", "match", "outcome",
            ]
        )
        #expect(root["entry"]?["fullUrl"]?.text == "\(address)/Task/\(id)")
        let task = try #require(root["entry"]?["resource"])
        #expect(task["meta"]?["tag"]?["code"]?.text == "SUBSETTED")
        #expect(task["intent"] != nil && task["output"] != nil && task["owner"] == nil)
        let versions = record.versions(of: "Task", id)
        let past = try FHIRResource(
            Bundles.history(versions, of: "Task/\(id)", address: address, links: [])
        ).root
        let methods = past.all("entry").compactMap { $0["request"]?["method"]?.text }
        #expect(methods.last == "POST" && methods.first == "PUT")
        #expect(methods.count == versions.count)
        let answer = Bundles.response(
            [
                Bundles.Outcome(status: "201 Created", version: versions[0]),
                Bundles.Outcome(
                    status: "422 Unprocessable Entity",
                    issues: FHIRIssues(FHIRIssue(.businessRule, at: "Task.status", "No."))
                ),
            ],
            isTransaction: false
        )
        let response = try FHIRResource(answer).root
        #expect(response["entry"]?["response"]?["location"]?.text == "Task/\(id)/_history/1")
    }

    /// What is asked for of an Observation, and what of it is answered beside what must be.
    static let parts = [
        ("value", "_valueString valueString"), ("valueString", "_valueString valueString"),
        ("val", ""), ("status", ""), ("issued,effective", "effectiveDateTime issued"),
        ("iss", ""), ("nothing", ""),
    ]

    @Test(arguments: parts)
    func `no element is answered for one that is called alike`(asked: String, kept: String) throws {
        let whole: JSONObject = [
            "resourceType": .string("Observation"), "status": .string("final"),
            "code": .object(["text": .string("x")]), "issued": .string("2025-06-02T09:00:00Z"),
            "effectiveDateTime": .string("2025-06-02"), "valueString": .string("y"),
            "_valueString": .object(["id": .string("1")]),
        ]
        let narrow = try Self.query("Observation", "_elements=\(asked)").narrowed(whole)
        let beside = Set(narrow.keys).subtracting(["resourceType", "status", "code", "meta"])
        #expect(beside.sorted().joined(separator: " ") == kept)
    }

    @Test func `a partial resource is laid over the whole`() {
        let whole: JSONObject = [
            "a": .int(1), "b": .object(["c": .int(2), "d": .int(3)]), "e": .array([.int(4)]),
        ]
        let patch: JSONObject = [
            "a": .null, "b": .object(["c": .null, "f": .int(5)]), "e": .array([]),
        ]
        let text = JSONValue.object(MergePatch.apply(patch, to: whole)).text
        #expect(text == #"{"b":{"d":3,"f":5},"e":[]}"#)
    }

    @Test func `every parameter looks at elements that there are`() throws {
        for type in SearchParameters.types {
            for parameter in SearchParameters.all[type] ?? [] {
                for path in parameter.paths {
                    #expect(
                        FHIRStructure.has(path, in: type),
                        "\(type).\(path.joined(separator: "."))"
                    )
                }
                #expect(parameter.kind == .reference || parameter.targets.isEmpty)
            }
        }
    }

    @Test func `the statement says what the data say`() throws {
        let statement = Capability.statement(
            version: "1",
            date: World.today,
            address: "https://a.example/fhir/R4"
        )
        let root = try FHIRResource(statement).root
        let resources = root["rest"]?.all("resource") ?? []
        #expect(resources.compactMap { $0["type"]?.text } == Capability.resources.map(\.type))
        #expect(Capability.resources.map(\.type) == Capability.resources.map(\.type).sorted())
        for (said, meant) in zip(resources, Capability.resources) {
            let codes = said.all("interaction").compactMap { $0["code"]?.text }
            #expect(codes == meant.interactions.map(\.rawValue))
            let names = said.all("searchParam").compactMap { $0["name"]?.text }
            #expect(names == (SearchParameters.all[meant.type] ?? []).map(\.name))
            #expect(!names.isEmpty, "\(meant.type)")
        }
        let served = Set(Capability.resources.map(\.type))
        #expect(Set(SearchParameters.types) == served.union(["Group", "Subscription"]))
    }
}
