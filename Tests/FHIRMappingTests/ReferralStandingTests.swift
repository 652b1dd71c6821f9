import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

/// Of what a referral says only what stands is read: nothing old, ended, withdrawn or in doubt.
@Suite struct ReferralStandingTests {
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
}
