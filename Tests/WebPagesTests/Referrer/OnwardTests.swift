import Application
import Casework
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Cases that were referred on to an organisation, and its answers.
@Suite struct OnwardTests {
    static let worker = Actor(user: "worker", organisation: "talking-therapies", role: .coach)
    static let other = Actor(user: "other", organisation: "peer-support", role: .coach)

    private func send(_ clinic: ReferralClinic, _ header: CaseHeader, _ id: String) async throws {
        var sent = OnwardSent()
        sent.onward = id
        sent.service = "talking-therapies"
        try await clinic.tell(header, .onwardSent(sent))
    }

    /// A case with a plan, referred on.
    private func sentOn(_ clinic: ReferralClinic, _ place: Int) async throws -> CaseHeader {
        let form = ReferralClinic.complete(place).with("family_name", "Number\(place)")
        let header = try await clinic.refer(form)
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        try await clinic.tell(header, .planAgreed(plan))
        try await send(clinic, header, "o1")
        return header
    }

    @Test("Those without an answer come first; each answer is kept", arguments: Backend.allCases)
    func answers(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let (first, second) = (try await sentOn(clinic, 1), try await sentOn(clinic, 2))
            let browser = clinic.site.browser(Self.worker)
            let list = await browser.get("/onward")
            #expect(list.words.contains("2 of 2 wait for your answer"))
            #expect(list.words.contains("Wilhelmina Number1"))
            let path = "/cases/\(first.id.text)/onward-answer"
            let form = await browser.get(path)
            #expect(form.words.contains("Wilhelmina Number1"))
            #expect(form.text.contains("value=\"no-capacity\""))
            #expect(!form.text.contains("value=\"full\""))
            let accepted = await browser.submit(
                path,
                from: form,
                Form(["onward": "o1", "to": "accepted"])
            )
            #expect(accepted.path == "/onward")
            #expect(accepted.words.contains("1 of 2 wait for your answer"))
            let order = ["Number2", "Number1"].compactMap { accepted.words.range(of: $0) }
            #expect(order.count == 2 && order[0].lowerBound < order[1].lowerBound)
            let onward = try await clinic.installation.history(first.reference).fold().onward
            #expect(onward.map(\.status) == [.accepted])

            let other = "/cases/\(second.id.text)/onward-answer"
            let blank = await browser.fill(other, Form(["onward": "o1", "to": "declined"]))
            #expect(blank.status == 422)
            #expect(blank.words.contains("Choose why"))
            let declined: Form = Form(["onward": "o1", "to": "declined", "reason": "ineligible"])
            let done = await browser.fill(other, declined)
            #expect(done.path == "/onward")
            #expect(!done.words.contains("Number2"))
            let folded = try await clinic.installation.history(second.reference).fold()
            #expect(folded.onward.map(\.word) == ["ineligible"])
            // Their part is over.
            #expect(await browser.get(other).status == 404)
        }
    }

    @Test("An answer that is missing or out of order is refused where it stands")
    func refusals() async throws {
        try await withClinic { clinic in
            let header = try await sentOn(clinic, 1)
            let browser = clinic.site.browser(Self.worker)
            let path = "/cases/\(header.id.text)/onward-answer"
            let table: [(to: String, reason: String?, status: Int)] = [
                ("", nil, 422), ("nonsense", nil, 422), ("declined", "completed", 422),
                ("started", nil, 200), ("accepted", nil, 422), ("ended", nil, 422),
                ("ended", "completed", 200),
            ]
            for row in table {
                let form = Form(["onward": "o1", "to": row.to]).with("reason", row.reason)
                let page = await browser.fill(path, form)
                #expect(page.status == row.status, "\(row.to) \(row.reason ?? "-")")
            }
        }
    }

    @Test("Only the organisation that was asked answers, and only while the person agrees")
    func others() async throws {
        try await withClinic { clinic in
            let header = try await sentOn(clinic, 1)
            let path = "/cases/\(header.id.text)/onward-answer"
            let other = clinic.site.browser(Self.other)
            #expect(await other.get(path).status == 404)
            #expect(await other.get("/onward").words.contains("Nobody is referred on to you"))
            #expect(await clinic.site.browser(ReferralClinic.clinician).get(path).status == 403)
            try await clinic.tell(header, .consentWithdrawn(Consent()))
            let worker = clinic.site.browser(Self.worker)
            #expect(await worker.get(path).status == 403)
            #expect(!(await worker.get("/onward").words.contains("Wilhelmina")))
        }
    }
}
