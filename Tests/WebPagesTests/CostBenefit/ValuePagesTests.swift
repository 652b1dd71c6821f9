import Application
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Cost and benefit as an analyst, a commissioner and a provider's manager see it.
@Suite struct ValuePagesTests {
    static let fitForWork = "/reports/fit-for-work-in-work/value"
    static let workWell = "/reports/workwell-manchester/value"
    static let analyst = Actor(user: "ana", organisation: "board", role: .analyst)
    static let commissioner = Actor(user: "carol", organisation: "board", role: .commissioner)
    static let manager = Actor(user: "mo", organisation: "pathways-cic", role: .manager)
    static let coach = Actor(user: "cas", organisation: "pathways-cic", role: .coach)

    @Test(
        "The report leads to it, and the paper's saving stands there",
        arguments: Backend.allCases
    )
    func paper(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let id = "fit-for-work-in-work"
            try await installation.importList(ClientList(fixture: id), id)
            let site = TestSite(installation)
            for actor in [Self.analyst, Self.commissioner, Self.manager] {
                let browser = site.browser(actor)
                for from in ["/reports", "/reports/\(id)"] {
                    #expect(await browser.get(from).text.contains("href=\"\(Self.fitForWork)\""))
                }
                let page = await browser.get(Self.fitForWork)
                #expect(page.status == 200)
                #expect(page.words.contains("Avoided cost"))
                #expect(page.words.contains("£59,001"))
                #expect(
                    page.words.contains("£59,000 for 252 clients"),
                    "the source stands beside it"
                )
                // The paper tells no cost.
                #expect(page.words.contains("Benefit-cost ratio, public value Value –"))
                #expect(!page.text.contains("<svg"))
            }
            #expect(await site.browser(Self.coach).get(Self.fitForWork).status == 403)
            let none = "/reports/kickstarter/value"
            #expect(await site.browser(Self.analyst).get(none).status == 404)
            let list = await site.browser(Self.analyst).get("/reports")
            #expect(!list.text.contains(none))
            #expect(site.errors == [])
        }
    }

    @Test("Every assumption is a field with its source, and an example is called one")
    func everyAssumption() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let page = await site.browser(Self.analyst).get(Self.workWell)
            #expect(page.status == 200)
            for id in [
                "cost.guaranteed", "cost.performance", "entered-work.count",
                "entered-work.deadweight", "remained-in-work.lasts", "value.wages", "discount",
                "discount-health", "inflation", "cbt.bias",
            ] {
                #expect(
                    page.text.contains("<label class=\"nhsuk-label nhsuk-label--s\" for=\"\(id)\"")
                )
                #expect(page.text.contains("id=\"\(id)-hint\""), "\(id)")
            }
            #expect(page.value("entered-work.deadweight") == "40")
            #expect(page.value("value.wages") == "10000")
            #expect(page.value("cost.guaranteed") == "786007.20")
            #expect(page.value("entered-work.count") == "")
            #expect(page.words.contains("It is 0. Leave this blank"))
            #expect(page.words.contains("To be replaced by the national evaluation of WorkWell."))
            #expect(page.words.contains("examples that nobody has vouched for"))
            let ids = page.text.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
            #expect(Set(ids).count == ids.count)
            #expect(!page.text.contains("style=") && !page.text.contains("<script"))
        }
    }

    @Test("What is changed is reckoned with, said, and kept nowhere")
    func changes() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let browser = site.browser(Self.analyst)
            let asked =
                Self.workWell + "?entered-work.count=100&entered-work.deadweight=50&discount="
            let page = await browser.get(asked)
            #expect(page.status == 200)
            #expect(page.words.contains("2 assumptions were put at other values"))
            #expect(page.words.contains("Changed here. The file says 40%."))
            #expect(page.value("entered-work.deadweight") == "50")
            #expect(page.words.contains("Go back to what the file says"))
            // With benefits there is a ratio, and a picture of what moves it.
            #expect(page.text.contains("role=\"img\""))
            #expect(page.words.contains("moves it most"))
            #expect(page.words.contains("Where benefits would equal costs"))
            // Only the group with the changes is open.
            #expect(
                page.text.components(separatedBy: "<details class=\"nhsuk-details\" open").count
                    == 2
            )
            let again = await browser.get(Self.workWell)
            #expect(!again.words.contains("other values than the file's"))
            // A commissioner sees the settled day, whatever is asked.
            let outside = await site.browser(Self.commissioner).get(
                Self.workWell + "?as-at=1/2/2025"
            )
            #expect(outside.words.contains("As at 31 May 2025"))
            let inside = await site.browser(Self.manager).get(Self.workWell + "?as-at=1/2/2025")
            #expect(inside.words.contains("As at 1 February 2025"))
            #expect(site.errors == [])
        }
    }

    @Test("What will not do is said beside its field, and the rest is reckoned with")
    func problems() async throws {
        try await withInstallation(.sqlite) { installation in
            let browser = TestSite(installation).browser(Self.manager)
            let asked =
                Self.workWell
                + "?entered-work.count=100&discount=lots&entered-work.deadweight=140&as-at=soon"
            let page = await browser.get(asked)
            #expect(page.status == 422)
            #expect(page.words.contains("There is a problem"))
            #expect(page.text.contains("href=\"#discount\""))
            #expect(page.words.contains("“140” will not do; expected a percentage from 0 to 100"))
            #expect(page.words.contains("Write a date such as 31/3/2025"))
            #expect(page.value("discount") == "lots")
            #expect(page.words.contains("1 assumption was put at another value"))
            let unknown = await browser.get(Self.workWell + "?nothing=1")
            #expect(unknown.status == 422)
            #expect(unknown.words.contains("there is no such assumption"))
        }
    }
}
