import Application
import FHIRMapping
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// What is not done is not said to be done.
@Suite struct HonestyTests {
    /// The transaction of a referral with one entry more.
    private static func sending(_ resource: String, to url: String) -> String {
        FHIRBodies.transaction().replacing(
            #""request":{"method":"POST","url":"QuestionnaireResponse"}}]"#,
            with: #""request":{"method":"POST","url":"QuestionnaireResponse"}},"#
                + #"{"resource":\#(resource),"request":{"method":"POST","url":"\#(url)"}}]"#
        )
    }

    static let strays: [(type: String, resource: String)] = [
        (
            "Communication",
            #"{"resourceType":"Communication","status":"completed","payload":[{"contentString":"Hello"}]}"#
        ),
        ("Medication", #"{"resourceType":"Medication"}"#),
        (
            "Subscription",
            #"{"resourceType":"Subscription","status":"requested","reason":"x","criteria":"Task","channel":{"type":"rest-hook"}}"#
        ),
    ]

    @Test("What a referral does not read is refused, or left out with a warning", arguments: strays)
    func beside(_ type: String, _ resource: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let body = Self.sending(resource, to: type)
            let strict = await scene.practice.post("/fhir/R4", body)
            #expect(strict.status == 422, "\(strict.json.text)")
            let place = "not-supported Bundle.entry[6].resource"
            #expect(strict.issues.contains { $0.hasPrefix(place) }, "\(strict.issues)")
            #expect(try await installation.count("cases") == 0)
            let lenient = await scene.practice.post(
                "/fhir/R4",
                body,
                headers: ["prefer": "handling=lenient"]
            )
            #expect(lenient.status == 200, "\(lenient.json.text)")
            let outcome = lenient["entry"]?.array?.last?["response"]?["outcome"]
            #expect(outcome?["issue"]?.array?.first?["severity"]?.string == "warning")
            #expect(throws: Never.self) { try lenient.fhir() }
        }
    }

    @Test("An entry is sent to the address of its type")
    func places() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            for url in ["Observation", "Nonsense/$do?x=y"] {
                let body = FHIRBodies.transaction().replacing(
                    #""url":"Consent""#,
                    with: #""url":"\#(url)""#
                )
                let answer = await scene.practice.post("/fhir/R4", body)
                #expect(answer.status == 400)
                #expect(
                    answer.issues.first?.hasPrefix("value Bundle.entry[2].request.url") == true,
                    "\(answer.issues)"
                )
            }
            #expect(try await installation.count("cases") == 0)
        }
    }

    @Test("No more comes back of a transaction than is asked for")
    func minimal() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let answer = await scene.practice.post(
                "/fhir/R4",
                FHIRBodies.transaction(),
                headers: ["prefer": "return=minimal"]
            )
            let entries = answer["entry"]?.array ?? []
            #expect(entries.count == 6 && entries.allSatisfy { $0["resource"] == nil })
            let place = entries[1]["response"]?["location"]?.string
            #expect(place?.hasPrefix("ServiceRequest/") == true)
        }
    }

    @Test("What is said to be somewhere is there")
    func locations() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let answer = await scene.practice.post("/fhir/R4", FHIRBodies.transaction())
            let places = (answer["entry"]?.array ?? []).compactMap {
                $0["response"]?["location"]?.string
            }
            #expect(places.count == 5 && places[0].hasPrefix("Patient/"))
            for place in places {
                #expect(await scene.practice.get("/fhir/R4/\(place)").status == 200, "\(place)")
            }
        }
    }

    @Test("A status that does not come about is refused")
    func statuses() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.referByTransaction()
            let path = "/fhir/R4/ServiceRequest/\(id)"
            func sent(_ status: String) async -> TestClient.Answer {
                var request = await scene.practice.get(path).json.object ?? JSONObject()
                request["status"] = .string(status)
                return await scene.practice.send(.put, path, JSONValue.object(request).text)
            }
            #expect(await sent("active").status == 200)
            let completed = await sent("completed")
            #expect(completed.status == 422, "\(completed.json.text)")
            installation.clock.advance()
            #expect(await sent("revoked")["status"]?.string == "revoked")
            #expect(await sent("revoked").status == 200)
            let back = await sent("active")
            #expect(back.status == 422 && back.issues.first?.contains(".status") == true)
        }
    }

    @Test("Once the service is in contact, whoever cancels asks; what is over is over")
    func cancelling() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.referByTransaction()
            let path = "/fhir/R4/Task/\(id)"
            for status in ["accepted", "in-progress"] {
                installation.clock.advance()
                let moved = await scene.manager.send(.patch, path, #"{"status":"\#(status)"}"#)
                #expect(moved.status == 200, "\(moved.json.text)")
            }
            for _ in 0..<2 {
                installation.clock.advance()
                let asked = await scene.practice.send(
                    .patch,
                    path,
                    #"{"status":"cancelled","statusReason":{"text":"She has moved"}}"#
                )
                #expect(asked["status"]?.string == "in-progress", "\(asked.json.text)")
                let business = asked["businessStatus"]?["coding"]?.array?.first?["code"]
                #expect(business?.string == "5.2")
            }
            let elsewhere = await scene.manager.send(
                .patch,
                path,
                #"{"status":"completed","for":{"reference":"Patient/another"}}"#
            )
            #expect(elsewhere.status == 422, "\(elsewhere.json.text)")
            let fault = "business-rule Task.for The case is of Patient/"
            #expect(elsewhere.issues.first?.hasPrefix(fault) == true, "\(elsewhere.issues)")
            installation.clock.advance()
            let done = await scene.manager.send(.patch, path, #"{"status":"completed"}"#)
            #expect(done["status"]?.string == "completed", "\(done.json.text)")
            let before = try await installation.count("journal")
            let late = await scene.practice.send(.patch, path, #"{"status":"entered-in-error"}"#)
            #expect(late.status == 422 && late.json.text.contains("already-over"))
            #expect(try await installation.count("journal") == before)
            let other = await scene.practice.send(
                .patch,
                path,
                #"{"resourceType":"Parameters","parameter":[]}"#
            )
            #expect(other.status == 400 && other.issues.count == 1, "\(other.issues)")
        }
    }
}
