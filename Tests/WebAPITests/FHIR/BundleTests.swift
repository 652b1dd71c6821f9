import Application
import FHIRModel
import Kernel
import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// Bundles: transactions of which all holds or nothing, and batches.
@Suite struct BundleTests {
    private static func goal(_ words: String, _ id: String) -> String {
        """
        {"resourceType":"Goal","lifecycleStatus":"active","subject":{"display":"her"},
         "identifier":[{"system":"https://goodwork.example/fhir/Id/goal","value":"\(words)"}],
         "description":{"text":"\(words)"},"addresses":[{"reference":"ServiceRequest/\(id)"}]}
        """
    }

    private static func score(_ value: Int, _ id: String) -> String {
        """
        {"resourceType":"Observation","status":"final","valueInteger":\(value),
         "basedOn":[{"reference":"ServiceRequest/\(id)"}],
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"720433000"}]}}
        """
    }

    private static func bundle(_ type: String, _ entries: [(String, String, String?)]) -> String {
        let all = entries.map { method, url, resource in
            let sent = resource.map { #""resource":\#($0),"# } ?? ""
            return #"{\#(sent)"request":{"method":"\#(method)","url":"\#(url)"}}"#
        }
        return
            #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(all.joined(separator: ","))]}"#
    }

    private static func statuses(_ answer: TestClient.Answer) -> [String] {
        (answer.json["entry"]?.array ?? []).map {
            String(($0["response"]?["status"]?.string ?? "").prefix(3))
        }
    }

    @Test("Of a transaction all holds, or nothing", arguments: Backend.allCases)
    func transactions(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await EntryTests.supported(scene)
            let before = try await installation.count("journal")
            let wrong = await scene.coach.post(
                "/fhir/R4",
                Self.bundle(
                    "transaction",
                    [
                        ("POST", "Goal", Self.goal("walk", id)),
                        ("POST", "Observation", Self.score(99, id)),
                    ]
                )
            )
            #expect(wrong.status == 422, "\(wrong.json.text)")
            let place = "value Bundle.entry[1].resource.value "
            #expect(wrong.issues.first?.hasPrefix(place) == true, "\(wrong.issues)")
            #expect(try await installation.count("journal") == before)
            // What is wrong in two entries is told of both.
            let nameless = Self.bundle(
                "transaction",
                [
                    ("POST", "Goal", Self.goal("x", String(repeating: "0", count: 26))),
                    ("POST", "Goal", Self.goal("y", id)),
                    ("POST", "Observation", Self.score(9, String(repeating: "0", count: 26))),
                ]
            )
            let both = await scene.coach.post("/fhir/R4", nameless)
            #expect(both.status == 422 && both.issues.count == 2, "\(both.issues)")
            let right = await scene.coach.post(
                "/fhir/R4",
                Self.bundle(
                    "transaction",
                    [
                        ("POST", "Goal", Self.goal("walk", id)),
                        ("POST", "Goal", Self.goal("sleep", id)),
                        ("POST", "Observation", Self.score(9, id)), ("GET", "Task/\(id)", nil),
                    ]
                )
            )
            #expect(Self.statuses(right) == ["201", "201", "201", "200"], "\(right.json.text)")
            #expect(throws: Never.self) { try right.fhir() }
            let goals = (right["entry"]?.array ?? []).compactMap {
                $0["resource"]?["description"]?["text"]?.string
            }
            #expect(goals == ["walk", "sleep"])
            for (entry, says) in [
                (("DELETE", "Goal/\(id).x", nil), "takes"),
                (("PUT", "Goal/\(id).x", Self.goal("x", id)), "no Goal"),
                (
                    ("POST", "Goal", Self.goal("x", String(repeating: "0", count: 26))),
                    "There is no"
                ),
            ] as [((String, String, String?), String)] {
                let answer = await scene.coach.post("/fhir/R4", Self.bundle("transaction", [entry]))
                #expect((400..<500).contains(answer.status), "\(entry)")
                #expect(answer.json.text.contains(says), "\(answer.json.text)")
            }
        }
    }

    @Test("Each entry of a batch is by itself")
    func batches() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await EntryTests.supported(scene)
            let answer = await scene.coach.post(
                "/fhir/R4",
                Self.bundle(
                    "batch",
                    [
                        ("POST", "Observation", Self.score(99, id)),
                        ("POST", "Observation", Self.score(9, id)), ("GET", "Task/\(id)", nil),
                        ("GET", "Task?status=in-progress", nil), ("GET", "Task/nothing", nil),
                        ("GET", "Medication", nil), ("DELETE", "Task/\(id)", nil),
                        ("POST", "/", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}"),
                        ("HEAD", "Task/\(id)", nil), ("HEAD", "Task/nothing", nil),
                    ]
                )
            )
            #expect(
                Self.statuses(answer) == [
                    "422", "201", "200", "200", "404", "404", "405", "422", "200", "404",
                ],
                "\(answer.json.text)"
            )
            #expect(throws: Never.self) { try answer.fhir() }
            // What is asked for by HEAD is answered with its mark alone.
            let head = answer["entry"]?.array?[8]
            #expect(head?["resource"] == nil && head?["response"]?["etag"] != nil)
            let fault = answer["entry"]?.array?.first?["response"]?["outcome"]?["issue"]?.array?
                .first
            let place = fault?["expression"]?.array?.first?.string
            #expect(place?.hasPrefix("Bundle.entry[0].resource") == true)
        }
    }

    @Test("What was withdrawn is gone, and its versions are still there")
    func gone() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation, scopes: "system/*.cruds api/write")
            let id = try await EntryTests.supported(scene)
            installation.clock.advance()
            let made = await scene.coach.post("/fhir/R4/Goal", Self.goal("walk", id))
            let goal = try #require(made["id"]?.string, "\(made.json.text)")
            let event = String(goal.dropFirst(id.count + 1))
            installation.clock.advance()
            let withdrawn = await scene.coach.post(
                "/api/v1/cases/\(id)/entries",
                #"{"voids":[{"event":"\#(event)","reason":"wrong-details","text":"Another goal"}]}"#
            )
            #expect(withdrawn.status == 201, "\(withdrawn.json.text)")
            let read = await scene.coach.get("/fhir/R4/Goal/\(goal)")
            #expect(read.status == 410 && read.issues.first?.hasPrefix("deleted") == true)
            #expect(await scene.coach.get("/fhir/R4/Goal/\(goal)/_history/1").status == 200)
            #expect(await scene.coach.get("/fhir/R4/Goal/\(goal)/_history/2").status == 410)
            #expect(await scene.coach.get("/fhir/R4/Goal").found == [])
            let history = await scene.coach.get("/fhir/R4/Goal/\(goal)/_history")
            #expect(throws: Never.self) { try history.fhir() }
            let methods = (history["entry"]?.array ?? []).map {
                $0["request"]?["method"]?.string ?? ""
            }
            #expect(methods == ["DELETE", "POST"])
            // Whoever may not see what it was last is not told that it was there.
            for (search, status, entries) in [
                ("lifecycle-status=completed", 404, 0), ("lifecycle-status:not=completed", 410, 2),
            ] {
                let narrow = try await scene.test.client(
                    .coach,
                    of: "big-life",
                    scopes: "system/Goal.rs?\(search)"
                )
                let gone = await narrow.get("/fhir/R4/Goal/\(goal)")
                #expect(gone.status == status, "\(search)")
                let versions = await narrow.get("/fhir/R4/Goal/\(goal)/_history")
                #expect(versions.status == (entries == 0 ? 404 : 200), "\(search)")
                #expect((versions["entry"]?.array ?? []).count == entries, "\(search)")
            }
            let put = await scene.coach.send(.put, "/fhir/R4/Goal/\(goal)", made.json.text)
            #expect(put.status == 410)
            let exists = await scene.coach.post("/fhir/R4/Goal?identifier=x", Self.goal("y", id))
            #expect(exists.status == 412)
        }
    }

    @Test("What is changed is changed on its version")
    func updates() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await EntryTests.supported(scene)
            installation.clock.advance()
            let made = await scene.coach.post("/fhir/R4/Goal", Self.goal("walk", id))
            let goal = try #require(made["id"]?.string, "\(made.json.text)")
            installation.clock.advance()
            let done = await scene.coach.send(
                .patch,
                "/fhir/R4/Goal/\(goal)",
                #"{"lifecycleStatus":"completed"}"#,
                headers: ["if-match": "W/\"1\"", "prefer": "return=minimal"]
            )
            #expect(done.status == 200 && done.response.body.isEmpty, "\(done.json.text)")
            #expect(done.response["ETag"] == "W/\"2\"")
            let again = await scene.coach.send(
                .patch,
                "/fhir/R4/Goal/\(goal)",
                #"{"lifecycleStatus":"cancelled"}"#,
                headers: ["if-match": "W/\"1\""]
            )
            #expect(again.status == 412)
            let consent = await scene.coach.get("/fhir/R4/Consent/\(id).share-with-referrer")
            let text = consent.json.text.replacing(#""active""#, with: #""inactive""#)
            let withdrawn = await scene.coach.send(
                .put,
                "/fhir/R4/Consent/\(id).share-with-referrer",
                text
            )
            #expect(withdrawn["status"]?.string == "inactive", "\(withdrawn.json.text)")
            for (method, path, body, status) in [
                (.put, "Goal/\(goal)", Self.goal("x", id).replacing("Goal", with: "Task"), 400),
                (.put, "Goal/\(id).none", Self.goal("x", id), 404),
                (.patch, "Goal/\(goal)", "[]", 400), (.patch, "Goal/\(goal)", "{", 400),
                (.put, "Observation/\(id)", "{}", 405), (.delete, "Goal/\(goal)", nil, 405),
            ] as [(Request.Method, String, String?, Int)] {
                let answer = await scene.coach.send(method, "/fhir/R4/\(path)", body)
                #expect(answer.status == status, "\(path): \(answer.json.text)")
            }
        }
    }
}
