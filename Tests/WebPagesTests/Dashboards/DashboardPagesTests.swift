import Application
import Foundation
import Kernel
import Measures
import TestSupport
import Testing
import Web
import WebPages

/// Dashboards as a provider's manager sees them, and as those outside the case team do.
@Suite struct DashboardPagesTests {
    static let programme = "fit-for-work-in-work"
    static let analyst = Actor(user: "ana", organisation: "board", role: .analyst)
    static let commissioner = Actor(user: "carol", organisation: "board", role: .commissioner)
    static let manager = Actor(user: "mo", organisation: "pathways-cic", role: .manager)
    static let stranger = Actor(user: "sam", organisation: "elsewhere", role: .manager)

    private func withSite(
        _ backend: Backend,
        _ body: (TestSite, TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importList(ClientList(fixture: Self.programme), Self.programme)
            try await body(TestSite(installation), installation)
        }
    }

    @Test("A manager sees every panel, each chart with its table", arguments: Backend.allCases)
    func managerSees(_ backend: Backend) async throws {
        try await withSite(backend) { site, _ in
            let page = await site.browser(Self.manager).get("/dashboards/\(Self.programme)")
            #expect(page.status == 200)
            #expect(!page.words.contains("kept back"))
            for panel in [
                "stages", "trajectory", "runs", "clocks", "waits", "caseload", "quality", "equity",
            ] {
                #expect(page.text.contains("<section id=\"\(panel)\""), "\(panel)")
            }
            let charts = page.text.components(separatedBy: "<svg ").count - 1
            #expect(charts > 20)
            #expect(page.text.components(separatedBy: "role=\"img\"").count - 1 == charts)
            #expect(page.text.components(separatedBy: "<table").count - 1 >= charts / 2)
            #expect(!page.text.contains("style="))
            #expect(page.words.contains("As at 31 January 2015"))
            // 689 were engaged, by the paper and by its list.
            #expect(page.words.contains("689"))
            let ids = page.text.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count)
            #expect(site.errors == [])
        }
    }

    @Test(
        "Outside the case team small counts are kept back, and nothing leads to cases",
        arguments: Backend.allCases
    )
    func outsideTheTeam(_ backend: Backend) async throws {
        try await withSite(backend) { site, installation in
            let path = "/dashboards/\(Self.programme)"
            var pages: [String] = []
            for actor in [Self.commissioner, Self.analyst] {
                let browser = site.browser(actor)
                let page = await browser.get(path)
                #expect(page.status == 200)
                #expect(page.words.contains("counts of 1 to 4 are shown as *"))
                #expect(page.words.contains("689"))
                // One of the paper's conditions has 1 case, and one has 3.
                #expect(page.text.contains("<td class=\"nhsuk-table__cell\">*</td>"))
                #expect(!page.text.contains("figure=stages"))
                #expect(await browser.get("\(path)/cases?figure=stages%2Freferred").status == 403)
                #expect(await browser.get("\(path)?locality=manchester").status == 403)
                let start = try #require(page.text.firstRange(of: "<main"))
                let end = try #require(page.text.firstRange(of: "</main>"))
                let shown = String(page.text[start.lowerBound..<end.lowerBound])
                // Only a commissioner may say where limits begin anew.
                let forms = shown.components(separatedBy: "id=\"rebase-").count - 1
                #expect(forms == (actor.roles == [.commissioner] ? 2 : 0))
                pages.append(
                    shown.replacing(/<div[^>]* id="rebase-.*?<\/details><\/div>/, with: "")
                )
                let menu = await browser.get("/reports")
                #expect(menu.text.contains("href=\"/dashboards\""))
            }
            #expect(pages[0] == pages[1])
            // The first look is in the register, and no other.
            let officer = Actor(user: "ig", organisation: "board", role: .governance)
            let register = try await installation.goodwork.releases(by: officer)
            #expect(register.map(\.audience) == [.board])
            #expect(site.errors == [])
        }
    }

    @Test("A look stays as it was first seen, until the month after")
    func looksStay() async throws {
        try await withSite(.sqlite) { _, installation in
            let question = DashboardQuestion(
                programme: Self.programme,
                asAt: CivilDate(iso: "2014-10-20")
            )
            let first = try await installation.goodwork.dashboard(question, by: Self.commissioner)
            #expect(first.dashboard.question.asAt.iso == "2014-09-30")
            // Another process, which has nothing in memory, counts the same from the register.
            let list = try ClientList(fixture: Self.programme)
            _ = try await installation.importList(list.only([1, 2, 3]), Self.programme)
            let again = Goodwork(
                store: installation.goodwork.store,
                library: installation.goodwork.library,
                now: installation.goodwork.now
            )
            let second = try await again.dashboard(question, by: Self.analyst)
            #expect(second.dashboard.figures == first.dashboard.figures)
            #expect(second.dashboard.equity == first.dashboard.equity)
            #expect(second.dashboard.keptBack == first.dashboard.keptBack)
        }
    }

    @Test("Every number that leads somewhere leads to as many cases")
    func numbersLeadToTheirCases() async throws {
        try await withSite(.sqlite) { site, _ in
            let browser = site.browser(Self.manager)
            let page = await browser.get("/dashboards/\(Self.programme)")
            let row =
                /<th[^>]*><a class="nhsuk-link" href="([^"]*)">[^<]*<\/a><\/th><td[^>]*>([0-9,]+)/
            var checked = 0
            for match in page.text.matches(of: row) {
                let path = String(match.output.1).replacing("&amp;", with: "&")
                // Waits, and shares of groups, begin with another number than that of their cases.
                guard path.contains("stages") || path.contains("runs") || path.contains("quality")
                else {
                    continue
                }
                let opened = await browser.get(path)
                let number = String(match.output.2).replacing(",", with: "")
                let said = opened.words.replacing(",", with: "")
                let words = number == "1" ? "1 case." : "\(number) cases."
                #expect(said.contains(" \(words)"), "\(path)")
                checked += 1
            }
            #expect(checked > 20)
        }
    }

    @Test("A manager sees the cases of their own organisation, whatever is asked")
    func managerSeesOwn() async throws {
        try await withSite(.sqlite) { site, _ in
            let own = await site.browser(Self.manager).get("/dashboards/\(Self.programme)")
            #expect(own.words.contains("689"))
            let path = "/dashboards/\(Self.programme)?provider=pathways-cic"
            let other = await site.browser(Self.stranger).get(path)
            #expect(other.status == 200)
            #expect(!other.words.contains("689"))
            let cases = "/dashboards/\(Self.programme)/cases?figure=stages%2Freferred"
            let none = await site.browser(Self.stranger).get(cases + "&provider=pathways-cic")
            #expect(none.words.contains("0 cases."))
            let mine = await site.browser(Self.manager).get(cases)
            #expect(mine.text.contains("href=\"/cases/"))
        }
    }

    @Test(
        "A commissioner says where limits begin anew, mends what was wrong, and withdraws it",
        arguments: Backend.allCases
    )
    func rebase(_ backend: Backend) async throws {
        try await withSite(backend) { site, installation in
            let browser = site.browser(Self.commissioner)
            let path = "/dashboards/\(Self.programme)"
            let page = await browser.get(path)
            #expect(page.text.contains("action=\"\(path)\""))
            #expect(page.words.contains("Reckon limits anew: starts a month"))
            #expect(!page.text.contains("<details class=\"nhsuk-details\" open"))
            let blank = await browser.submit(path, from: page, ["chart": "starts"])
            #expect(blank.status == 422)
            #expect(blank.text.contains("href=\"#month-starts\""))
            #expect(blank.text.contains("href=\"#reason-starts\""))
            #expect(blank.text.components(separatedBy: "nhsuk-details\" open").count == 2)
            let wrong = await browser.submit(
                path,
                from: blank,
                [
                    "chart": "starts", "month-starts": "2031-01",
                    "reason-starts": "A second <clinic>.",
                ]
            )
            #expect(wrong.status == 422 && wrong.words.contains("The chart has no such month"))
            #expect(wrong.value("reason-starts") == "A second &lt;clinic&gt;.")
            #expect(try await installation.count("chart_rebases") == 0)
            let saved = await browser.submit(
                path,
                from: wrong,
                [
                    "chart": "starts", "month-starts": "2014-01",
                    "reason-starts": "A second <clinic>.",
                ]
            )
            #expect(saved.status == 200 && saved.path == "\(path)#runs")
            let says =
                "Limits are reckoned anew from January 2014: A second &lt;clinic&gt; (said on"
            #expect(saved.words.contains(says))
            let row = "January 2014 Reason A second &lt;clinic&gt;. Said 2 June 2025 By board"
            #expect(saved.words.contains(row))
            let ids = saved.text.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count)
            // Everybody who sees the chart sees it; a manager cannot take it back.
            for actor in [Self.analyst, Self.manager] {
                let theirs = await site.browser(actor).get(path)
                #expect(theirs.words.contains(says))
                #expect(!theirs.text.contains("name=\"withdraw\""))
                #expect(!theirs.words.contains("carol"))
            }
            let id = try #require(saved.value("withdraw"))
            let manager = site.browser(Self.manager)
            let refused = await manager.post(path, ["withdraw": id])
            #expect(refused.status == 403)
            let gone = await browser.submit(path, from: saved, ["withdraw": id])
            #expect(gone.status == 200 && !gone.words.contains("A second &lt;clinic&gt;"))
            #expect(site.errors == [])
        }
    }

    @Test("A target of the programme stands on its own chart, and on no part's")
    func target() async throws {
        try await withInstallation(.sqlite) { installation in
            for number in 1...9 {
                try await ClaimScene.refer(
                    "P\(number)",
                    on: "2025-04-0\(number)",
                    started: "2025-05-0\(number)",
                    in: installation
                )
            }
            let site = TestSite(installation)
            let path = "/dashboards/\(ClaimScene.programme)"
            let whole = await site.browser(Self.commissioner).get(path)
            #expect(whole.words.contains("target 90"))
            #expect(whole.text.contains(">Target</th>"))
            let own = await site.browser(ClaimScene.manager).get(path)
            #expect(own.status == 200 && !own.words.contains("target 90"))
        }
    }

    @Test(
        "What was asked stays asked when limits begin anew, and is asked of the chart as it stood"
    )
    func rebaseAsAt() async throws {
        try await withSite(.sqlite) { site, _ in
            let browser = site.browser(Self.manager)
            let path = "/dashboards/\(Self.programme)?as-at=31%2F12%2F2013"
            let page = await browser.get(path)
            #expect(page.words.contains("As at 31 December 2013"))
            let late = await browser.submit(
                path,
                from: page,
                ["chart": "referrals", "month-referrals": "2014-06", "reason-referrals": "Why"]
            )
            #expect(late.status == 422 && late.words.contains("no such month"))
            #expect(late.words.contains("As at 31 December 2013"))
            let saved = await browser.submit(
                path,
                from: late,
                ["chart": "referrals", "month-referrals": "2013-10", "reason-referrals": "Why"]
            )
            #expect(saved.words.contains("As at 31 December 2013"))
            #expect(saved.words.contains("Limits are reckoned anew from October 2013: Why (said"))
            // Said of a chart, not of a day.
            let now = await browser.get("/dashboards/\(Self.programme)")
            #expect(now.words.contains("Limits are reckoned anew from October 2013: Why (said"))
            // A session that ended meanwhile loses nothing that was typed.
            site.end(browser)
            _ = await browser.submit(
                "/dashboards/\(Self.programme)",
                from: now,
                ["chart": "starts", "month-starts": "2014-02", "reason-starts": "Typed before"]
            )
            site.signInAgain(browser, Self.manager)
            let back = await browser.get("/dashboards/\(Self.programme)")
            #expect(back.value("reason-starts") == "Typed before")
            #expect(back.text.contains("value=\"2014-02\" selected"))
            #expect(back.text.components(separatedBy: "nhsuk-details\" open").count == 2)
        }
    }

    @Test("What cannot be read is said, and a figure that is not there is not found")
    func whatCannotBeRead() async throws {
        try await withSite(.sqlite) { site, _ in
            let browser = site.browser(Self.manager)
            let page = await browser.get("/dashboards/\(Self.programme)?as-at=soon")
            #expect(page.words.contains("Write a date"))
            let none = await browser.get("/dashboards/\(Self.programme)/cases?figure=nothing")
            #expect(none.status == 404)
            #expect(await browser.get("/dashboards/nowhere").status == 404)
            let early = await browser.get("/dashboards/\(Self.programme)?as-at=2013-04-01")
            #expect(early.status == 200)
        }
    }
}
