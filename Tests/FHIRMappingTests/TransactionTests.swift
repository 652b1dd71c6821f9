import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

/// What comes beside a referral in its transaction, and how its parts find each other.
@Suite struct TransactionTests {
    /// What is sent beside a referral in its transaction, and what is said of it.
    static let strays: [(resource: String, expression: String, code: String)] = [
        (
            #"{"resourceType":"Communication","status":"completed","payload":[{"contentString":"Hello"}]}"#,
            "Bundle.entry[6].resource", "not-supported"
        ),
        (
            #"{"resourceType":"Flag","status":"active"}"#, "Bundle.entry[6].resource",
            "not-supported"
        ),
        (
            #"{"resourceType":"Condition","subject":{"display":"her"},"code":{"text":"Asthma"}}"#,
            "Bundle.entry[6].resource", "not-supported"
        ),
        (
            Requests.answers.replacing("completed", with: "entered-in-error"),
            "Bundle.entry[6].resource", "not-supported"
        ),
        (
            #"{"resourceType":"Patient","name":[{"family":"Other"}]}"#, "Bundle.entry[6].resource",
            "not-supported"
        ),
        (
            Requests.employment.replacing("74165-2", with: "8480-6"), "Bundle.entry[6].resource",
            "not-supported"
        ),
        (
            Requests.employment.replacing("final", with: "entered-in-error"),
            "Bundle.entry[6].resource", "not-supported"
        ),
        (
            Requests.employment.replacing(
                "urn:uuid:11111111-1111-4111-8111-111111111111",
                with: "Patient/another"
            ), "Bundle.entry[6].resource.subject", "business-rule"
        ),
    ]

    private static func withStray(_ stray: String) -> JSONObject {
        Requests.bundle([
            Requests.patient, Requests.serviceRequest, Requests.consent, Requests.task,
            Requests.employment, Requests.answers, stray,
        ])
    }

    @Test(arguments: strays.indices)
    func `what a referral does not read is refused and not lost`(index: Int) throws {
        let row = Self.strays[index]
        let world = try World()
        let resource = try FHIRResource(Self.withStray(row.resource))
        let issues = #expect(throws: FHIRIssues.self) {
            try SentReferral(resource).read(from: world.sender)
        }
        let found = issues?.issues.map { "\($0.expression ?? "") \($0.code.rawValue)" }
        #expect(found == ["\(row.expression) \(row.code)"])
        var lenient = world.sender
        lenient.isLenient = true
        if row.code == "not-supported" {
            let read = try SentReferral(resource).read(from: lenient)
            #expect(read.leftOut.map(\.expression) == [row.expression])
            #expect(read.leftOut.map(\.severity) == [.warning])
            #expect(read.referral.employmentStatus == "off-sick")
        }
    }

    @Test(arguments: [("2025-01-01", "off-sick"), ("2025-05-31", "in-work"), ("", "in-work")])
    func `of several employment statuses the latest counts`(on: String, expected: String) throws {
        let dated = Requests.employment.replacing(
            #""final","#,
            with: #""final","effectiveDateTime":"2025-03-01","#
        )
        let day = on.isEmpty ? "" : #""effectiveDateTime":"\#(on)","#
        let other = Requests.employment.replacing("224459001", with: "224363007")
            .replacing(#""final","#, with: #""final","# + day)
        for parts in [[dated, other], [other, dated]] {
            let all = [Requests.patient, Requests.serviceRequest, Requests.consent] + parts
            let sent = try FHIRResource(Requests.bundle(all + [Requests.answers]))
            let read = try SentReferral(sent).read(from: World().sender)
            #expect(read.referral.employmentStatus == expected)
        }
    }

    @Test func `a relative reference leads to the entry whose address ends so`() throws {
        let urls = [
            "urn:uuid:11111111-1111-4111-8111-111111111111": "https://gp.example/fhir/Patient/12",
            "urn:uuid:22222222-2222-4222-8222-222222222222":
                "https://gp.example/fhir/ServiceRequest/3",
        ]
        var text = JSONValue.object(Requests.transaction).text
        for (uuid, url) in urls {
            let relative = url.replacing("https://gp.example/fhir/", with: "")
            text = text.replacing(#""reference":"\#(uuid)""#, with: #""reference":"\#(relative)""#)
                .replacing(uuid, with: url)
        }
        let sent = try FHIRResource(parsing: Array(text.utf8))
        let read = try SentReferral(sent).read(from: World().sender)
        #expect(read.referral.identity.familyName == "Marple")
    }
}
