import Application
import Casework
import Kernel
import TestSupport
import Testing

/// A commissioner looks at a report and takes it away; a manager releases it.
@Suite struct ReleaseJourneyTests {
    static func actor(_ role: Role) -> Actor {
        Actor(user: "u-\(role.rawValue)", organisation: "o", role: role)
    }

    static func refer(_ count: Int, _ installation: TestInstallation) async throws {
        for number in 1...count {
            var referral = ReferralReceived()
            referral.source = "gp"
            referral.referrer = "P84001"
            referral.strand = number <= 3 ? "be-well" : "msk"
            referral.identity.givenName = "Person"
            referral.identity.familyName = "Number\(number)"
            let new = NewReferral(
                programme: "workwell-manchester",
                referral: referral,
                consents: [.referral: true],
                on: try #require(CivilDate(iso: "2025-05-20"))
            )
            _ = try await installation.goodwork.refer(
                new,
                by: installation.actor,
                seed: UInt64(number)
            )
        }
    }

    @Test(
        "What a commissioner sees is kept back, says so, and is in the register",
        arguments: Backend.allCases
    )
    func commissioner(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            try await Self.refer(12, installation)
            let site = TestSite(installation)
            let browser = site.browser(Self.actor(.commissioner))
            let path = "/reports/workwell-manchester"
            let page = await browser.get(path + "?by=strand")
            #expect(page.status == 200)
            #expect(page.words.contains("counts of 1 to 4 are shown as *"))
            // Three of the twelve are in Be Well.
            #expect(page.text.contains("<th scope=\"row\">Referrals</th><td>12</td><td>*</td>"))
            #expect(!page.words.contains("Release to the board"))
            let blank = await browser.post(path + "/export", [:])
            #expect(blank.words.contains("Say what it is for"))
            #expect(blank.words.contains("Choose a kind of file"))
            let file = await browser.post(
                path + "/export",
                ["format": "xlsx", "purpose": "board papers", "by": "strand"]
            )
            #expect(file.status == 200)
            #expect(file.body.prefix(2) == [0x50, 0x4B])
            let disposition = file.headers.first { $0.name == "Content-Disposition" }?.value
            #expect(disposition?.contains("workwell-manchester-2025-05-31-by-strand.xlsx") == true)
            let register = await browser.get("/releases")
            #expect(register.words.contains("Looked at"))
            #expect(register.words.contains("Exported"))
            #expect(register.words.contains("board papers"))
            #expect(await browser.get(path + "/release").status == 403)
            #expect(site.errors == [])
        }
    }

    @Test(
        "An evaluator comes to the facts, and takes them away with a purpose that is kept",
        arguments: Backend.allCases
    )
    func facts(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            try await Self.refer(3, installation)
            let site = TestSite(installation)
            let browser = site.browser(Self.actor(.evaluator))
            let first = await browser.get("/")
            #expect(first.path == "/facts")
            #expect(!first.text.contains("href=\"/reports\""))
            let blank = await browser.post("/facts", [:])
            #expect(blank.status == 422)
            for words in ["Choose a programme", "Choose a kind of file", "Say what it is for"] {
                #expect(blank.words.contains(words))
            }
            let file = await browser.post(
                "/facts",
                ["programme": "workwell-manchester", "format": "csv", "purpose": "a yearly study"]
            )
            #expect(file.status == 200)
            #expect(file.text.hasPrefix("case_id,"))
            #expect(file.text.split(whereSeparator: \.isNewline).count == 4)
            #expect(!file.text.contains("Number1"))
            let disposition = file.headers.first { $0.name == "Content-Disposition" }?.value
            #expect(disposition?.contains("workwell-manchester-facts.csv") == true)
            #expect(await site.browser(Self.actor(.commissioner)).get("/facts").status == 403)
            let governance = site.browser(Self.actor(.governance))
            #expect(await governance.get("/governance/log").words.contains("a yearly study"))
            #expect(site.errors == [])
        }
    }

    @Test("A manager releases a report; information governance reads the register")
    func manager() async throws {
        try await withInstallation(.sqlite) { installation in
            try await Self.refer(12, installation)
            let site = TestSite(installation)
            let browser = site.browser(Self.actor(.manager))
            let path = "/reports/workwell-manchester"
            let own = await browser.get(path)
            #expect(!own.words.contains("kept back"))
            let blank = await browser.post(path + "/release", [:])
            #expect(blank.words.contains("Choose who it is for"))
            let released = await browser.post(
                path + "/release",
                ["audience": "published", "purpose": "the website"]
            )
            #expect(released.words.contains("The report is released"))
            #expect(released.words.contains("shown to the nearest 5"))
            #expect(await browser.get("/releases").status == 403)
            let governance = site.browser(Self.actor(.governance))
            let register = await governance.get("/releases")
            #expect(register.words.contains("the website"))
            #expect(register.words.contains("everyone"))
            #expect(site.errors == [])
        }
    }
}
