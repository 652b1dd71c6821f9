import Application
import FHIRModel
import Kernel
import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// What is told of a case by FHIR, alone, in a batch and in a transaction.
@Suite struct EntryTests {
    private static let own = "https://goodwork.example/fhir/CodeSystem"

    private static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    /// The type, what is sent but for the case, and the status of the answer to the coach.
    static let entries: [(type: String, json: String, status: Int)] = [
        (
            "Observation",
            #""status":"final","code":{"coding":[{"system":"http://snomed.info/sct","code":"720433000"}]},"valueInteger":12"#,
            201
        ),
        (
            "Observation",
            #""status":"final","code":{"coding":[{"system":"http://snomed.info/sct","code":"720433000"}]},"valueInteger":99"#,
            422
        ),
        (
            "Observation",
            #""status":"final","code":{"coding":[{"system":"http://loinc.org","code":"74165-2"}]},"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"73438004"}]}"#,
            201
        ),
        (
            "Observation",
            #""status":"final","code":{"coding":[{"system":"http://loinc.org","code":"1-1"}]}"#, 422
        ),
        ("Observation", #""status":"finished","code":{"text":"x"}"#, 400),
        ("Observation", #""colour":"red","status":"final","code":{"text":"x"}"#, 400),
        (
            "Goal",
            #""lifecycleStatus":"active","subject":{"reference":"Patient/P"},"description":{"text":"Walk to work"}"#,
            201
        ),
        (
            "Goal",
            #""lifecycleStatus":"completed","subject":{"reference":"Patient/P"},"description":{"text":"x"}"#,
            422
        ),
        (
            "CarePlan",
            #""status":"active","intent":"plan","subject":{"reference":"Patient/P"},"category":[{"coding":[{"system":"\#(own)/plan","code":"thrive-in-work"}]}]"#,
            201
        ),
        (
            "Appointment",
            #""status":"booked","start":"2025-06-05T09:30:00Z","participant":[{"status":"accepted","actor":{"display":"her"}}],"serviceType":[{"coding":[{"system":"\#(own)/appointment","code":"phone"}]}]"#,
            201
        ),
        (
            "Communication", #""status":"completed","payload":[{"contentString":"For the team"}]"#,
            201
        ),
        (
            "Communication",
            #""status":"completed","payload":[{"contentString":"\#(long(3_000))"},{"contentString":"\#(long(1_000))"}]"#,
            422
        ),
        (
            "Goal",
            #""lifecycleStatus":"active","subject":{"reference":"Patient/P"},"description":{"text":"\#(long(4_001))"}"#,
            422
        ),
        (
            "Consent",
            #""status":"rejected","patient":{"reference":"Patient/P"},"scope":{"text":"x"},"category":[{"text":"x"}],"policyRule":{"text":"x"},"provision":{"type":"deny","purpose":[{"system":"\#(own)/consent-scope","code":"evaluation"}]}"#,
            201
        ),
        (
            "Procedure",
            #""status":"completed","subject":{"reference":"Patient/P"},"code":{"coding":[{"system":"\#(own)/intervention","code":"no-such"}]}"#,
            422
        ),
    ]

    /// A case that the coach works with.
    static func supported(_ scene: FHIRScene) async throws -> String {
        let id = try await scene.referByTransaction()
        for status in ["accepted", "in-progress"] {
            let moved = await scene.manager.send(
                .patch,
                "/fhir/R4/Task/\(id)",
                #"{"status":"\#(status)"}"#
            )
            #expect(moved.status == 200, "\(moved.json.text)")
        }
        return id
    }

    private static func body(
        _ type: String,
        _ json: String,
        _ id: String,
        _ patient: String
    ) -> String {
        let place =
            ["Consent", "Goal", "CarePlan"].contains(type)
            ? "" : #""basedOn":[{"reference":"ServiceRequest/\#(id)"}],"#
        return #"{"resourceType":"\#(type)",\#(place)\#(json)}"#
            .replacing("Patient/P", with: patient)
    }

    @Test("Each kind of resource becomes an entry, or is refused", arguments: Backend.allCases)
    func entries(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await Self.supported(scene)
            let task = await scene.coach.get("/fhir/R4/Task/\(id)")
            let patient = try #require(task["for"]?["reference"]?.string)
            for entry in Self.entries {
                installation.clock.advance()
                let path = "/fhir/R4/\(entry.type)"
                let body = Self.body(entry.type, entry.json, id, patient)
                let answer = await scene.coach.post(path, body)
                let what: Comment = "\(entry.type) \(entry.json): \(answer.json.text)"
                #expect(answer.status == entry.status, what)
                #expect(throws: Never.self, what) { try answer.fhir() }
                guard answer.status == 201 else { continue }
                let place = try #require(answer.response["Location"], what)
                let version = String(place.dropFirst("http://127.0.0.1:8080".count))
                let read = await scene.coach.get(version)
                #expect(read.status == 200 && read.json == answer.json, what)
                // Nobody else tells of it: not the referrer, not a stranger.
                #expect(await scene.practice.post(path, body).status == 403, what)
                #expect(await scene.stranger.post(path, body).status == 422, what)
            }
        }
    }
}
