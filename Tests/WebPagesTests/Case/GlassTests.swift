import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Opening somebody else's case in an emergency.
@Suite struct GlassTests {
    @Test(
        "Glass opens for reading only, says why, and ends after four hours",
        arguments: Backend.allCases
    )
    func glass(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let olu = scene.site.browser(CaseScene.olu)
            #expect(await olu.get(scene.path).status == 404)
            let path = scene.path + "/glass"
            let bad = await olu.post(path, ["reference": scene.header.reference])
            #expect(bad.status == 422)
            #expect(bad.words.contains("Say why you need to see it now"))
            #expect(await olu.get(scene.path).status == 404)
            let unknown = await olu.post(path, ["reference": "XXXX", "reason": "999 call"])
            #expect(unknown.words.contains("There is no case with this reference"))

            let page = await olu.post(
                path,
                ["reference": scene.header.reference, "reason": "Collapsed in our clinic"]
            )
            #expect(page.path == scene.path)
            #expect(page.words.contains("Nadia Khan"))
            #expect(page.words.contains("You can read it until 14:00 on 2 June 2025"))
            #expect(!page.words.contains("Log a contact"))
            for form in ["contact", "notes", "consent", "risks", "appointments"] {
                #expect(await olu.get("\(scene.path)/\(form)").status == 403, "\(form)")
                let session = olu.cookies[Site.sessionCookie] ?? ""
                let csrf = scene.installation.goodwork.csrf(of: session)
                let sent = Form(["_csrf": csrf, "text": "x", "channel": "phone"])
                let answer = await olu.answer(.post, "\(scene.path)/\(form)", sent)
                #expect(answer.status == 403, "\(form)")
            }
            // Every page of the case that it opens says so.
            for form in ["safety", "measures", "plan/print"] {
                let page = await olu.get("\(scene.path)/\(form)")
                #expect(page.status == 200, "\(form)")
                #expect(page.words.contains("You opened this case in an emergency"), "\(form)")
            }
            #expect(try await scene.installation.count("glass") == 1)
            #expect(await olu.get("/caseload?whose=all").words.contains("Khan") == false)

            // A second sending writes nothing more; the coach who holds it breaks nothing.
            _ = await olu.post(path, ["reference": scene.header.id.text, "reason": "Again"])
            let ana = scene.site.browser(CaseScene.ana)
            let own = await ana.post(
                path,
                ["reference": scene.header.reference, "reason": "Curious"]
            )
            #expect(own.path == scene.path)
            #expect(!own.words.contains("in an emergency"))
            #expect(try await scene.installation.count("glass") == 1)

            scene.installation.clock.advance(milliseconds: 4 * 3_600_000 - 1)
            #expect(await olu.get(scene.path).status == 200)
            scene.installation.clock.advance(milliseconds: 1)
            #expect(await olu.get(scene.path).status == 404)

            let store = scene.installation.store
            let log = try await store.database.read { transaction in
                try store.accessLog(of: scene.header.id.text, opensReasons: true, in: transaction)
            }
            #expect(
                log.contains {
                    $0.actor == "olu" && $0.action == "break-glass" && $0.outcome == "allowed"
                        && $0.reason == .words("Collapsed in our clinic")
                }
            )
            #expect(log.contains { $0.actor == "olu" && $0.action == "read-case" })
        }
    }

    @Test("The reason is kept sealed")
    func sealed() async throws {
        try await withCase { scene in
            let olu = scene.site.browser(CaseScene.olu)
            _ = await olu.post(
                "/glass",
                ["reference": scene.header.reference, "reason": "Collapsed in our clinic"]
            )
            let store = scene.installation.store
            let (id, sealed) = try #require(
                try await store.database.read { transaction in
                    try transaction.first("SELECT id, reason FROM glass") {
                        (try $0.text(0), try $0.blob(1))
                    }
                }
            )
            #expect(!String(decoding: sealed, as: UTF8.self).contains("Collapsed"))
            let opened = try store.vault.open(sealed, at: "glass:\(id)")
            #expect(String(decoding: opened, as: UTF8.self) == "Collapsed in our clinic")
        }
    }

    @Test("Only coaches and managers may", arguments: [Role.referrer, .analyst, .administrator])
    func roles(_ role: Role) async throws {
        try await withCase { scene in
            let actor = Actor(user: "x", organisation: "elsewhere", role: role)
            let browser = scene.site.browser(actor)
            #expect(await browser.get("/glass").status == 403)
            let answer = await browser.get("/caseload")
            let csrf =
                answer.value("_csrf")
                ?? scene.installation.goodwork.csrf(
                    of: browser.cookies[Site.sessionCookie] ?? ""
                )
            let sent = await browser.send(
                .post,
                "/glass",
                Form(["reference": scene.header.reference, "reason": "because", "_csrf": csrf])
            )
            #expect(sent.status != 200)
            #expect(!sent.words.contains("Nadia"))
            let broken = try await scene.installation.count("glass")
            #expect(broken == 0)
        }
    }
}
