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
    private static func business(_ code: String) -> JSONObject {
        let system = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
        let coding: JSONObject = ["system": .string(system), "code": .string(code)]
        return ["businessStatus": .object(["coding": .array([.object(coding)])])]
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
            let own = await scene.practice.putTask(task, ["status": .string("accepted")])
            #expect(own.status == 403, "\(own.json.text)")
            let stale = await scene.manager.putTask(
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
            let accepted = await scene.manager.putTask(task, ["status": .string("accepted")])
            #expect(accepted.status == 200, "\(accepted.json.text)")
            #expect(accepted.taskStatus == "accepted 3.0")
            #expect(accepted.response["ETag"] == "W/\"2\"")

            // Back to requested is no move.
            let back = await scene.manager.putTask(task, ["status": .string("requested")])
            #expect(back.status == 422 && back.json.text.contains("wrong-order"))

            installation.clock.advance()
            let patched = await scene.coach.send(
                .patch,
                "/fhir/R4/Task/\(task)",
                #"{"status":"in-progress"}"#
            )
            #expect(patched.status == 200, "\(patched.json.text)")
            #expect(patched.taskStatus == "in-progress 3.0")

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
            let done = await scene.coach.putTask(task, ["status": .string("completed")])
            #expect(done.taskStatus == "completed 7.0", "\(done.json.text)")
            let seen = await scene.practice.get("/fhir/R4/Task/\(task)")
            #expect(seen.taskStatus == "completed 7.0")
            let history = await scene.practice.get("/fhir/R4/Task/\(task)/_history")
            let versions = (history["entry"]?.array ?? []).map {
                $0["resource"]?["status"]?.string ?? ""
            }
            #expect(versions == ["completed", "in-progress", "accepted", "requested"])
            #expect(throws: Never.self) { try history.fhir() }
            let over = await scene.practice.putTask(task, ["status": .string("cancelled")])
            #expect(over.status == 422)
        }
    }

    @Test(
        "Of two who send back the same version the second is told of the first",
        arguments: Backend.allCases
    )
    func sameVersion(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.referByTransaction()
            let path = "/fhir/R4/Task/\(id)"
            var task = await scene.manager.get(path).json.object ?? JSONObject()
            task["status"] = .string("accepted")
            let body = JSONValue.object(task).text
            installation.clock.advance()
            #expect(await scene.manager.send(.put, path, body).status == 200)
            let bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"resource":\(body),"request":{"method":"PUT","url":"Task/\(id)"}}]}
                """
            let before = try await installation.count("journal")
            for late in [
                await scene.manager.send(.put, path, body),
                await scene.manager.post("/fhir/R4", bundle),
            ] {
                #expect(late.status == 409, "\(late.json.text)")
                #expect(late.issues.first?.hasPrefix("conflict") == true, "\(late.issues)")
            }
            #expect(try await installation.count("journal") == before)
            // The same of a ServiceRequest; what has no version is taken as it is now.
            let place = "/fhir/R4/ServiceRequest/\(id)"
            var request = await scene.practice.get(place).json.object ?? JSONObject()
            request["status"] = .string("revoked")
            installation.clock.advance()
            let revoked = JSONValue.object(request).text
            #expect(await scene.practice.send(.put, place, revoked).status == 200)
            #expect(await scene.practice.send(.put, place, revoked).status == 409)
            request["meta"] = nil
            let plain = JSONValue.object(request).text
            #expect(await scene.practice.send(.put, place, plain).status == 200)
        }
    }

    @Test("A cancellation is asked for by the referrer and confirmed by the provider")
    func cancelling() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.referByTransaction()
            for status in ["accepted", "in-progress"] {
                installation.clock.advance()
                let moved = await scene.manager.putTask(id, ["status": .string(status)])
                #expect(moved.status == 200, "\(moved.json.text)")
            }
            installation.clock.advance()
            let stranger = await scene.manager.putTask(id, Self.business("5.2"))
            #expect(stranger.status == 403)
            let asked = await scene.practice.putTask(id, Self.business("5.2"))
            #expect(asked.taskStatus == "in-progress 5.2", "\(asked.json.text)")
            installation.clock.advance()
            let confirmed = await scene.manager.putTask(id, ["status": .string("cancelled")])
            #expect(confirmed.taskStatus == "cancelled 6.0", "\(confirmed.json.text)")
            let request = await scene.practice.get("/fhir/R4/ServiceRequest/\(id)")
            #expect(request["status"]?.string == "revoked")
        }
    }

    @Test(
        "A Task that nobody owns is found, and claimed by accepting it",
        arguments: Backend.allCases
    )
    func claiming(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let owned = try await scene.referByTransaction()
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
            let claimed = await scene.manager.putTask(
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
}
