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
}
