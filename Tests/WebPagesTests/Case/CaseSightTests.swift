import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Who sees a case, and how much of it.
@Suite struct CaseSightTests {
    @Test("Whoever may see the status alone is sent to it")
    func statusOnly() async throws {
        try await withCase { scene in
            let gp = scene.site.browser(CaseScene.gp)
            let answer = await gp.answer(.get, scene.path, Form())
            #expect(answer.status == 303)
            #expect(answer["Location"] == scene.path + "/status")
        }
    }

    private static let caseRoutes = Site.everyRoute.filter { route in
        guard case .onCase = route.guard else { return false }
        let mine = CasePages.routes + ContactPages.routes + RecordPages.routes
        return mine.contains { $0.pattern == route.pattern && $0.method == route.method }
    }

    @Test("For another organisation's coach there is no such case, by any route")
    func others() async throws {
        #expect(Self.caseRoutes.count > 20)
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            try await CaseFormTests.prepare(scene, for: "risks/known")
            let event = try await scene.history().events.last?.id.text ?? ""
            let (olu, ana) = (
                scene.site.browser(CaseScene.olu), scene.site.browser(CaseScene.ana)
            )
            let csrf = await olu.get("/caseload").value("_csrf") ?? ""
            let before = try await scene.history().version
            for route in Self.caseRoutes {
                let parts = [
                    ":case": scene.header.id.text, ":appointment": "first", ":risk": "known",
                    ":clock": "first-contact", ":event": event,
                ]
                let path = route.pattern.split(separator: "/")
                    .map { "/" + (parts[String($0)] ?? String($0)) }.joined()
                let answer = await olu.answer(route.method, path, Form(["_csrf": csrf]))
                #expect(answer.status == 404, "\(route.method) \(route.pattern)")
                if route.method == .get {
                    let own = await ana.answer(.get, path, Form())
                    #expect(own.status == 200, "\(route.pattern) is there for its coach")
                }
            }
            #expect(try await scene.history().version == before)
        }
    }

    @Test("Consent withdrawn hides who it is, and the notes")
    func withdrawn() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(scene.path + "/notes", ["text": "Lives with her sister"])
            #expect(await ana.get(scene.path).words.contains("Lives with her sister"))
            let path = scene.path + "/consent"
            let page = await ana.submit(
                path,
                from: await ana.get(path),
                ["referral": "withdrawn", "had-referral": "given"]
            )
            #expect(page.status == 200)
            for hidden in [
                "Nadia", "Khan", "1980", "0161", "Lives with her sister", "id=\"notes\"",
            ] {
                #expect(!page.text.contains(hidden), "\(hidden)")
            }
            #expect(page.words.contains("Case \(scene.header.reference)"))
            #expect(page.words.contains("The person has not agreed"))
            #expect(page.words.contains("This case was closed on 2 June 2025: consent withdrawn."))
            #expect(!(await ana.get("/caseload?state=closed")).text.contains("Khan"))
        }
    }

    @Test("A person's other cases are linked for those who may see them, and not for others")
    func otherCases() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let none = await ana.get(scene.path)
            #expect(!none.words.contains("This person has other cases"))
            let theirs = try await scene.installation.refer("Nadia", "Khan", strand: "be-well")
            let elsewhere = try await scene.installation.refer("Nadia", "Khan", strand: "msk")
            try await scene.installation.tamper(
                "UPDATE cases SET person_id = '\(scene.header.person.text)' "
                    + "WHERE id IN ('\(theirs.id.text)', '\(elsewhere.id.text)')"
            )
            let page = await ana.get(scene.path)
            #expect(page.text.contains("href=\"/cases/\(theirs.id.text)\""))
            #expect(!page.text.contains(elsewhere.id.text))
        }
    }

    @Test("Notes, risks and measures are not for an onward provider")
    func onward() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "risks/known")
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            var sent = OnwardSent()
            sent.onward = "o1"
            sent.service = "talking-therapies"
            var note = NoteWritten()
            note.text = "Between us"
            try await scene.change(.planAgreed(plan), .onwardSent(sent), .noteWritten(note))
            let onward = Actor(user: "tt", organisation: "talking-therapies", role: .coach)
            let page = await scene.site.browser(onward).get(scene.path)
            #expect(page.status == 200)
            #expect(page.words.contains("Nadia Khan"))
            for hidden in ["Between us", "risk", "Risk", "Withdraw", "Log a contact"] {
                #expect(!page.words.contains(hidden), "\(hidden)")
            }
        }
    }
}
