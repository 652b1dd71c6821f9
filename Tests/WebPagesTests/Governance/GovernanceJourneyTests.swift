import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Information governance at work, page by page.
@Suite struct GovernanceJourneyTests {
    static let governance = [
        "/governance", "/governance/log", "/governance/log/refused", "/governance/glass",
        "/governance/people", "/governance/people/merges", "/governance/people/apart",
        "/governance/copies",
        "/governance/erase", "/governance/retention",
    ]
    static let administration = [
        "/admin", "/admin/accounts", "/admin/accounts/add", "/admin/organisations",
        "/admin/programmes", "/admin/translations", "/admin/translations/pl",
        "/admin/translations/pl/import", "/admin/translations/pl/export",
        "/admin/programmes/kickstarter/1",
    ]

    @Test("Each page is for its role, and for nobody else")
    func guards() async throws {
        try await GovernanceSite.with { site, _ in
            let officer = site.browser(GovernanceSite.officer)
            let administrator = site.browser(GovernanceSite.administrator)
            let coach = site.browser(GovernanceSite.coach)
            for path in Self.governance {
                #expect(await officer.get(path).status == 200, "\(path)")
                #expect(await administrator.get(path).status == 403, "\(path)")
                #expect(await coach.get(path).status == 403, "\(path)")
                let nobody = await site.browser().answer(.get, path, Form())
                #expect(nobody["Location"]?.hasPrefix("/sign-in") == true, "\(path)")
            }
            for path in Self.administration {
                #expect(await administrator.get(path).status == 200, "\(path)")
                #expect(await officer.get(path).status == 403, "\(path)")
                #expect(await coach.get(path).status == 403, "\(path)")
            }
            let pages = GovernancePages.routes + AdministratorPages.routes
            for route in pages {
                #expect(route.guard != .anyone && route.guard != .signedIn, "\(route.pattern)")
            }
        }
    }

    @Test("The log is searched by a form, and nothing typed stands in an address")
    func log() async throws {
        try await GovernanceSite.with { site, installation in
            let browser = site.browser(GovernanceSite.officer)
            _ = await site.browser(GovernanceSite.coach).get("/governance")
            let page = await browser.post("/governance/log", ["reference": "FOW0001"])
            #expect(page.status == 200)
            #expect(page.path == "/governance/log")
            #expect(page.words.contains("case FOW0001") || page.words.contains("No entry"))
            let wrong = await browser.post("/governance/log", ["reference": "NONE"])
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("There is no case NONE"))
            let backwards = await browser.post(
                "/governance/log",
                ["from": "2025-06-02", "to": "2025-06-01"]
            )
            #expect(backwards.words.contains("The last day must not be before the first day"))
            for _ in 1...60 {
                _ = try await installation.goodwork.retentionDue(by: GovernanceSite.officer)
            }
            let many = await browser.post("/governance/log", ["account": "ig-1"])
            let before = try #require(many.value("before"))
            let older = await browser.submit(
                "/governance/log",
                from: many,
                ["account": "ig-1", "before": before]
            )
            #expect(older.status == 200)
            #expect(older.words.contains("Counts") == false)
            #expect(older.text != many.text)
        }
    }

    @Test("Broken glass is reviewed with a verdict and words")
    func glass() async throws {
        try await GovernanceSite.with { site, installation in
            let caseID = try await installation.header("FOW0001").id.text
            let (store, now) = (installation.store, installation.clock.now)
            for (id, account) in [("g-1", "coach-9"), ("g-2", "ig-1")] {
                try await installation.database.write { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO glass (id, case_id, account, organisation, reason, broken_at,
                            ends_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        [
                            .text(id), .text(caseID), .text(account), "elsewhere",
                            .blob(try store.vault.seal(Array("She fell".utf8), at: "glass:\(id)")),
                            .int(now.milliseconds), .int(now.milliseconds + 14_400_000),
                        ]
                    )
                }
            }
            let browser = site.browser(GovernanceSite.officer)
            #expect(await browser.get("/governance").words.contains("2 glass to review"))
            let page = await browser.get("/governance/glass/g-1")
            #expect(page.words.contains("She fell"))
            let blank = await browser.post("/governance/glass/g-1", ["verdict": "justified"])
            #expect(blank.status == 422)
            let done = await browser.post(
                "/governance/glass/g-1",
                ["verdict": "justified", "words": "She had fallen"]
            )
            #expect(done.path == "/governance/glass")
            #expect(done.words.contains("Justified"))
            let own = await browser.get("/governance/glass/g-2")
            #expect(own.words.contains("You broke this glass yourself"))
            let refused = await browser.submit(
                "/governance/glass/g-2",
                from: own,
                ["verdict": "justified", "words": "Mine"]
            )
            #expect(refused.status == 422)
        }
    }
}
