import Casework
import FHIRModel
import Kernel
import Testing

@testable import FHIRMapping

/// A referral that comes as a message of BaRS.
@Suite struct ReferralMessageTests {
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
