import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

/// What cannot be in a referral is told, at its place.
@Suite struct ReferralFaultTests {
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
        ("0161 496 0000", "0161 49", "Bundle.entry[0].resource.telecom[0].value", "value"),
        ("0161 496 0000", "by post", "Bundle.entry[0].resource.telecom[0].value", "value"),
        ("rose@example.org", "rose@example", "Bundle.entry[0].resource.telecom[1].value", "value"),
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
}
