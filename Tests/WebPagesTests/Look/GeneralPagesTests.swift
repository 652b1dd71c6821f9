import Application
import TestSupport
import Testing
import Web
import WebPages

@Suite struct GeneralPagesTests {
    @Test(
        "The start page leads each role to its first place",
        arguments: [
            (Role.coach, "/today"), (.manager, "/today"), (.referrer, "/refer"),
            (.resident, "/my"), (.commissioner, "/reports"), (.governance, "/governance"),
            (.administrator, "/admin"), (.evaluator, "/facts"),
        ]
    )
    func start(_ role: Role, _ path: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let actor = Actor(user: "u", organisation: "o", role: role)
            let answer = await TestSite(installation).browser(actor).answer(.get, "/", Form())
            #expect(answer.status == 303)
            #expect(answer["Location"] == path)
        }
    }

    @Test("A language is chosen, kept, and leads back to where its link stood")
    func language() async throws {
        try await withInstallation(.sqlite) { installation in
            let browser = TestSite(installation).browser()
            let start = await browser.get("/privacy")
            #expect(start.text.contains("href=\"/language?then=%2Fprivacy\""))
            let page = await browser.get("/language?then=%2Fprivacy")
            let after = await browser.submit(
                "/language",
                from: page,
                ["language": "ur", "then": page.value("then") ?? ""]
            )
            #expect(after.path == "/privacy")
            #expect(after.text.contains("lang=\"ur\" dir=\"rtl\""))
            #expect(browser.cookies[Site.languageCookie] == "ur")
        }
    }

    @Test(
        "Choosing a language leads nowhere outside",
        arguments: ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"]
    )
    func noWayOut(_ then: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let browser = TestSite(installation).browser()
            let csrf = await browser.get("/language").value("_csrf") ?? ""
            let form = Form(["_csrf": csrf, "language": "pl", "then": then])
            let answer = await browser.answer(.post, "/language", form)
            #expect(answer["Location"] == "/")
        }
    }

    @Test("An account page names who is signed in; without signing in there is none")
    func account() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let actor = Actor(user: "u", organisation: "pathways", role: .manager)
            let page = await site.browser(actor, name: "Mona Manager").get("/account")
            for words in ["Mona Manager", "pathways", "provider manager"] {
                #expect(page.words.contains(words))
            }
            let answer = await site.browser().answer(.get, "/account", Form())
            #expect(answer["Location"] == "/sign-in?then=%2Faccount")
        }
    }
}
