import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

@Suite struct EntryTests {
    private static let base = "https://goodwork.example/fhir"

    /// A resource that is sent about a case, by whom, and the event that it makes.
    static let entries: [(name: String, json: String, by: String, event: String, holds: String)] = [
        (
            "a note to the case team",
            #"{"resourceType":"Communication","status":"completed","payload":[{"contentString":"Please call"}]}"#,
            World.clinic, "note.written", "Please call"
        ),
        (
            "an answer to the referrer",
            #"{"resourceType":"Communication","status":"completed","recipient":[{"reference":"Organization/P84001"}],"payload":[{"contentString":"All is well"}]}"#,
            World.provider, "note.written", "referrer"
        ),
        (
            "an employment status of the data dictionary",
            #"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://snomed.info/sct","code":"224362002"}]},"effectiveDateTime":"2025-06-02","valueCodeableConcept":{"coding":[{"system":"https://www.datadictionary.nhs.uk/data_elements/employment_status","code":"01"}]}}"#,
            World.provider, "work.status-recorded", "in-work"
        ),
        (
            "a score",
            #"{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://snomed.info/sct","code":"720433000"}]},"valueQuantity":{"value":11}}"#,
            World.provider, "measure.taken", #""score":11"#
        ),
        (
            "answers",
            #"{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"https://goodwork.example/fhir/Questionnaire/ons4|1","item":[{"linkId":"ons4-anxiety","answer":[{"valueInteger":3}]}]}"#,
            World.provider, "measure.taken", #""ons4-anxiety":"3""#
        ),
        (
            "a consent taken back",
            #"{"resourceType":"Consent","status":"inactive","scope":{"text":"privacy"},"category":[{"text":"c"}],"provision":{"purpose":[{"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"share-with-referrer"}]}}"#,
            World.provider, "consent.withdrawn", "share-with-referrer"
        ),
        (
            "an appointment",
            #"{"resourceType":"Appointment","status":"booked","serviceType":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/appointment","code":"phone"}]}],"start":"2025-06-10T09:30:00+01:00","end":"2025-06-10T10:15:00+01:00","participant":[{"status":"accepted"}]}"#,
            World.provider, "appointment.booked", #""time":"09:30","minutes":45"#
        ),
        (
            "a goal",
            #"{"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"Sleep"},"subject":{"reference":"Patient/1"}}"#,
            World.provider, "plan.goal-added", "Sleep"
        ),
        (
            "sessions",
            #"{"resourceType":"Procedure","status":"completed","code":{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/intervention","code":"cbt"}]},"subject":{"reference":"Patient/1"},"extension":[{"url":"https://goodwork.example/fhir/StructureDefinition/sessions","valueInteger":2}]}"#,
            World.provider, "support.intervention-delivered", #""sessions":2"#
        ),
        (
            "a plan",
            #"{"resourceType":"CarePlan","status":"active","intent":"plan","category":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/plan","code":"move-into-work"}]}],"subject":{"reference":"Patient/1"}}"#,
            World.provider, "plan.agreed", "move-into-work"
        ),
    ]

    @Test(arguments: entries.indices)
    func `what is sent about a case becomes its event`(index: Int) throws {
        let row = Self.entries[index]
        var world = try World()
        var record = try TaskTests.record(.inProgress, &world)
        let entry = try CaseEntry(
            FHIRResource(parsing: Array(row.json.utf8)),
            of: record,
            by: row.by,
            on: World.today
        )
        #expect(entry.command.entries.map(\.body.kind.rawValue) == [row.event], "\(row.name)")
        let body = try #require(entry.command.entries.first?.body.encoded())
        let text = String(decoding: body.payload + body.sealed, as: UTF8.self)
        #expect(text.contains(row.holds), "\(row.name): \(text)")
        try world.tell(&record, entry.command, by: row.by)
    }

    /// What is changed in an entry above, by its place, and the fault.
    static let faults: [(place: Int, old: String, new: String, expression: String, code: String)] =
        [
            (
                0, #""payload":[{"contentString":"Please call"}]"#, #""id":"x""#,
                "Communication.payload", "required"
            ),
            (
                0, #""completed""#, #""entered-in-error""#, "Communication.status",
                "business-rule"
            ),
            (
                0, #"{"contentString":"Please call"}"#,
                #"{"contentString":"Please call"},{"contentAttachment":{"title":"Scan"}}"#,
                "Communication.payload[1].content", "not-supported"
            ),
            (
                1, "Organization/P84001", "Organization/P84002", "Communication.recipient[0]",
                "not-found"
            ),
            (1, "Organization/P84001", "Patient/1", "Communication.recipient[0]", "not-found"),
            (6, "10:15:00+01:00", "09:15:00+01:00", "Appointment.end", "value"),
            (2, #""code":"01""#, #""code":"99""#, "Observation.value", "code-invalid"),
            (2, "\"final\"", "\"preliminary\"", "Observation.status", "business-rule"),
            (3, "720433000", "1", "Observation.code", "not-supported"),
            (
                3, #""value":11"#, #""value":11,"comparator":">""#, "Observation.value.comparator",
                "business-rule"
            ),
            (9, #""active""#, #""entered-in-error""#, "CarePlan.status", "business-rule"),
            (3, #""value":11"#, #""value":11.5"#, "Observation.value", "required"),
            (
                4, "Questionnaire/ons4", "Questionnaire/ons5",
                "QuestionnaireResponse.questionnaire", "not-found"
            ),
            (4, "ons4-anxiety", "ons4-anger", "QuestionnaireResponse.item[0].linkId", "not-found"),
            (
                4, #""valueInteger":3"#, #""valueInteger":11"#,
                "QuestionnaireResponse.item[0].answer[0].value", "code-invalid"
            ),
            (6, #""code":"phone""#, #""code":"fax""#, "Appointment.serviceType[0]", "code-invalid"),
            (6, #""start":"2025-06-10T09:30:00+01:00","#, "", "Appointment.start", "required"),
            (7, "active", "completed", "Goal.lifecycleStatus", "business-rule"),
            (8, #""code":"cbt""#, #""code":"yoga""#, "Procedure.code", "code-invalid"),
            (9, "move-into-work", "move", "CarePlan.category[0]", "code-invalid"),
        ]

    @Test(arguments: faults.indices)
    func `what cannot be is named`(index: Int) throws {
        let row = Self.faults[index]
        var world = try World()
        let record = try TaskTests.record(.inProgress, &world)
        let json = Self.entries[row.place].json.replacing(row.old, with: row.new)
        let resource = try FHIRResource(parsing: Array(json.utf8))
        let issues = #expect(throws: FHIRIssues.self) {
            try CaseEntry(resource, of: record, by: World.provider, on: World.today)
        }
        let found = issues?.issues.contains {
            $0.expression == row.expression && $0.code.rawValue == row.code
        }
        #expect(found == true, "\(row.new): \(String(describing: issues))")
    }

    @Test func `what came of an appointment or a goal is told by its id`() throws {
        var world = try World()
        var record = try Story.tell(&world, until: 15)
        func send(_ json: String, _ id: String) throws {
            let entry = try CaseEntry(
                FHIRResource(parsing: Array(json.utf8)),
                id: id,
                of: record,
                by: World.provider,
                on: World.today
            )
            try world.tell(&record, entry.command, by: World.provider)
        }
        let goal = try #require(record.views(of: "Goal").first?.id)
        let subject = #""subject":{"reference":"Patient/1"}"#
        try send(
            #"{"resourceType":"Goal","lifecycleStatus":"completed","description":{"text":"x"},\#(subject)}"#,
            goal
        )
        #expect(record.views(of: "Goal").first?.body["lifecycleStatus"]?.string == "completed")
        let second = try #require(record.views(of: "Appointment").last?.id)
        let rest = #""participant":[{"status":"accepted"}]"#
        try send(
            #"{"resourceType":"Appointment","status":"booked","start":"2025-06-20T13:00:00Z",\#(rest)}"#,
            second
        )
        #expect(
            record.views(of: "Appointment").last?.body["start"]?.string
                == "2025-06-20T13:00:00.000Z"
        )
        for status in ["fulfilled", "noshow"] {
            let early = #expect(throws: Refusal.self) {
                try send(
                    #"{"resourceType":"Appointment","status":"\#(status)",\#(rest)}"#,
                    second
                )
            }
            #expect(early?.code == "appointment-in-the-future")
        }
        try send(#"{"resourceType":"Appointment","status":"cancelled",\#(rest)}"#, second)
        #expect(record.views(of: "Appointment").last?.body["status"]?.string == "cancelled")
        #expect(throws: FHIRIssues.self) {
            try send(#"{"resourceType":"Appointment","status":"noshow",\#(rest)}"#, "nobody")
        }
    }

    @Test func `of a name the appointment is shown of which something came last`() throws {
        var world = try World()
        var record = try world.refer()
        let named = #""appointment":"a","kind":"phone""#
        let told = [
            ("appointment.booked", #"{\#(named),"day":"2025-06-02","time":"09:20"}"#),
            ("appointment.booked", #"{\#(named),"day":"2025-06-12","time":"10:30"}"#),
            ("appointment.missed", "{\(named)}"), ("appointment.cancelled", "{\(named)}"),
        ]
        for (type, json) in told { try world.tell(&record, [.event(type, json)]) }
        let views = record.views(of: "Appointment")
        #expect(views.count == 1)
        #expect(views.first?.body["status"]?.string == "cancelled")
        #expect(views.first?.body["start"]?.string == "2025-06-12T09:30:00.000Z")
    }

    @Test func `the same sent twice is told once, and what is over stays so`() throws {
        var world = try World()
        var record = try Story.tell(&world, until: 15)
        // The second appointment is today's, so that something can have come of it.
        let today = #"{"appointment":"second","kind":"clinic","day":"2025-06-02"}"#
        try world.tell(&record, [.event("appointment.booked", today)])
        func command(_ json: String, _ id: String) throws -> Command {
            let resource = try FHIRResource(parsing: Array(json.utf8))
            return try CaseEntry(
                resource,
                id: id,
                of: record,
                by: World.provider,
                on: World.today
            ).command
        }
        let subject = #""subject":{"reference":"Patient/1"}"#
        let rest = #""participant":[{"status":"accepted"}]"#
        let rows = [
            (
                "Goal", #""description":{"text":"x"},\#(subject)"#, "lifecycleStatus", "completed",
                "active"
            ), ("Appointment", rest, "status", "fulfilled", "noshow"),
            ("Appointment", rest, "status", "fulfilled", "booked"),
        ]
        for (type, more, element, first, other) in rows {
            let id = try #require(
                record.views(of: type).last { $0.body[element]?.string != "fulfilled" }?.id
                    ?? record.views(of: type).last?.id
            )
            func json(_ status: String) -> String {
                #"{"resourceType":"\#(type)","\#(element)":"\#(status)",\#(more)}"#
            }
            try world.tell(&record, command(json(first), id), by: World.provider)
            #expect(try command(json(first), id).entries.isEmpty, "\(type) \(first)")
            let issues = #expect(throws: FHIRIssues.self) { try command(json(other), id) }
            #expect(issues?.issues.first?.expression == "\(type).\(element)")
        }
    }

    @Test func `a consent that is sent back changed is withdrawn today`() throws {
        var world = try World()
        let record = try world.refer()
        let view = try #require(
            record.views(of: "Consent").first { $0.id.hasSuffix("share-with-referrer") }
        )
        var body = view.body
        #expect(body["dateTime"]?.string == "2025-06-01")
        func day(_ dateTime: String?) throws -> String? {
            body["resourceType"] = .string("Consent")
            body["status"] = .string("inactive")
            if let dateTime { body["dateTime"] = .string(dateTime) }
            return try CaseEntry(
                FHIRResource(body),
                id: view.id,
                of: record,
                by: World.provider,
                on: World.today
            ).command.entries.first?.on.iso
        }
        #expect(try day(nil) == World.today.iso)
        #expect(try day("2025-06-02") == "2025-06-02")
    }

    @Test func `a consent says yes only where all of it does`() throws {
        var world = try World()
        let record = try world.refer()
        func kinds(_ json: String, id: String? = nil) throws -> [EventKind] {
            try CaseEntry(
                FHIRResource(parsing: Array(json.utf8)),
                id: id,
                of: record,
                by: World.provider,
                on: World.today
            ).command.entries.map(\.body.kind)
        }
        let agreed = Requests.consent.replacing(
            #""code":"referral""#,
            with: #""code":"evaluation""#
        )
        #expect(try kinds(agreed) == [.consentGiven, .consentGiven])
        let refused = agreed.replacing("OPTIN", with: "OPTOUT")
        #expect(try kinds(refused) == [.consentRefused, .consentRefused])
        // A yes that is sent back with the no of what was read is neither.
        let own = "\(record.history.header.id.text).evaluation"
        let one = refused.replacing(
            #"consent-scope","code":"share-with-referrer"#,
            with: #"another","code":"x"#
        )
        let issues = #expect(throws: FHIRIssues.self) { try kinds(one, id: own) }
        #expect(issues?.issues.map(\.expression) == ["Consent.status"])
    }

    /// What is changed in a consent, with the status, and what is told of it.
    static let limitedNos: [(old: String, new: String, status: String, kind: EventKind)] = [
        (
            #""type":"permit","#, #""type":"permit","period":{"end":"2025-06-01"},"#, "inactive",
            .consentWithdrawn
        ),
        ("OPTIN", "OPTINR", "rejected", .consentRefused),
        (
            #""type":"permit","#, #""type":"permit","provision":[{"type":"deny"}],"#, "inactive",
            .consentWithdrawn
        ),
        (
            #""type":"permit","#, #""type":"deny","provision":[{"type":"permit"}],"#, "active",
            .consentRefused
        ),
    ]

    @Test(arguments: limitedNos.indices)
    func `a no is taken whatever limits it`(index: Int) throws {
        let row = Self.limitedNos[index]
        var world = try World()
        let record = try world.refer()
        let json = Requests.consent.replacing(row.old, with: row.new)
            .replacing(#""status":"active""#, with: #""status":"\#(row.status)""#)
        let entry = try CaseEntry(
            FHIRResource(parsing: Array(json.utf8)),
            of: record,
            by: World.provider,
            on: World.today
        )
        #expect(entry.command.entries.map(\.body.kind) == [row.kind, row.kind])
    }

    @Test func `what is sent to the person and to whoever referred is told to both`() throws {
        var world = try World()
        let record = try TaskTests.record(.inProgress, &world)
        let json = Self.entries[1].json.replacing(
            #"{"reference":"Organization/P84001"}"#,
            with: #"{"reference":"Organization/P84001"},{"reference":"Practitioner/1"},"#
                + #"{"reference":"Patient/\#(record.history.header.person.text)"}"#
        )
        let command = try CaseEntry(
            FHIRResource(parsing: Array(json.utf8)),
            of: record,
            by: World.provider,
            on: World.today
        ).command
        let told = command.entries.compactMap { entry -> NoteAudience? in
            if case .noteWritten(let note) = entry.body { note.audience } else { nil }
        }
        #expect(told == [.referrer, .person])
    }

    @Test func `the case is found by what a resource refers to`() throws {
        var world = try World()
        let record = try world.refer()
        let id = record.history.header.id
        let json = """
            {"resourceType":"Communication","status":"completed","basedOn":[{"reference":"ServiceRequest/\(id.text)"}],
            "about":[{"reference":"https://a.example/fhir/R4/Task/\(id.text).x"},{"reference":"Patient/1"}]}
            """
        let resource = try FHIRResource(parsing: Array(json.utf8))
        #expect(CaseReference.cases(in: resource) == [id])
        #expect(CaseReference.caseID(in: "\(id.text).share-with-referrer") == id)
        #expect(CaseReference.caseID(in: "other") == nil)
    }

    @Test func `a refusal of the rules is an issue at its element`() {
        let refusal = Refusal(.outOfRange, subject: "phq-9", field: "score", "A score is 0 to 27.")
        let issue = FHIRIssue(
            refused: refusal.code,
            field: refusal.field,
            refusal.says,
            of: "Observation"
        )
        #expect(issue.expression == "Observation.value")
        #expect(issue.code == .value)
        #expect(issue.detail == "phq-9-out-of-range")
    }
}
