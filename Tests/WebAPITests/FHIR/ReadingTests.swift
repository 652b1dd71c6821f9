import Application
import FHIRModel
import Kernel
import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// Reading and searching by FHIR, as those with a part in a case and those without.
@Suite struct ReadingTests {
    /// The status that each is answered; C is the id of a case, P of its person.
    static let reads = """
        asked                               | practice | manager | stranger | nobody
        ServiceRequest/C                    | 200      | 200     | 404      | 401
        Task/C                              | 200      | 200     | 404      | 401
        Task/C/_history/1                   | 200      | 200     | 404      | 401
        Task/C/_history/9                   | 404      | 404     | 404      | 401
        Task/C/_history                     | 200      | 200     | 404      | 401
        Condition/C                         | 200      | 200     | 404      | 401
        Consent/C.referral                  | 200      | 200     | 404      | 401
        Consent/C.evaluation                | 404      | 404     | 404      | 401
        EpisodeOfCare/C                     | 403      | 200     | 404      | 401
        Patient/P                           | 200      | 200     | 404      | 401
        Patient/P/$everything               | 200      | 200     | 404      | 401
        Patient/C                           | 404      | 404     | 404      | 401
        Task/nothing                        | 404      | 404     | 404      | 401
        Task?status=requested               | 200      | 200     | 200      | 401
        Task?staus=requested                | 400      | 400     | 400      | 401
        Task?_cursor=x                      | 400      | 400     | 400      | 401
        HealthcareService/workwell-manchester.be-well | 200 | 200 | 200     | 401
        HealthcareService/workwell          | 404      | 404     | 404      | 401
        Organization/P84001                 | 200      | 200     | 200      | 401
        Questionnaire/ons4                  | 200      | 200     | 200      | 401
        Questionnaire                       | 200      | 200     | 200      | 401
        AuditEvent                          | 403      | 403     | 403      | 401
        Medication/C                        | 404      | 404     | 404      | 404
        metadata                            | 200      | 200     | 200      | 200
        """

    @Test("Each is answered what is theirs to read", arguments: Backend.allCases)
    func reading(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.refer()
            let task = try await scene.practice.get("/fhir/R4/Task/\(id)").fhir()
            let person = try #require(task["for"]?["reference"]?.text).dropFirst("Patient/".count)
            for row in TextTable(Self.reads).rows {
                let parts = row["asked"].split(separator: "/", omittingEmptySubsequences: false)
                let path = parts.map { part in
                    if part == "P" { return String(person) }
                    let isCase = part == "C" || part.hasPrefix("C.")
                    return isCase ? id + part.dropFirst() : String(part)
                }.joined(separator: "/")
                for name in ["practice", "manager", "stranger", "nobody"] {
                    let answer = await scene.client(name).get("/fhir/R4/\(path)")
                    let what: Comment =
                        "\(row["asked"]) by \(name): \(answer.json.text.prefix(300))"
                    #expect(answer.status == Int(row[name]), what)
                    #expect(throws: Never.self, what) { try answer.fhir() }
                    #expect(answer.response["Content-Type"] == "application/fhir+json", what)
                }
            }
        }
    }

    @Test("A resource has its version, its time and its mark")
    func headers() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let id = try await scene.refer()
            let read = await scene.manager.get("/fhir/R4/Task/\(id)")
            #expect(read.response["ETag"] == "W/\"1\"")
            #expect(read.response["Last-Modified"] == "Mon, 02 Jun 2025 09:00:00 GMT")
            for mark in ["W/\"1\"", "\"1\"", "1", "*"] {
                let again = await scene.manager.get(
                    "/fhir/R4/Task/\(id)",
                    headers: ["if-none-match": mark]
                )
                #expect(again.status == 304 && again.response.body.isEmpty, "\(mark)")
            }
            let other = await scene.manager.get(
                "/fhir/R4/Task/\(id)",
                headers: ["if-none-match": "W/\"2\""]
            )
            #expect(other.status == 200)
        }
    }

    /// What is refused before it comes to a resource.
    @Test("Faults are OperationOutcomes, each with its status and code")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let narrow = try await scene.test.client(
                .referrer,
                of: "P84002",
                scopes: "system/Task.read"
            )
            let id = try await scene.refer()
            func check(_ answer: TestClient.Answer, _ status: Int, _ code: String) {
                #expect(answer.status == status, "\(answer.json.text)")
                #expect(answer.issues.first?.hasPrefix(code + " ") == true, "\(answer.json.text)")
                #expect(throws: Never.self) { try answer.fhir() }
            }
            check(await TestClient.nobody(scene.test).get("/fhir/R4/Task/\(id)"), 401, "login")
            check(await narrow.get("/fhir/R4/ServiceRequest"), 403, "forbidden")
            check(await narrow.get("/fhir/R4/Task/\(id)"), 404, "not-found")
            check(await scene.practice.get("/fhir/R4/Tsk/1"), 404, "not-supported")
            check(await scene.practice.get("/fhir/R4/"), 405, "not-supported")
            check(await scene.practice.send(.delete, "/fhir/R4/Task/\(id)"), 405, "not-supported")
            let xml = ["accept": "application/fhir+xml"]
            check(await scene.practice.get("/fhir/R4/Task", headers: xml), 406, "not-supported")
            check(await scene.practice.get("/fhir/R4/Task?_format=xml"), 406, "not-supported")
            check(await scene.practice.post("/fhir/R4/Task/_search", "{}"), 415, "not-supported")
            check(await scene.practice.get("/fhir/R4/Task?status="), 400, "value")
            check(await scene.practice.get("/fhir/R4/Task?_total=all"), 400, "value")
            check(
                await scene.practice.get("/fhir/R4/Task?_include=ServiceRequest:patient"),
                400,
                "not-supported"
            )
            check(await scene.practice.get("/fhir/R4/Task?patient.name=x"), 400, "not-supported")
            check(await scene.practice.get("/fhir/R4/Task/_history"), 404, "not-supported")
            check(await scene.practice.get("/fhir/R4/Task/$closure"), 404, "not-supported")
            check(await scene.practice.get("/fhir/R4/Task/\(id)?_summary=some"), 400, "value")
            let later = ["accept": "application/fhir+json; fhirVersion=5.0"]
            check(await scene.practice.get("/fhir/R4/Task", headers: later), 406, "not-supported")
            let now = ["accept": "application/fhir+json;fhirVersion=4.0"]
            #expect(await scene.practice.get("/fhir/R4/Task", headers: now).status == 200)
            let sent = ["content-type": "application/fhir+json; fhirVersion=3.0"]
            check(
                await scene.practice.post("/fhir/R4/Task", "{}", headers: sent),
                415,
                "not-supported"
            )
            let part = await scene.practice.get("/fhir/R4/Task/\(id)?_elements=status")
            #expect(part["status"] != nil && part["focus"] == nil, "\(part.json.text)")
            #expect(try part.fhir()["meta"]?.all("tag").count == 1)
            let narrowed = await narrow.get("/fhir/R4/Task")
            #expect(narrowed.status == 200)
            var limit = RateLimit()
            limit.perMinute = 1
            let slow = try await TestAPI(installation, limit: limit)
                .client(.referrer, of: "P84003", scopes: "system/*.rs")
            var last = await slow.get("/fhir/R4/Task")
            for _ in 0..<5 where last.status == 200 { last = await slow.get("/fhir/R4/Task") }
            check(last, 429, "throttled")
            #expect(last.response["Retry-After"] != nil)
        }
    }
}
