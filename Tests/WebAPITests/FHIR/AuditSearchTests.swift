import Application
import FHIRModel
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// The access log, as information governance searches it by FHIR.
@Suite struct AuditSearchTests {
    private static let searches = [
        "AuditEvent", "AuditEvent?entity=Patient/nobody", "AuditEvent?_lastUpdated=gt2025-01-01",
        "AuditEvent?date=2025-06-02&_summary=count", "AuditEvent?_sort=-date",
    ]

    @Test("Something that was on nothing keeps nobody from searching", arguments: searches)
    func nothing(_ search: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let governor = try await TestAPI(installation).client(
                .governance,
                of: "host",
                scopes: "system/*.rs"
            )
            // As when an extract is refused of which no row could be read.
            let entry = AccessEntry(
                at: installation.clock.now,
                actor: "operator",
                organisation: "host",
                action: Action.importExtract.rawValue,
                subject: ""
            )
            let store = installation.store
            try await installation.database.write { try store.log(entry, in: $0) }
            let answer = await governor.get("/fhir/R4/\(search)")
            #expect(answer.status == 200, "\(answer.json.text)")
            #expect(throws: Never.self, "\(answer.json.text)") { try answer.fhir() }
        }
    }

    @Test("Whoever did something is found by the identifier that stands there")
    func agents() async throws {
        try await withInstallation(.sqlite) { installation in
            let governor = try await TestAPI(installation).client(
                .governance,
                of: "host",
                scopes: "system/*.rs"
            )
            let all = await governor.get("/fhir/R4/AuditEvent")
            #expect(all.status == 200, "\(all.json.text)")
            let again = await governor.get("/fhir/R4/AuditEvent")
            let agent = again["entry"]?.array?.first?["resource"]?["agent"]?.array?.first
            let who = try #require(agent?["who"]?["identifier"], "\(again.json.text)")
            let system = try #require(who["system"]?.string)
            let value = try #require(who["value"]?.string)
            func found(_ sought: String) async -> Int {
                let sought = URLEncoding.encode(sought)
                let answer = await governor.get("/fhir/R4/AuditEvent?agent:identifier=\(sought)")
                #expect(answer.status == 200, "\(answer.json.text)")
                return answer.found.count
            }
            #expect(await found(value) > 0)
            #expect(await found("\(system)|\(value)") > 0)
            #expect(await found("https://other.example|\(value)") == 0)
            #expect(await found("client:nobody") == 0)
            // By itself it is no reference of FHIR; what it is stands in the fault.
            let plain = await governor.get(
                "/fhir/R4/AuditEvent?agent=\(URLEncoding.encode(value))"
            )
            #expect(plain.status == 400)
            #expect(plain.issues.first?.contains("agent:identifier") == true, "\(plain.issues)")
            // People have ids: an identifier of theirs would find nothing.
            let person = await governor.get("/fhir/R4/AuditEvent?entity:identifier=1")
            #expect(person.status == 400)
        }
    }
}
