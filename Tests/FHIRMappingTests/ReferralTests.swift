import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

@Suite struct ReferralTests {
    @Test func `a transaction is the referral that a page would make`() throws {
        let world = try World()
        let read = try SentReferral(FHIRResource(Requests.transaction)).read(from: world.sender)
        #expect(read.programme == "workwell-manchester")
        #expect(read.on.iso == "2025-06-01")
        #expect(read.consents == [.referral: true, .shareWithReferrer: true])
        #expect(read.note == "Prefers mornings")
        #expect(read.key == "fhir:https://practice.example/ref|R-77")
        let referral = read.referral
        #expect(referral.source == "gp")
        #expect(referral.referrer == "P84001")
        #expect(referral.strand == "be-well")
        #expect(referral.condition == "msk")
        #expect(referral.employmentStatus == "off-sick")
        #expect(referral.gender == "female")
        #expect(referral.ethnicity == "M")
        #expect(referral.age == 55)
        #expect(referral.outwardCode == "M13")
        #expect(referral.practice == "P84001")
        #expect(referral.answers == ["health-condition": "yes"])
        let identity = referral.identity
        #expect(identity.givenName == "Rose Ann")
        #expect(identity.familyName == "Marple")
        #expect(identity.birthDate == "1970-03-30")
        #expect(identity.nhsNumber == "9434765919")
        #expect(identity.postcode == "M13 9PL")
        #expect(identity.address == "12 Acacia Avenue, Manchester")
        #expect(identity.phone == "0161 496 0000")
        #expect(identity.email == "rose@example.org")
        #expect(
            read.entries.map(\.body.kind) == [
                .referralReceived, .consentGiven, .consentGiven, .noteWritten,
            ]
        )
    }

    /// What is changed in the transaction, and the place and code of the fault.
    static let faults: [(old: String, new: String, expression: String, code: String)] = [
        ("943 476 5919", "485 777 3456", "Bundle.entry[0].resource.identifier[0].value", "value"),
        (
            #""Patient","#, #""Patient","active":false,"#, "Bundle.entry[0].resource.active",
            "business-rule"
        ),
        (
            #""Patient","#,
            #""Patient","link":[{"type":"replaced-by","other":{"reference":"Patient/2"}}],"#,
            "Bundle.entry[0].resource.link[0]", "business-rule"
        ),
        ("1970-03-30", "1970-03", "Bundle.entry[0].resource.birthDate", "value"),
        ("1970-03-30", "2025-06-02", "Bundle.entry[0].resource.birthDate", "value"),
        ("m13 9pl", "Manchester", "Bundle.entry[0].resource.address[0].postalCode", "value"),
        (
            #""family":"Marple""#, #""family":"\u202E""#,
            "Bundle.entry[0].resource.name[0].family", "value"
        ),
        (#","family":"Marple""#, "", "Bundle.entry[0].resource.name[0].family", "required"),
        (
            #""family":"Marple""#, #""family":"\#(long(101))""#,
            "Bundle.entry[0].resource.name.family", "too-long"
        ),
        ("0161 496 0000", long(41), "Bundle.entry[0].resource.telecom", "too-long"),
        (
            #""code":"msk""#, #""code":"\#(long(201))""#, "Bundle.entry[1].resource.reasonCode",
            "too-long"
        ),
        ("Prefers mornings", long(4_001), "Bundle.entry[1].resource.note", "too-long"),
        (
            #""R-77""#, #""\#(long(201))""#, "Bundle.entry[1].resource.identifier[0].value",
            "too-long"
        ),
        (
            "https://practice.example/ref", "urn:" + long(500),
            "Bundle.entry[1].resource.identifier[0].system", "too-long"
        ),
        (
            "\"code\":\"M\"", "\"code\":\"XX\"", "Bundle.entry[0].resource.extension[0].value",
            "code-invalid"
        ),
        (
            #""status":"active","intent":"order""#, #""status":"draft","intent":"order""#,
            "Bundle.entry[1].resource.status", "business-rule"
        ),
        (
            #""status":"active","intent":"order""#, #""status":"active","intent":"proposal""#,
            "Bundle.entry[1].resource.intent", "business-rule"
        ),
        (
            #"ServiceRequest","#, #"ServiceRequest","doNotPerform":true,"#,
            "Bundle.entry[1].resource.doNotPerform", "business-rule"
        ),
        (
            #"ServiceRequest","#, #"ServiceRequest","priority":"urgent","#,
            "Bundle.entry[1].resource.priority", "business-rule"
        ),
        (
            #""Task","#, #""Task","priority":"stat","#, "Bundle.entry[3].resource.priority",
            "business-rule"
        ),
        (
            #""authoredOn":"2025-06-01""#, #""authoredOn":"2025-06-03""#,
            "Bundle.entry[1].resource.authoredOn", "value"
        ),
        (
            "Organization/P84001", "Organization/P84002", "Bundle.entry[1].resource.requester",
            "forbidden"
        ),
        (
            "manchester.be-well", "manchester.bewell", "Bundle.entry[1].resource.performer[0]",
            "not-found"
        ),
        (
            #""subject":{"reference":"urn:uuid:1"#, #""subject":{"reference":"urn:uuid:9"#,
            "Bundle.entry[1].resource.subject", "required"
        ),
        (
            #""Consent","status":"active""#, #""Consent","status":"rejected""#,
            "Bundle.entry[2].resource.status", "business-rule"
        ),
        ("OPTIN", "OPTOUT", "Bundle.entry[2].resource.status", "business-rule"),
        ("OPTIN", "OPTINR", "Bundle.entry[2].resource.policyRule", "business-rule"),
        (
            #""type":"permit","#, #""type":"permit","period":{"end":"2025-05-31"},"#,
            "Bundle.entry[2].resource.provision.period.end", "business-rule"
        ),
        (
            #""type":"permit","#, #""type":"permit","period":{"start":"2025-07"},"#,
            "Bundle.entry[2].resource.provision.period.start", "business-rule"
        ),
        (
            #""type":"permit","#, #""type":"permit","provision":[{"type":"deny"}],"#,
            "Bundle.entry[2].resource.provision.provision[0]", "business-rule"
        ),
        (
            #""dateTime":"2025-06-01""#, #""dateTime":"2025-06-03""#,
            "Bundle.entry[2].resource.dateTime", "value"
        ),
        (
            #""code":"share-with-referrer""#, #""code":"share""#,
            "Bundle.entry[2].resource.provision.purpose[1]", "code-invalid"
        ),
        (
            #""status":"requested""#, #""status":"accepted""#, "Bundle.entry[3].resource.status",
            "business-rule"
        ),
        (
            "focus\":{\"reference\":\"urn:uuid:2", "focus\":{\"reference\":\"urn:uuid:1",
            "Bundle.entry[3].resource.focus", "value"
        ),
        ("224459001", "1", "Bundle.entry[4].resource.value", "code-invalid"),
        (
            #""linkId":"health-condition""#, #""linkId":"health""#,
            "Bundle.entry[5].resource.item[0].linkId", "not-found"
        ),
        (
            #""valueBoolean":true"#, #""valueString":"perhaps""#,
            "Bundle.entry[5].resource.item[0].answer[0].value", "code-invalid"
        ),
    ]

    @Test func `the days of a month are those of the United Kingdom, in summer too`() {
        for (text, first, last) in [
            ("2025-07", "2025-07-01", "2025-07-31"), ("2025-10", "2025-10-01", "2025-10-31"),
            ("2025-01", "2025-01-01", "2025-01-31"), ("2025", "2025-01-01", "2025-12-31"),
            ("2025-06-30T23:30:00Z", "2025-07-01", "2025-07-01"),
        ] {
            let time = FHIRTime(text)
            #expect(time?.firstDay.iso == first, "\(text)")
            #expect(time?.lastDay.iso == last, "\(text)")
        }
    }

    private static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test func `a text that is as long as may be is taken`() throws {
        let world = try World()
        // A letter of two bytes is one character.
        let family = String(repeating: "é", count: 100)
        let sent = Requests.changed(#""family":"Marple""#, #""family":"\#(family)""#)
        let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
        #expect(read.referral.identity.familyName == family)
    }

    @Test(arguments: faults.indices)
    func `what cannot be is named at its place`(index: Int) throws {
        let row = Self.faults[index]
        let world = try World()
        let resource = try FHIRResource(Requests.changed(row.old, row.new))
        do {
            _ = try SentReferral(resource).read(from: world.sender)
            Issue.record("\(row.new) was taken")
        } catch {
            let found = error.issues.contains {
                $0.expression == row.expression && $0.code.rawValue == row.code
            }
            #expect(found, "\(row.new): \(error)")
        }
    }

    @Test func `nobody is referred without a consent, and every fault is told at once`() throws {
        let world = try World()
        let bare = Requests.bundle([
            #"{"resourceType":"Patient","gender":"female"}"#,
            Requests.serviceRequest.replacing("2025-06-01", with: "2026-06-01"),
        ])
        let issues = #expect(throws: FHIRIssues.self) {
            try SentReferral(FHIRResource(bare)).read(from: world.sender)
        }
        let places = issues?.issues.compactMap(\.expression) ?? []
        #expect(
            places == [
                "Bundle.entry[1].resource.authoredOn", "Bundle.entry[0].resource.name",
                "Bundle.entry[0].resource.birthDate", "Bundle.entry[0].resource.identifier",
                "Bundle.entry[1].resource.supportingInfo",
            ]
        )
    }

    @Test func `what is old or has ended is not read, and of the rest the first by rank`() throws {
        let world = try World()
        var patient = Requests.json(Requests.patient)
        let own = ["identifier", "name", "telecom", "address"]
        let current = Dictionary(
            uniqueKeysWithValues: own.map { ($0, patient[$0]?.array ?? []) }
        )
        let other = Requests.json(
            """
            {"identifier":[{"use":"old","system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"}],
             "name":[{"use":"maiden","family":"Christie","given":["Rose"]},
              {"family":"Oliver","given":["Rose"],"period":{"end":"2024-12-31"}}],
             "telecom":[{"use":"old","system":"phone","value":"1"},
              {"system":"phone","value":"2","period":{"end":"2025-06-01"}},
              {"system":"phone","value":"3","period":{"start":"2025-06-03"}}],
             "address":[{"use":"old","text":"Elsewhere","postalCode":"M1 1AA"}]}
            """
        )
        func read() throws -> Identity {
            let parts = [JSONValue.object(patient).text, Requests.serviceRequest, Requests.consent]
            let sent = try FHIRResource(Requests.bundle(parts + [Requests.task, Requests.answers]))
            return try SentReferral(sent).read(from: world.sender).referral.identity
        }
        for name in own {
            patient[name] = .array((other[name]?.array ?? []) + (current[name] ?? []))
        }
        let ranked = Requests.json(#"{"system":"phone","value":"0161 496 0001","rank":1}"#)
        patient["telecom"] = .array((patient["telecom"]?.array ?? []) + [.object(ranked)])
        let known = try read()
        #expect(known.nhsNumber == "9434765919" && known.familyName == "Marple")
        #expect(known.phone == "0161 496 0001" && known.postcode == "M13 9PL")
        // Where all is old, nothing is known.
        for name in ["identifier", "telecom"] { patient[name] = other[name] }
        let less = try read()
        #expect(less.nhsNumber == nil && less.phone == nil && less.familyName == "Marple")
    }

    /// How a Condition stands, and whether it is the reason.
    static let conditions: [(element: String, code: String, holds: Bool)] = [
        ("verificationStatus", "refuted", false), ("verificationStatus", "entered-in-error", false),
        ("verificationStatus", "provisional", true), ("clinicalStatus", "resolved", false),
        ("clinicalStatus", "remission", true),
    ]

    @Test(arguments: conditions.indices)
    func `a Condition that does not hold is no reason, and is not lost either`(
        index: Int
    ) throws {
        let row = Self.conditions[index]
        let system = row.element == "clinicalStatus" ? "condition-clinical" : "condition-ver-status"
        let condition = """
            {"resourceType":"Condition","subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
             "\(row.element)":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/\(system)","code":"\(row.code)"}]},
             "code":{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}}
            """
        var request = Requests.json(Requests.serviceRequest)
        request["reasonCode"] = nil
        let named = "urn:uuid:44444444-4444-4444-8444-444444444444"
        request["reasonReference"] = .array([.object(["reference": .string(named)])])
        let sent = try FHIRResource(
            Requests.bundle([
                Requests.patient, JSONValue.object(request).text, Requests.consent, condition,
                Requests.answers,
            ])
        )
        var sender = try World().sender
        if row.holds {
            #expect(try SentReferral(sent).read(from: sender).referral.condition == "msk")
            return
        }
        let issues = #expect(throws: FHIRIssues.self) { try SentReferral(sent).read(from: sender) }
        #expect(issues?.issues.map(\.expression) == ["Bundle.entry[3].resource"])
        sender.isLenient = true
        #expect(try SentReferral(sent).read(from: sender).referral.condition == nil)
    }

    /// Days and statuses of two Consents to one thing, and whether the person agreed.
    static let words: [(one: String, other: String, isGiven: Bool)] = [
        ("2025-05-01 inactive", "2025-01-01 active", false),
        ("2025-01-01 inactive", "2025-05-01 active", true),
        ("2025-05-01 rejected", "2025-05-01 active", false),
        ("2025-05-01T10:00:00Z rejected", "2025-05-01T11:00:00Z active", true),
        ("2025-05 rejected", "2025-05-01 active", false),
        ("- rejected", "2025-05-01 active", false),
        ("2025-05-01 active", "2025-01-01 active", true),
    ]

    @Test(arguments: words.indices)
    func `of several words on one thing the latest holds, and of a doubt the no`(
        index: Int
    ) throws {
        let row = Self.words[index]
        let world = try World()
        let told = [row.one, row.other].map { word -> String in
            let parts = word.split(separator: " ").map(String.init)
            let dated = parts[0] == "-" ? "" : #""dateTime":"\#(parts[0])","#
            return Requests.consent.replacing(#""dateTime":"2025-06-01","#, with: dated)
                .replacing(#""status":"active""#, with: #""status":"\#(parts[1])""#)
                .replacing(#""code":"referral""#, with: #""code":"evaluation""#)
        }
        let parts = [Requests.patient, Requests.serviceRequest, Requests.answers]
        let agreed = Requests.consent.replacing("share-with-referrer", with: "referral")
        for two in [told, Array(told.reversed())] {
            let sent = Requests.bundle(parts + [agreed] + two)
            let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
            #expect(read.consents[.evaluation] == row.isGiven, "\(row)")
            #expect(read.consents[.shareWithReferrer] == row.isGiven, "\(row)")
        }
    }

    @Test func `a ServiceRequest may carry its Patient within`() throws {
        let world = try World()
        var request = Requests.json(Requests.serviceRequest)
        var patient = Requests.json(Requests.patient)
        patient["id"] = .string("p")
        var consent = Requests.json(Requests.consent)
        consent["id"] = .string("c")
        request["contained"] = .array([.object(patient), .object(consent)])
        request["subject"] = .object(["reference": .string("#p")])
        request["supportingInfo"] = .array([.object(["reference": .string("#c")])])
        let read = try SentReferral(FHIRResource(request)).read(from: world.sender)
        #expect(read.referral.identity.nhsNumber == "9434765919")
        #expect(read.consents[.referral] == true)
    }

    @Test(arguments: [
        #"{"linkId":"about-you","item":[ITEM]}"#,
        #"{"linkId":"health-condition","answer":[{"valueBoolean":true,"item":[ITEM]}]}"#,
    ])
    func `answers within a group, or that another led to, are read`(around: String) throws {
        let world = try World()
        let item = #"{"linkId":"health-condition","answer":[{"valueBoolean":true}]}"#
        let sent = Requests.changed(item, around.replacing("ITEM", with: item))
        let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
        #expect(read.referral.answers["health-condition"] == "yes")
        let stray = item.replacing("health-condition", with: "health")
        let other = Requests.changed(item, around.replacing("ITEM", with: stray))
        #expect(throws: FHIRIssues.self) {
            try SentReferral(FHIRResource(other)).read(from: world.sender)
        }
    }

    @Test func `a reason in words that can be no code is kept as a note`() throws {
        let world = try World()
        let coding =
            #"{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}"#
        let long = "Has not been able to lift anything at work since the fall in the warehouse"
        for (words, condition, note) in [
            ("Low back pain", "low-back-pain", "Prefers mornings"),
            (long, "", long + "\nPrefers mornings"),
        ] {
            let sent = Requests.changed(coding, #"{"text":"\#(words)"}"#)
            let read = try SentReferral(FHIRResource(sent)).read(from: world.sender)
            #expect(read.referral.condition ?? "" == condition)
            #expect(read.note == note)
        }
    }

    /// Who performs, by an identifier, and the strand that is meant.
    private static let performers: [(type: String, system: String, id: String, strand: String?)] = [
        ("HealthcareService", "service", "workwell-manchester.be-well", "be-well"),
        ("HealthcareService", "service", "workwell-manchester", nil),
        // What is the sender's own says nothing here.
        ("HealthcareService", "other", "workwell-manchester.be-well", nil),
        ("Organization", "organization", "big-life", "be-well"),
    ]

    @Test(arguments: performers.indices)
    func `who performs is known by an identifier, of what was sent along too`(index: Int) throws {
        let row = Self.performers[index]
        let world = try World()
        let system = "https://goodwork.example/fhir/Id/\(row.system)"
        let identifier = #"{"system":"\#(system)","value":"\#(row.id)"}"#
        let along = #"{"resourceType":"\#(row.type)","identifier":[\#(identifier)]}"#
        for performer in [
            #"{"reference":"urn:uuid:44444444-4444-4444-8444-444444444444"}"#,
            #"{"type":"\#(row.type)","identifier":\#(identifier)}"#,
        ] {
            let request = Requests.serviceRequest.replacing(
                #"{"reference":"HealthcareService/workwell-manchester.be-well"}"#,
                with: performer
            )
            let parts = [Requests.patient, request, Requests.consent, along]
            let read = try SentReferral(FHIRResource(Requests.bundle(parts)))
                .read(from: world.sender)
            #expect(read.programme == "workwell-manchester")
            #expect(read.referral.strand == row.strand, "\(performer)")
        }
    }

    private static func message(_ reason: String, _ request: String) -> JSONObject {
        let header = """
            {"resourceType":"MessageHeader","eventCoding":{"system":"https://fhir.nhs.uk/CodeSystem/message-events-bars",
             "code":"servicerequest-request"},"source":{"endpoint":"https://practice.example"},
             "reason":{"coding":[{"system":"https://fhir.nhs.uk/CodeSystem/message-reason-bars","code":"\(reason)"}]}}
            """
        let flag = #"{"resourceType":"Flag","status":"active"}"#
        // The header comes first: the Patient's address is the second, the request's the third.
        let parts = [header, Requests.patient, request, Requests.consent, flag].map { part in
            part.replacing(
                "urn:uuid:11111111-1111-4111-8111-111111111111",
                with: "urn:uuid:22222222-2222-4222-8222-222222222222"
            )
        }
        return Requests.bundle(parts, type: "message")
    }

    @Test func `a message of BaRS makes the same referral, and takes one back`() throws {
        let world = try World()
        let plan = Requests.serviceRequest.replacing(
            #""intent":"order""#,
            with: #""intent":"plan""#
        )
        let sent = try FHIRResource(Self.message("new", plan))
        #expect(sent.warnings.map(\.code) == [.notSupported])
        guard case .referral = try IncomingMessage(sent) else {
            Issue.record("no referral")
            return
        }
        let read = try SentReferral(sent).read(from: world.sender)
        // What waits its turn is taken with or without saying so; nobody is told that it is urgent.
        let routine = plan.replacing(
            #""intent":"plan""#,
            with: #""intent":"plan","priority":"routine""#
        )
        let said = try FHIRResource(Self.message("new", routine))
        #expect(throws: Never.self) { try SentReferral(said).read(from: world.sender) }
        let urgent = try FHIRResource(
            Self.message("new", routine.replacing("routine", with: "asap"))
        )
        #expect(throws: FHIRIssues.self) { try SentReferral(urgent).read(from: world.sender) }
        #expect(read.referral.identity.familyName == "Marple")
        for (status, isInError) in [("revoked", false), ("entered-in-error", true)] {
            let request = plan.replacing(#""status":"active""#, with: #""status":"\#(status)""#)
            let resource = try FHIRResource(Self.message("update", request))
            guard case .cancellation(let read) = try IncomingMessage(resource) else {
                Issue.record("no cancellation")
                return
            }
            #expect(read.isInError == isInError)
            #expect(read.identifiers == ["https://practice.example/ref|R-77"])
            #expect(read.keys == ["fhir:https://practice.example/ref|R-77"])
        }
        #expect(throws: FHIRIssues.self) {
            try IncomingMessage(FHIRResource(Self.message("update", plan)))
        }
    }
}
