import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// What the timeline of a case tells, and how an entry of it is withdrawn.
@Suite struct TimelineTests {
    @Test("An entry withdrawn is struck through, with who, when and why; one told late says so")
    func timeline() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(
                scene.path + "/contact",
                ["channel": "phone", "outcome": "reached", "on": "2025-05-20"]
            )
            let page = await ana.get(scene.path)
            #expect(page.words.contains("Contact made by phone Told late, on 2 June 2025."))
            #expect(page.words.contains("Ana Coach, The Big Life Group"))
            let event = try await scene.history().events.last { $0.body.kind == .contactAttempted }
            let path = "\(scene.path)/entries/\(event?.id.text ?? "")/withdraw"
            let bad = await ana.post(path, ["reason": "wrong-person"])
            #expect(bad.status == 422)
            #expect(bad.words.contains("Say in a few words what was wrong"))
            let done = await ana.post(path, ["reason": "wrong-person", "text": "It was Mr Hill"])
            #expect(done.text.contains("<del>Contact made by phone</del>"))
            #expect(done.words.contains("Withdrawn on 2 June 2025: it is about somebody else."))
            #expect(done.words.contains("It was Mr Hill"))
            #expect(done.words.contains("Nobody has tried to reach the person yet."))
            let again = await ana.post(path, ["reason": "wrong-person", "text": "Again"])
            #expect(again.words.contains("This entry has been withdrawn already."))
        }
    }

    @Test("The timeline calls things by their names, and each link to withdraw by its entry")
    func namesInTimeline() async throws {
        try await withCase { scene in
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            var action = ActionAdded()
            (action.action, action.text) = ("action-1", "Ring the surgery")
            var other = ActionAdded()
            (other.action, other.text) = ("action-2", "Write to the employer")
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .planAgreed(plan),
                .actionAdded(action),
                .actionAdded(other)
            )
            var done = ActionRef()
            done.action = "action-1"
            try await scene.change(.actionDone(done))
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Action done: Ring the surgery"))
            #expect(!page.words.contains("Action done: action 1"))
            for entry in ["Ring the surgery", "Write to the employer"] {
                let link = "the entry of 2 June 2025: Action added for the person: \(entry)"
                #expect(page.words.contains("Withdraw \(link)"))
            }
            #expect(!page.words.contains("plan.action-added"))

            // Whoever may not read the words reads no inner names either.
            var consent = Consent()
            consent.scope = .referral
            try await scene.change(.consentWithdrawn(consent))
            let hidden = await scene.site.browser(CaseScene.ana).get(scene.path).words
            #expect(hidden.contains("Action (words not shown)"))
            #expect(hidden.contains("Action done"))
            for secret in ["Ring the surgery", "action-1", "action 1", "action-2"] {
                #expect(!hidden.contains(secret), "\(secret)")
            }
        }
    }

    @Test("A withdrawal that the rules refuse says so in place")
    func refusedWithdrawal() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "risks/known")
            var resolved = RiskRef()
            resolved.risk = "known"
            try await scene.change(.riskResolved(resolved))
            let event = try await scene.history().events.first { $0.body.kind == .riskRaised }
            let path = "\(scene.path)/entries/\(event?.id.text ?? "")/withdraw"
            let ana = scene.site.browser(CaseScene.ana)
            let page = await ana.post(path, ["reason": "wrong-person", "text": "Not hers"])
            #expect(page.status == 422)
            #expect(page.words.contains("(risk resolved) would no longer hold"))
            #expect(page.text.contains("Not hers"))
        }
    }
}
