import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// The page of a case whose person was erased.
@Suite struct ErasedCaseTests {
    @Test("A person who was erased is named nowhere, and nothing can be said of them")
    func erased() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(scene.path + "/notes", ["text": "Lives with her sister"])
            try await scene.installation.erase(scene.header)
            let page = await ana.get(scene.path)
            #expect(page.words.contains("This person was erased."))
            #expect(page.words.contains("The words were erased."))
            #expect(!page.text.contains("Khan"))
            #expect(!page.text.contains("Lives with her sister"))
            let refused = await ana.post(scene.path + "/notes", ["text": "More"])
            #expect(refused.status == 422)
            #expect(refused.words.contains("has been erased"))
            #expect(!page.words.contains("Links for the person"))
            let step = "This person was erased: close the case"
            #expect(page.words.contains(step))
            #expect(!page.text.contains("href=\"\(scene.path)/contact\""))
            #expect(!page.text.contains("href=\"\(scene.path)/notes\""))
            #expect(page.text.contains("href=\"\(scene.path)/close\""))
            #expect(await ana.get("/today").words.contains(step))
            #expect(try await scene.installation.problems() == [])
            let links = await ana.get(scene.path + "/links")
            #expect(links.words.contains("There are no links"))
            #expect(!links.words.contains("Link to copy"))
        }
    }

    @Test("Of a person who was erased no form is offered that would be refused")
    func offersOfErased() async throws {
        try await withCase { scene in
            var risk = RiskRaised()
            risk.risk = "r1"
            risk.about = "other"
            try await scene.change(.riskRaised(risk))
            let ana = scene.site.browser(CaseScene.ana)
            let mo = scene.site.browser(CaseScene.mo)
            let (ofCoach, ofManager) = (
                ["correction", "contact-wish", "risks"],
                ["accept", "reroute", "transfer"]
            )
            func offers(_ page: TestBrowser.Page, _ form: String) -> Bool {
                page.text.contains("\"\(scene.path)/\(form)\"")
            }
            let before = await ana.get(scene.path)
            for form in ofCoach { #expect(offers(before, form), "\(form)") }
            for path in [scene.path, "/team/queue"] {
                let page = await mo.get(path)
                for form in ofManager { #expect(offers(page, form), "\(path): \(form)") }
            }
            try await scene.installation.erase(scene.header)
            let page = await ana.get(scene.path)
            for form in ofCoach { #expect(!offers(page, form), "\(form)") }
            #expect(!page.text.contains("\(scene.path)/clocks/"))
            #expect(offers(page, "risks/r1/resolve"))
            let safety = await ana.get(scene.path + "/safety")
            #expect(!offers(safety, "risks"))
            for path in [scene.path, "/team/queue"] {
                let page = await mo.get(path)
                for form in ofManager { #expect(!offers(page, form), "\(path): \(form)") }
            }
            // Words could not be kept: a risk is resolved without.
            let resolve = scene.path + "/risks/r1/resolve"
            #expect(await ana.get(resolve).words.contains("no words can be kept"))
            let resolved = await ana.post(resolve, [:])
            #expect(resolved.status == 200)
            #expect(!offers(resolved, "risks/r1/resolve"))
            // So is an entry withdrawn, and the referral returned.
            let entry = try await scene.history().events.last { $0.body.kind == .riskResolved }
            let withdraw = "\(scene.path)/entries/\(entry?.id.text ?? "")/withdraw"
            #expect(await ana.get(withdraw).words.contains("no words can be kept"))
            let withdrawn = await ana.post(withdraw, ["reason": "entered-in-error"])
            #expect(withdrawn.status == 200)
            #expect(try await scene.count(.voided) == 1)
            let giveBack = "\(scene.path)/return"
            #expect(await mo.get(giveBack).words.contains("no words can be kept"))
            let returned = await mo.post(giveBack, ["reason": "not-accepted"])
            #expect(returned.status == 200)
            #expect(try await scene.count(.referralReturned) == 1)
        }
    }

    @Test("A form opened by its address says at once that the person was erased")
    func formsOfErased() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            try await scene.installation.erase(scene.header)
            let (ana, mo) = (
                scene.site.browser(CaseScene.ana), scene.site.browser(CaseScene.mo)
            )
            let refused: [(TestBrowser, [String])] = [
                (ana, ["contact", "appointments", "appointments/first", "notes", "risks"]),
                (ana, ["contact-wish", "correction", "reopen", "plan/review"]),
                (mo, ["accept", "reroute", "transfer"]),
            ]
            for (browser, forms) in refused {
                for form in forms {
                    let path = "\(scene.path)/\(form)"
                    let page = await browser.get(path)
                    #expect(page.status == 200, "\(form)")
                    #expect(page.words.contains("has been erased"), "\(form)")
                    #expect(!page.text.contains("name=\"_version\""), "\(form)")
                    let sent = await browser.post(path, [:])
                    #expect(sent.status == 422, "\(form)")
                    #expect(sent.words.contains("has been erased"), "\(form)")
                }
            }
            let taken = ["close", "consent", "appointments/first/cancel"]
            for form in taken {
                let page = await ana.get("\(scene.path)/\(form)")
                #expect(page.text.contains("name=\"_version\""), "\(form)")
            }
            let consent = await ana.get(scene.path + "/consent")
            #expect(!consent.words.contains("Agreed"))
            let page = await ana.get(scene.path)
            #expect(page.text.contains("appointments/first/cancel"))
            #expect(!page.text.contains("appointments/first/move"))
        }
    }

    @Test("A transfer of a person who was erased is declined without words")
    func declineOfErased() async throws {
        try await withCase { scene in
            var asked = Transfer()
            asked.provider = "mft"
            try await scene.change(.transferAsked(asked))
            try await scene.installation.erase(scene.header)
            let pat = scene.site.browser(Actor(user: "pat", organisation: "mft", role: .manager))
            let path = scene.path + "/transfer/decline"
            #expect(await pat.get(path).words.contains("no words can be kept"))
            let declined = await pat.post(path, [:])
            #expect(declined.status == 200)
            #expect(try await scene.count(.transferDeclined) == 1)
        }
    }
}
