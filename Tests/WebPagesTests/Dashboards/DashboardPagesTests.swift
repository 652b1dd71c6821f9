import Application
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Dashboards as an analyst and as a provider's manager see them.
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

    @Test("An analyst sees every panel, each chart with its table", arguments: Backend.allCases)
    func analystSees(_ backend: Backend) async throws {
        try await withSite(backend) { site, _ in
            let page = await site.browser(Self.analyst).get("/dashboards/\(Self.programme)")
            #expect(page.status == 200)
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
            let kept = await site.browser(Self.commissioner).get("/dashboards/\(Self.programme)")
            #expect(kept.status == 403, "small counts are not kept back yet")
            #expect(page.words.contains("As at 31 January 2015"))
            // 689 were engaged, by the paper and by its list.
            #expect(page.words.contains("689"))
            let ids = page.text.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count)
            #expect(site.errors == [])
        }
    }

    @Test("Every number that leads somewhere leads to as many cases")
    func numbersLeadToTheirCases() async throws {
        try await withSite(.sqlite) { site, _ in
            let browser = site.browser(Self.analyst)
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
            let seen = await site.browser(Self.analyst).get(cases)
            #expect(!seen.text.contains("href=\"/cases/"))
        }
    }

    @Test("What cannot be read is said, and a figure that is not there is not found")
    func whatCannotBeRead() async throws {
        try await withSite(.sqlite) { site, _ in
            let browser = site.browser(Self.analyst)
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
