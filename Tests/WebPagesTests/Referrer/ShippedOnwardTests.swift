import Application
import Casework
import Kernel
import TestSupport
import Testing
import WebPages

/// A service that a shipped programme names reaches the inbox of whoever answers for it.
@Suite struct ShippedOnwardTests {
    @Test("A case referred on to Be Well stands in the inbox of Big Life")
    func beWell() async throws {
        try await withSupportCase { supported in
            try await supported.agreePlan()
            var sent = OnwardSent()
            sent.onward = "o1"
            sent.service = "be-well"
            try await supported.enter(.onwardSent(sent), on: "2025-05-12")
            for (organisation, isThere) in [("big-life", true), ("be-well", false)] {
                let coach = Actor(user: "coach-8", organisation: organisation, role: .coach)
                let inbox = await TestSite(supported.installation).browser(coach).get("/onward")
                #expect(inbox.status == 200)
                let path = "/cases/\(supported.header.id.text)"
                #expect(inbox.text.contains(path) == isThere, "\(organisation)")
            }
        }
    }
}
