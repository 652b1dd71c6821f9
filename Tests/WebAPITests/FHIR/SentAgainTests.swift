import Application
import Casework
import FHIRModel
import Kernel
import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// What a practice's system sends again refers nobody twice, and loses nobody.
@Suite struct SentAgainTests {
    @Test("What is sent again refers nobody twice", arguments: Backend.allCases)
    func again(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.referByTransaction()
            let before = try await installation.count("cases")
            // The same, a day later.
            installation.clock.advance(milliseconds: 86_400_000)
            let fresh = try await FHIRScene(installation)
            #expect(try await fresh.referByTransaction() == id)
            let exists = "identifier=https://practice.example/ref|R-77"
            #expect(
                try await fresh.referByTransaction(FHIRBodies.transaction(condition: exists)) == id
            )
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
            let id = try await scene.referByTransaction()
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
                // It is told where the identifier stands in what was sent.
                let place =
                    switch path {
                    case "": "Bundle.entry[1].resource"
                    case "/$process-message": "Bundle.entry[2].resource"
                    case "/Task": "Task.contained[4]"
                    default: "ServiceRequest"
                    }
                let says = "business-rule \(place).identifier[0] The identifier R-77 of https:"
                #expect(answer.issues.first?.hasPrefix(says) == true, "\(answer.issues)")
                #expect(!answer.json.text.contains("Marple") && !answer.json.text.contains(id))
            }
            #expect(try await installation.count("cases") == 1)
            // The same person, with less said of them, is the same referral.
            let less = FHIRBodies.transaction().replacing(
                number.replacing("9476719931", with: "9434765919"),
                with: ""
            )
            #expect(try await scene.referByTransaction(less) == id)
            // With the same number another date of birth alone is the same person.
            let later = FHIRBodies.transaction().replacing("1970-03-30", with: "1971-03-30")
            #expect(try await scene.referByTransaction(later) == id)
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
            let id = try await scene.referByTransaction()
            var details = DetailsChanged()
            details.identity.nhsNumber = "9476719931"
            details.identity.familyName = "Marble"
            details.identity.birthDate = "1970-03-31"
            installation.clock.advance()
            let today = installation.clock.now.civilDateUK
            try await installation.change(id, Command(.detailsChanged(details), on: today))
            #expect(try await scene.referByTransaction() == id)
            let right = FHIRBodies.transaction(family: "Marble", nhs: "9476719931")
                .replacing("1970-03-30", with: "1970-03-31")
            #expect(try await scene.referByTransaction(right) == id)
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
            let id = try await FHIRScene(installation).referByTransaction(limited)
            installation.clock.advance(milliseconds: 86_400_000)
            let scene = try await FHIRScene(installation)
            #expect(try await scene.referByTransaction(limited) == id)
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
            let first = try await scene.referByTransaction(body)
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
            let ended = await scene.practice.putTask(first, ["status": .string("cancelled")])
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
