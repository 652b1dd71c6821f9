import Application
import Casework
import FHIRModel
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// A case is referred on within a transaction, by Tasks that are part of the case's.
@Suite struct OnwardTransactionTests {
    private struct Scene {
        var coach: TestClient
        var practice: TestClient
        var id: String
        var person: String
        var other: String

        init(_ installation: TestInstallation) async throws {
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let second = try await AccessScene.makeCase(installation, 2)
            coach = try await test.client(.coach, of: "big-life", scopes: "system/*.cruds")
            practice = try await test.client(.referrer, of: "P84001", scopes: "system/*.cruds")
            (id, person) = (header.id.text, header.person.text)
            other = second.person.text
        }

        func send(_ entries: [String], by client: TestClient? = nil) async -> TestClient.Answer {
            let all = entries.joined(separator: ",")
            return await (client ?? coach).post(
                "/fhir/R4",
                #"{"resourceType":"Bundle","type":"transaction","entry":[\#(all)]}"#
            )
        }

        /// A Task that is part of the case's.
        func task(_ more: String, url: String = "", partOf: String? = nil) -> String {
            """
            {"fullUrl":"\(url.isEmpty ? "urn:uuid:9" : url)",
             "resource":{"resourceType":"Task","status":"requested","intent":"order",
              "partOf":[{"reference":"\(partOf ?? "Task/\(id)")"}],\(more)},
             "request":{"method":"POST","url":"Task"}}
            """
        }

        /// A ServiceRequest that is sent with such a Task.
        func request(_ service: String, _ more: String = "") -> String {
            """
            {"fullUrl":"urn:uuid:1",
             "resource":{"resourceType":"ServiceRequest","status":"active","intent":"order",
              "basedOn":[{"reference":"ServiceRequest/\(id)"}],\(more)
              "subject":{"reference":"Patient/\(person)"},
              "performer":[{"reference":"\(service)"}]},
             "request":{"method":"POST","url":"ServiceRequest"}}
            """
        }

        func owner(_ service: String) -> String { #""owner":{"reference":"\#(service)"}"# }
    }

    private static let talking = "HealthcareService/workwell-manchester.onward.talking-therapies"
    private static let hub = "HealthcareService/workwell-manchester.onward.living-well-hub"
    private static let focus = #""focus":{"reference":"urn:uuid:1"}"#

    private static func statuses(_ answer: TestClient.Answer) -> [String] {
        (answer["entry"]?.array ?? []).map {
            String(($0["response"]?["status"]?.string ?? "").prefix(3))
        }
    }

    @Test("Tasks, what they ask for and what is said of them", arguments: Backend.allCases)
    func referredOn(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await Scene(installation)
            let before = await scene.coach.get("/fhir/R4/Task?part-of=Task/\(scene.id)").found
            let note = """
                {"resource":{"resourceType":"Communication","status":"completed",
                  "about":[{"reference":"urn:uuid:2"}],"payload":[{"contentString":"Both asked."}]},
                 "request":{"method":"POST","url":"Communication"}}
                """
            let answer = await scene.send([
                note, scene.request(Self.hub), scene.task(Self.focus, url: "urn:uuid:2"),
                scene.task(scene.owner(Self.talking)),
            ])
            #expect(Self.statuses(answer) == ["201", "200", "201", "201"], "\(answer.json.text)")
            #expect(throws: Never.self) { try answer.fhir() }
            let made = (answer["entry"]?.array ?? []).compactMap { $0["resource"] }
            #expect(
                made.compactMap { $0["description"]?.string } == [
                    "Living Well Hub", "NHS Talking Therapies Manchester",
                ]
            )
            // What was asked for is the case's own ServiceRequest.
            #expect(made[1]["id"]?.string == scene.id)
            #expect(made[2]["focus"]?["reference"]?.string == "ServiceRequest/\(scene.id)")
            let after = await scene.coach.get("/fhir/R4/Task?part-of=Task/\(scene.id)").found
            #expect(Set(after).subtracting(before).count == 2, "\(after)")
        }
    }

    @Test("A Task is part of one that the same transaction changes")
    func changed() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await Scene(installation)
            let task = await scene.coach.get("/fhir/R4/Task/\(scene.id)")
            let answer = await scene.send([
                scene.task(scene.owner(Self.hub), partOf: "urn:uuid:3"),
                """
                {"fullUrl":"urn:uuid:3","resource":\(task.json.text),
                 "request":{"method":"PUT","url":"Task/\(scene.id)"}}
                """,
            ])
            #expect(Self.statuses(answer) == ["201", "200"], "\(answer.json.text)")
        }
    }

    @Test("Of what is wrong nothing holds, and its place is told")
    func wrong() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await Scene(installation)
            let good = scene.task(scene.owner(Self.hub))
            let elsewhere = #""for":{"reference":"Patient/\#(scene.other)"},"#
            let cases: [(entries: [String], says: String, place: String)] = [
                (
                    [good, scene.task(scene.owner("HealthcareService/none"))],
                    "Name a HealthcareService", "Bundle.entry[1].resource.owner"
                ),
                ([good, scene.task(#""intent":"order""#)], "", "Bundle.entry[1].resource"),
                (
                    [scene.task(elsewhere + scene.owner(Self.hub))], "The case is of Patient/",
                    "Bundle.entry[0].resource.for"
                ),
                (
                    [
                        scene.request(Self.hub).replacing(scene.person, with: scene.other),
                        scene.task(Self.focus),
                    ],
                    "of another Patient", "Bundle.entry[1].resource.contained[0].subject"
                ),
                (
                    [
                        scene.request(Self.hub).replacing("active", with: "revoked"),
                        scene.task(Self.focus),
                    ],
                    "is active", "Bundle.entry[1].resource.contained[0].status"
                ),
                (
                    [scene.task(Self.focus), scene.request("HealthcareService/none")],
                    "Name a HealthcareService",
                    "Bundle.entry[0].resource.contained[0].performer[0]"
                ),
                (
                    [scene.task(scene.owner(Self.hub), partOf: "urn:uuid:404")],
                    "Send one ServiceRequest", "Bundle"
                ),
                // One that opens a case and one that refers a case on are two things.
                (
                    [good, scene.request(Self.hub)], "send this apart",
                    "Bundle.entry[0].resource.partOf"
                ),
            ]
            let before = try await installation.count("journal")
            for (entries, says, place) in cases {
                let answer = await scene.send(entries)
                #expect((400..<500).contains(answer.status), "\(answer.json.text)")
                let told = answer.issues.joined(separator: "\n")
                #expect(told.contains(says) && told.contains(place), "\(told)")
            }
            let own = await scene.send([good], by: scene.practice)
            #expect(own.status == 403, "\(own.json.text)")
            #expect(try await installation.count("journal") == before)
        }
    }
}
