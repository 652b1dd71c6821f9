import Application
import Casework
import FHIRModel
import Kernel
import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// A referral and its loop, as a practice's and a provider's systems walk it by FHIR.
@Suite struct LoopTests {
    /// Sends a Task as it was read, with some members put in the place of what stood.
    private static func put(
        _ client: TestClient,
        _ id: String,
        _ members: JSONObject,
        mark: String? = nil
    ) async -> TestClient.Answer {
        let read = await client.get("/fhir/R4/Task/\(id)")
        var task = read.json.object ?? JSONObject()
        for (key, value) in members.members { task[key] = value }
        let etag = mark ?? read.response["ETag"] ?? ""
        return await client.send(
            .put,
            "/fhir/R4/Task/\(id)",
            JSONValue.object(task).text,
            headers: ["if-match": etag]
        )
    }

    private static func status(_ answer: TestClient.Answer) -> String {
        let business = answer["businessStatus"]?["coding"]?.array?.first?["code"]?.string
        return "\(answer["status"]?.string ?? "-") \(business ?? "-")"
    }

    private static func business(_ code: String) -> JSONObject {
        let system = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
        let coding: JSONObject = ["system": .string(system), "code": .string(code)]
        return ["businessStatus": .object(["coding": .array([.object(coding)])])]
    }

    /// Refers by a transaction, and tells the id of the case.
    static func refer(_ scene: FHIRScene, _ body: String = FHIRBodies.transaction()) async throws
        -> String
    {
        let answer = await scene.practice.post("/fhir/R4", body)
        #expect(answer.status == 200, "\(answer.json.text)")
        #expect(throws: Never.self) { try answer.fhir() }
        let tasks = (answer["entry"]?.array ?? []).compactMap { $0["resource"] }
            .filter { $0["resourceType"]?.string == "Task" }
        return try #require(tasks.first?["id"]?.string, "\(answer.json.text)")
    }

    @Test(
        "Refer, accept, work, answer: each side does what is its own",
        arguments: Backend.allCases
    )
    func loop(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let sent = await scene.practice.post("/fhir/R4", FHIRBodies.transaction())
            #expect(sent.status == 200, "\(sent.json.text)")
            let statuses = (sent["entry"]?.array ?? []).map {
                $0["response"]?["status"]?.string ?? ""
            }
            #expect(
                statuses == [
                    "201 Created", "201 Created", "201 Created", "201 Created", "201 Created",
                    "200 OK",
                ]
            )
            let waiting = await scene.manager.get("/fhir/R4/Task?status=requested")
            let id = try #require(waiting.found.first).dropFirst("Task/".count)
            let task = String(id)
            #expect(waiting.found.count == 1)

            // The referrer cannot accept; the provider does, on the version that it read.
            installation.clock.advance()
            let own = await Self.put(scene.practice, task, ["status": .string("accepted")])
            #expect(own.status == 403, "\(own.json.text)")
            let stale = await Self.put(
                scene.manager,
                task,
                ["status": .string("accepted")],
                mark: "W/\"7\""
            )
            #expect(stale.status == 412 && stale.issues.first?.hasPrefix("conflict") == true)
            // What is said is as short as on the pages.
            let words = String(repeating: "x", count: 5_000)
            let reason = "https://goodwork.example/fhir/CodeSystem/status-reason"
            let wordy = await scene.manager.send(
                .patch,
                "/fhir/R4/Task/\(task)",
                """
                {"status":"rejected","statusReason":
                 {"coding":[{"system":"\(reason)","code":"not-accepted"}],"text":"\(words)"}}
                """
            )
            #expect(
                wordy.status == 422 && wordy.issues.first?.hasPrefix("too-long Task.status") == true
            )
            let accepted = await Self.put(scene.manager, task, ["status": .string("accepted")])
            #expect(accepted.status == 200, "\(accepted.json.text)")
            #expect(Self.status(accepted) == "accepted 3.0")
            #expect(accepted.response["ETag"] == "W/\"2\"")

            // Back to requested is no move.
            let back = await Self.put(scene.manager, task, ["status": .string("requested")])
            #expect(back.status == 422 && back.json.text.contains("wrong-order"))

            installation.clock.advance()
            let patched = await scene.coach.send(
                .patch,
                "/fhir/R4/Task/\(task)",
                #"{"status":"in-progress"}"#
            )
            #expect(patched.status == 200, "\(patched.json.text)")
            #expect(Self.status(patched) == "in-progress 3.0")

            installation.clock.advance()
            let told = await scene.coach.post(
                "/fhir/R4/Communication",
                """
                {"resourceType":"Communication","status":"completed",
                 "basedOn":[{"reference":"ServiceRequest/\(task)"}],
                 "recipient":[{"reference":"Organization/P84001"}],
                 "payload":[{"contentString":"Rose comes each week."}]}
                """
            )
            #expect(told.status == 201, "\(told.json.text)")
            #expect(
                told.response["Location"]?.hasPrefix("http://127.0.0.1:8080/fhir/R4/Communication/")
                    == true
            )
            let heard = await scene.practice.get(
                "/fhir/R4/Communication?based-on=ServiceRequest/\(task)"
            )
            #expect(heard.json.text.contains("Rose comes each week."), "\(heard.json.text)")

            installation.clock.advance()
            let done = await Self.put(scene.coach, task, ["status": .string("completed")])
            #expect(Self.status(done) == "completed 7.0", "\(done.json.text)")
            let seen = await scene.practice.get("/fhir/R4/Task/\(task)")
            #expect(Self.status(seen) == "completed 7.0")
            let history = await scene.practice.get("/fhir/R4/Task/\(task)/_history")
            let versions = (history["entry"]?.array ?? []).map {
                $0["resource"]?["status"]?.string ?? ""
            }
            #expect(versions == ["completed", "in-progress", "accepted", "requested"])
            #expect(throws: Never.self) { try history.fhir() }
            let over = await Self.put(scene.practice, task, ["status": .string("cancelled")])
            #expect(over.status == 422)
        }
    }

    @Test("A cancellation is asked for by the referrer and confirmed by the provider")
    func cancelling() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await Self.refer(scene)
            for status in ["accepted", "in-progress"] {
                installation.clock.advance()
                let moved = await Self.put(scene.manager, id, ["status": .string(status)])
                #expect(moved.status == 200, "\(moved.json.text)")
            }
            installation.clock.advance()
            let stranger = await Self.put(scene.manager, id, Self.business("5.2"))
            #expect(stranger.status == 403)
            let asked = await Self.put(scene.practice, id, Self.business("5.2"))
            #expect(Self.status(asked) == "in-progress 5.2", "\(asked.json.text)")
            installation.clock.advance()
            let confirmed = await Self.put(scene.manager, id, ["status": .string("cancelled")])
            #expect(Self.status(confirmed) == "cancelled 6.0", "\(confirmed.json.text)")
            let request = await scene.practice.get("/fhir/R4/ServiceRequest/\(id)")
            #expect(request["status"]?.string == "revoked")
        }
    }

    @Test("What is sent again refers nobody twice", arguments: Backend.allCases)
    func again(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await Self.refer(scene)
            let before = try await installation.count("cases")
            // The same, a day later.
            installation.clock.advance(milliseconds: 86_400_000)
            let fresh = try await FHIRScene(installation)
            #expect(try await Self.refer(fresh) == id)
            let exists = "identifier=https://practice.example/ref|R-77"
            #expect(try await Self.refer(fresh, FHIRBodies.transaction(condition: exists)) == id)
            for type in ["ServiceRequest", "Task"] {
                let body = FHIRBodies.contained(type, "R-77")
                let header = await fresh.practice.post(
                    "/fhir/R4/\(type)",
                    body,
                    headers: ["if-none-exist": exists]
                )
                #expect(header.status == 200, "\(header.json.text)")
                #expect(header["id"]?.string == id)
                let query = await fresh.practice.post("/fhir/R4/\(type)?\(exists)", body)
                #expect(query.status == 200 && query["id"]?.string == id)
            }
            let message = FHIRBodies.message("new", FHIRBodies.request())
            let sent = await fresh.practice.post("/fhir/R4/$process-message", message)
            #expect(sent.status == 200, "\(sent.json.text)")
            #expect(throws: Never.self) { try sent.fhir() }
            #expect(try await installation.count("cases") == before)
            // Another identifier for the same person: they are here already.
            let other = await fresh.practice.post("/fhir/R4", FHIRBodies.transaction("R-78"))
            #expect(other.status == 409 && other.issues.first?.hasPrefix("duplicate") == true)
            // Another organisation's same identifier is another referral.
            let else_ = try await fresh.test.client(
                .referrer,
                of: "P84002",
                scopes: "system/*.cruds"
            )
            let theirs = await else_.post("/fhir/R4", FHIRBodies.transaction(nhs: "9476719931"))
            #expect(theirs.status == 200, "\(theirs.json.text)")
            #expect(try await installation.count("cases") == before + 1)
        }
    }

    @Test(
        "An identifier that comes again with another person loses nobody",
        arguments: Backend.allCases
    )
    func anotherPerson(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await Self.refer(scene)
            let zoe = { (text: String) in
                text.replacing("Marple", with: "Other").replacing("Rose", with: "Zoe")
                    .replacing("9434765919", with: "9476719931")
            }
            let exists = "identifier=https://practice.example/ref|R-77"
            let message = FHIRBodies.message("new", FHIRBodies.request())
            let number =
                #""identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9476719931"}],"#
            let sent = zoe(FHIRBodies.transaction())
            #expect(sent.contains(number))
            let sendings: [(path: String, body: String)] = [
                ("", sent), ("", sent.replacing(number, with: "")),
                (
                    "",
                    sent.replacing("9476719931", with: "9434765919")
                        .replacing("1970-03-30", with: "1971-03-30")
                ),
                ("", zoe(FHIRBodies.transaction(condition: exists))),
                ("/ServiceRequest", zoe(FHIRBodies.contained("ServiceRequest", "R-77"))),
                ("/ServiceRequest?\(exists)", zoe(FHIRBodies.contained("ServiceRequest", "R-77"))),
                (
                    "/ServiceRequest?identifier=R-77",
                    zoe(FHIRBodies.contained("ServiceRequest", "R-77"))
                ),
                ("/Task", zoe(FHIRBodies.contained("Task", "R-77"))),
                ("/$process-message", zoe(message)),
            ]
            for (path, body) in sendings {
                let answer = await scene.practice.post("/fhir/R4\(path)", body)
                #expect(answer.status == 422, "\(path): \(answer.json.text)")
                let says = "business-rule ServiceRequest.identifier The identifier R-77 of https:"
                #expect(answer.issues.first?.hasPrefix(says) == true, "\(answer.issues)")
                #expect(!answer.json.text.contains("Marple") && !answer.json.text.contains(id))
            }
            #expect(try await installation.count("cases") == 1)
            // The same person, with less said of them, is the same referral.
            let less = FHIRBodies.transaction().replacing(
                number.replacing("9476719931", with: "9434765919"),
                with: ""
            )
            #expect(try await Self.refer(scene, less) == id)
            // With the same number another date of birth alone is the same person.
            let later = FHIRBodies.transaction().replacing("1970-03-30", with: "1971-03-30")
            #expect(try await Self.refer(scene, later) == id)
            // By another identifier too they are known: by name, birth date and postcode.
            let other = less.replacing("R-77", with: "R-78")
            let there = await scene.practice.post("/fhir/R4", other)
            #expect(there.status == 409 && there.json.text.contains(id), "\(there.json.text)")
        }
    }

    @Test(
        "What is sent again is the same referral after the person was put right",
        arguments: Backend.allCases
    )
    func putRight(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await Self.refer(scene)
            var details = DetailsChanged()
            details.identity.nhsNumber = "9476719931"
            details.identity.familyName = "Marble"
            details.identity.birthDate = "1970-03-31"
            installation.clock.advance()
            let today = installation.clock.now.civilDateUK
            try await installation.change(id, Command(.detailsChanged(details), on: today))
            #expect(try await Self.refer(scene) == id)
            let right = FHIRBodies.transaction(family: "Marble", nhs: "9476719931")
                .replacing("1970-03-30", with: "1970-03-31")
            #expect(try await Self.refer(scene, right) == id)
            let other = FHIRBodies.transaction(family: "Else", nhs: "9990000018")
            #expect(await scene.practice.post("/fhir/R4", other).status == 422)
            #expect(try await installation.count("cases") == 1)
        }
    }

    @Test(
        "What was taken once is known again, though it would be refused today",
        arguments: Backend.allCases
    )
    func taken(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let day = installation.clock.now.civilDateUK.iso
            let limited = FHIRBodies.transaction().replacing(
                #""type":"permit","#,
                with: #""type":"permit","period":{"end":"\#(day)"},"#
            )
            let id = try await Self.refer(FHIRScene(installation), limited)
            installation.clock.advance(milliseconds: 86_400_000)
            let scene = try await FHIRScene(installation)
            #expect(try await Self.refer(scene, limited) == id)
            let message = FHIRBodies.message("new", FHIRBodies.request())
            let path = "/fhir/R4/$process-message"
            let sent = await scene.practice.post(path, message)
            #expect(sent.status == 200 && sent.json.text.contains(id), "\(sent.json.text)")
            // What is said otherwise now is not taken for what there was.
            for more in [#","priority":"urgent""#, #","doNotPerform":true"#] {
                let raised = FHIRBodies.message("new", FHIRBodies.request(more: more))
                #expect(await scene.practice.post(path, raised).status == 422, "\(more)")
            }
            let no = FHIRBodies.consent.replacing("\"active\"", with: "\"rejected\"")
                .replacing(
                    #"consent-scope","code":"referral""#,
                    with: #"consent-scope","code":"gp-record""#
                )
            for (said, now) in [
                (#""code":"OPTIN""#, #""code":"OPTINR""#),
                (
                    #"{"resource":{"resourceType":"Consent""#,
                    #"{"resource":\#(no),"request":{"method":"POST","url":"Consent"}},{"resource":{"resourceType":"Consent""#
                ),
                (#""Consent","status":"active""#, #""Consent","status":"rejected""#),
                (
                    #""type":"permit","#,
                    #""type":"permit","provision":[{"type":"deny"}],"#
                ),
            ] {
                let other = FHIRBodies.transaction().replacing(said, with: now)
                #expect(other != FHIRBodies.transaction())
                #expect(await scene.practice.post("/fhir/R4", other).status == 422, "\(now)")
            }
            #expect(try await installation.count("cases") == 1)
        }
    }

    @Test(
        "A Task that nobody owns is found, and claimed by accepting it",
        arguments: Backend.allCases
    )
    func claiming(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let owned = try await Self.refer(scene)
            var referral = ReferralReceived()
            referral.source = "gp"
            referral.referrer = "P84001"
            referral.condition = "msk"
            referral.employmentStatus = "off-sick"
            let answer = try await installation.goodwork.refer(
                NewReferral(
                    programme: "workwell-manchester",
                    referral: referral,
                    consents: [.referral: true],
                    on: installation.today
                ),
                by: installation.actor,
                seed: 7
            )
            guard case .referred(let header, _) = answer else {
                Issue.record("nobody was referred")
                return
            }
            let id = header.id.text
            let waiting = "/fhir/R4/Task?owner:missing=true&status=requested"
            #expect(await scene.manager.get(waiting).found == ["Task/\(id)"])
            #expect(await scene.coach.get(waiting).found == [])
            installation.clock.advance()
            let service: JSONObject = [
                "reference": .string("HealthcareService/workwell-manchester.be-well")
            ]
            let claimed = await Self.put(
                scene.manager,
                id,
                ["status": .string("accepted"), "owner": .object(service)]
            )
            #expect(claimed.status == 200, "\(claimed.json.text)")
            #expect(claimed["owner"]?["reference"]?.string == "Organization/big-life")
            #expect(await scene.manager.get(waiting).found == [])
            let held = await scene.manager.get("/fhir/R4/Task?owner=Organization/big-life")
            #expect(Set(held.found) == ["Task/\(owned)", "Task/\(id)"])
        }
    }

    @Test("A message refers, and another takes the referral back")
    func messages() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let request = FHIRBodies.request()
            let sent = await scene.practice.post(
                "/fhir/R4/$process-message",
                FHIRBodies.message("new", request)
            )
            let header = sent["entry"]?.array?.first?["resource"]
            #expect(header?["response"]?["code"]?.string == "ok", "\(sent.json.text)")
            #expect(header?["response"]?["identifier"]?.string == "m-1")
            let revoked = FHIRBodies.message(
                "update",
                request.replacing(#""active","intent""#, with: #""revoked","intent""#)
            )
            for _ in 0..<2 {
                installation.clock.advance()
                let answer = await scene.practice.post("/fhir/R4/$process-message", revoked)
                #expect(answer.status == 200, "\(answer.json.text)")
                let task = answer["entry"]?.array?.last?["resource"]
                #expect(task?["status"]?.string == "cancelled")
            }
            let unknown = revoked.replacing("R-77", with: "R-99")
            let none = await scene.practice.post("/fhir/R4/$process-message", unknown)
            #expect(none.status == 404)
        }
    }

    @Test(
        "Somebody who is here is referred again by their id alone, with an NHS number or without",
        arguments: Backend.allCases,
        [true, false]
    )
    func again(_ backend: Backend, _ hasNumber: Bool) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let number =
                #""identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9434765919"}],"#
            var body = FHIRBodies.transaction()
            if !hasNumber { body = body.replacing(number, with: "") }
            #expect(body.contains("nhs-number") == hasNumber)
            let first = try await Self.refer(scene, body)
            let read = await scene.practice.get("/fhir/R4/ServiceRequest/\(first)")
            let subject = try #require(read["subject"]?["reference"]?.string)
            #expect(subject.hasPrefix("Patient/"))
            func again(_ identifier: String, _ name: String) -> String {
                FHIRBodies.contained("ServiceRequest", identifier, subject: name)
            }

            // As long as it is open, the first is the referral.
            let open = await scene.practice.post("/fhir/R4/ServiceRequest", again("R-1", subject))
            #expect(open.status == 409, "\(open.json.text)")
            installation.clock.advance()
            let ended = await Self.put(scene.practice, first, ["status": .string("cancelled")])
            #expect(ended.status == 200, "\(ended.json.text)")

            installation.clock.advance()
            let second = await scene.practice.post("/fhir/R4/ServiceRequest", again("R-2", subject))
            #expect(second.status == 201, "\(second.json.text)")
            #expect(second["subject"]?["reference"]?.string == subject)
            #expect(second["id"]?.string != first)
            let whole = await scene.manager.get("/fhir/R4/\(subject)")
            #expect(whole["name"]?.array?.first?["family"]?.string == "Marple")
            #expect(whole["address"]?.array?.first?["postalCode"]?.string == "M14 5AB")

            // A program that may not read who it is, and one whose token may not, send them along.
            let narrow = try await scene.test.client(
                .referrer,
                of: "P84001",
                scopes: "system/ServiceRequest.cruds"
            )
            let nobody = "Patient/\(first)"
            for (client, name) in [
                (scene.practice, nobody), (narrow, subject),
                (scene.practice, "https://practice.example/\(subject)"),
            ] {
                let refused = await client.post("/fhir/R4/ServiceRequest", again("R-3", name))
                #expect(refused.status == 422, "\(refused.json.text)")
                #expect(refused.issues.first?.contains("ServiceRequest.subject") == true)
            }
            let other = try await scene.test.client(
                .referrer,
                of: "mft",
                scopes: "system/*.cruds"
            )
            let strange = await other.post("/fhir/R4/ServiceRequest", again("R-4", subject))
            #expect(strange.status == 422, "\(strange.json.text)")
        }
    }
}
