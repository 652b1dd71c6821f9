import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// A case that is referred on to a service of the guide, which no programme file names.
@Suite struct GuideOnwardTests {
    private static let advice = "ac148810-d857-441c-9679-408f346de14b"
    private static let garden = "48102e86-bb50-41c4-8f1e-e269368c41d1"
    private static let today = TestClock().now.civilDateUK.iso

    /// What is written into the guide: whom it is for decides the employment status.
    private static func service(
        _ name: String,
        for status: String,
        organisation: String
    ) -> String {
        """
        {"name": "\(name)", "status": "active",
         "eligibility_rule": "eligibility:\\n  - id: work\\n    require: {employment_status: [\(status)]}\\n    says: \(name) is for people \(status).",
         "organization": {"id": "\(organisation)", "name": "Bridge", "description": "A charity."}}
        """
    }

    private static func sent(_ service: String, as onward: String = "o9") -> String {
        """
        {"entries": [{"type": "onward.sent", "on": "\(today)", "onward": "\(onward)",
                      "service": "\(service)"}]}
        """
    }

    private static func moved(_ to: String) -> String {
        """
        {"entries": [{"type": "onward.moved", "on": "\(today)", "onward": "o9", "to": "\(to)"}]}
        """
    }

    /// A case, and two services of bridge's: advice for whoever is off sick, a garden for others.
    private static func scene(
        _ installation: TestInstallation
    ) async throws -> (test: TestAPI, coach: TestClient, bridge: TestClient, path: String) {
        let test = TestAPI(installation)
        let bridge = try await test.client(.manager, of: "bridge")
        let own = StableUUID.of("organisation bridge")
        for (id, name, status) in [
            (advice, "Advice", "off-sick"), (garden, "Garden", "out-of-work"),
        ] {
            let body = service(name, for: status, organisation: own)
            #expect(await bridge.send(.put, "/directory/services/\(id)", body).status == 201)
        }
        let header = try await AccessScene.makeCase(installation, 1)
        let coach = try await test.client(.coach, of: "big-life", scopes: "api/read api/write")
        return (test, coach, bridge, "/api/v1/cases/\(header.id.text)")
    }

    @Test(
        "It is offered with its reason, sent, answered by its giver, and keeps its name",
        arguments: Backend.allCases
    )
    func journey(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let (_, coach, bridge, path) = try await Self.scene(installation)
            let offers = await coach.get(path + "/onward-services")["items"]?.array ?? []
            func offer(_ id: String) -> JSONValue? {
                offers.first { $0["service"]?.string == id }
            }
            #expect(offer(Self.advice)?["verdict"]?.string == "met")
            #expect(offer(Self.advice)?["from"]?.string == "guide")
            #expect(offer(Self.advice)?["organisation"]?.string == "bridge")
            #expect(offer(Self.garden)?["verdict"]?.string == "not-met")
            let why = offer(Self.garden)?["says"]?.array?.compactMap(\.string)
            #expect(why == ["Garden is for people out-of-work."])
            #expect(offers.contains { $0["from"]?.string == "programme" })

            let refused = await coach.post(path + "/entries", Self.sent(Self.garden))
            #expect(refused.status == 422 && refused.code == "not-eligible", "\(refused.json.text)")
            #expect(refused.pointers == ["/entries/0/service"])
            #expect(refused["detail"]?.string == "Garden is for people out-of-work.")
            let unknown = await coach.post(path + "/entries", Self.sent("nothing"))
            #expect(unknown.status == 422 && unknown.code == "unknown-value")
            // Nobody else says what a service is called, or who answers for it.
            let named = Self.sent(Self.advice).replacing(
                "\"onward\":",
                with: "\"name\": \"Ours\", \"onward\":"
            )
            #expect(await coach.post(path + "/entries", named).status == 422)

            let sent = await coach.post(path + "/entries", Self.sent(Self.advice))
            #expect(sent.status == 201, "\(sent.json.text)")
            let waiting = await bridge.get("/api/v1/onward")["items"]?.array ?? []
            #expect(waiting.map { $0["service_name"]?.string } == ["Advice"])
            let answered = await bridge.post(path + "/entries", Self.moved("accepted"))
            #expect(answered.status == 201, "\(answered.json.text)")

            // The guide moves on; what was done stays as it was.
            let renamed = Self.service(
                "Welfare rights",
                for: "out-of-work",
                organisation: StableUUID.of("organisation elsewhere")
            )
            let place = "/directory/services/\(Self.advice)"
            #expect(await bridge.send(.put, place, renamed).status == 200)
            let started = await bridge.post(path + "/entries", Self.moved("started"))
            #expect(started.status == 201, "\(started.json.text)")
            let onward = await coach.get(path)["onward"]?.array ?? []
            let kept = onward.first { $0["id"]?.string == "o9" }
            #expect(kept?["name"]?.string == "Advice" && kept?["status"]?.string == "started")
            // Figures count it by the id that a population names.
            let id = String(path.split(separator: "/").last ?? "")
            let programme = try await installation.programme("workwell-manchester")
            let facts = try await installation.history(id).facts(programme: programme)
            #expect(facts?[.onward].contains("\(Self.advice):started") == true)
            let again = await coach.post(path + "/entries", Self.sent(Self.advice, as: "o10"))
            #expect(again.code == "not-eligible", "\(again.json.text)")
        }
    }

    @Test("What was sent once is answered so again, though the service has closed meanwhile")
    func sentTwice() async throws {
        try await withInstallation(.sqlite) { installation in
            let (_, coach, bridge, path) = try await Self.scene(installation)
            let key = ["idempotency-key": "once"]
            let body = Self.sent(Self.advice)
            let first = await coach.post(path + "/entries", body, headers: key)
            #expect(first.status == 201)
            let place = "/directory/services/\(Self.advice)/status"
            #expect(await bridge.post(place, #"{"status": "defunct"}"#).status == 200)
            let second = await coach.post(path + "/entries", body, headers: key)
            #expect(second.status == 201 && second["version"] == first["version"])
            let third = await coach.post(path + "/entries", Self.sent(Self.advice, as: "o10"))
            #expect(third.code == "service-not-open", "\(third.json.text)")
        }
    }

    @Test(
        "Where nobody here gives the service, no organisation sees the case, and the coach answers"
    )
    func noAnswerer() async throws {
        try await withInstallation(.sqlite) { installation in
            let (_, coach, bridge, path) = try await Self.scene(installation)
            let others = Self.service(
                "Advice",
                for: "off-sick",
                organisation: StableUUID.of("organisation nobody here")
            )
            let place = "/directory/services/\(Self.advice)"
            #expect(await bridge.send(.put, place, others).status == 200)
            #expect(await coach.post(path + "/entries", Self.sent(Self.advice)).status == 201)
            #expect(await bridge.get("/api/v1/onward")["items"]?.array?.isEmpty == true)
            #expect(await bridge.post(path + "/entries", Self.moved("accepted")).status == 404)
            #expect(await coach.post(path + "/entries", Self.moved("accepted")).status == 201)
        }
    }

    @Test("Before the plan that the programme asks for, the guide's services wait too")
    func planFirst() async throws {
        try await withInstallation(.sqlite) { installation in
            let (test, coach, _, _) = try await Self.scene(installation)
            let header = try await TestTeam(installation).refer("Ada") {
                $0.employmentStatus = "off-sick"
            }
            let path = "/api/v1/cases/\(header.id.text)"
            let offers = await coach.get(path + "/onward-services")["items"]?.array ?? []
            let advice = offers.first { $0["service"]?.string == Self.advice }
            #expect(advice?["verdict"]?.string == "not-met")
            let says = advice?["says"]?.array?.first?.string ?? ""
            #expect(says.hasPrefix("Agree a plan first"), "\(says)")
            let sent = await coach.post(path + "/entries", Self.sent(Self.advice))
            #expect(sent.code == "plan-needed", "\(sent.json.text)")
            let site = TestSite(test.installation)
            let browser = site.browser(TestTeam.coach)
            for page in ["refer", "guide"] {
                let shown = await browser.get("/cases/\(header.id.text)/onward/\(page)")
                #expect(shown.words.contains("Agree a plan first"), "\(page): \(shown.words)")
                #expect(!shown.words.contains("Refer on to this service"), "\(page)")
            }
        }
    }

    @Test("By FHIR it is a HealthcareService, and a Task of the case's refers to it")
    func byFHIR() async throws {
        try await withInstallation(.sqlite) { installation in
            let (test, _, _, path) = try await Self.scene(installation)
            let id = String(path.split(separator: "/").last ?? "")
            let coach = try await test.client(.coach, of: "big-life", scopes: "system/*.cruds")
            let shown = await coach.get("/fhir/R4/HealthcareService/\(Self.advice)")
            #expect(shown["name"]?.string == "Advice" && shown["active"]?.bool == true)
            #expect(throws: Never.self) { try shown.fhir() }
            func task(_ owner: String) -> String {
                """
                {"resourceType": "Task", "status": "requested", "intent": "order",
                 "partOf": [{"reference": "Task/\(id)"}],
                 "focus": {"reference": "ServiceRequest/\(id)"},
                 "owner": {"reference": "\(owner)"}}
                """
            }
            let made = await coach.post(
                "/fhir/R4/Task",
                task("HealthcareService/\(Self.advice)")
            )
            #expect(made.status == 201, "\(made.json.text)")
            #expect(made["owner"]?["reference"]?.string == "Organization/bridge")
            #expect(made["description"]?.string == "Advice")
            #expect(made["partOf"]?.array?.first?["reference"]?.string == "Task/\(id)")
            let bridge = try await test.client(.coach, of: "bridge", scopes: "system/*.cruds")
            let child = made["id"]?.string ?? ""
            let accepted = await bridge.send(
                .patch,
                "/fhir/R4/Task/\(child)",
                #"{"status": "accepted"}"#,
                headers: ["content-type": "application/merge-patch+json"]
            )
            #expect(accepted.status == 200 && accepted["status"]?.string == "accepted")
            let programmes = "HealthcareService/workwell-manchester.onward.talking-therapies"
            #expect(await coach.get("/fhir/R4/\(programmes)").status == 200)
            let second = await coach.post("/fhir/R4/Task", task(programmes))
            #expect(second.status == 201, "\(second.json.text)")
            let wrong: [(String, Int, String)] = [
                ("HealthcareService/\(Self.garden)", 422, "Garden is for people out-of-work."),
                ("HealthcareService/nothing", 422, "one of the guide by its UUID"),
                ("Organization/nothing", 422, "one of the guide by its UUID"),
            ]
            for (owner, status, says) in wrong {
                let answer = await coach.post("/fhir/R4/Task", task(owner))
                #expect(answer.status == status, "\(owner)")
                #expect(answer.issues.contains { $0.contains(says) }, "\(answer.issues)")
            }
        }
    }
}
