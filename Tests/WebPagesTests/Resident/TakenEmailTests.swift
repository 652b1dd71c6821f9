import Application
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Making an account tells nobody whether somebody else has one with the same email.
@Suite struct TakenEmailTests {
    private static let taken = "taken@example.org"
    private static let free = "free@example.org"
    private static let password = "thirteen green buses"

    private func with(
        _ backend: Backend,
        _ body: (TestSite) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            try await goodwork.addOrganisation(
                Organisation(id: "big-life", name: "The Big Life Group", kinds: [.provider]),
                by: installation.actor
            )
            _ = try await goodwork.addAccount(
                NewAccount(
                    login: Self.taken,
                    name: "Ada",
                    organisation: "big-life",
                    roles: [.coach]
                ),
                password: "another long password",
                by: installation.actor
            )
            try await body(TestSite(installation))
        }
    }

    /// A page without what differs with every request.
    private static func plain(_ page: TestBrowser.Page) -> String {
        let tokens = ["_csrf", "_key"].compactMap { page.value($0) }
        return tokens.reduce("\(page.path) \(page.status) \(page.text)") { text, token in
            text.replacing(token, with: "-")
        }
    }

    @Test("After a self-referral every page is the same", arguments: Backend.allCases)
    func selfReferral(_ backend: Backend) async throws {
        try await with(backend) { site async throws in
            var seen: [[String]] = []
            for login in [Self.taken, Self.free] {
                let browser = site.browser()
                let journey = SelfReferralJourney(browser: browser)
                await journey.answer()
                _ = await journey.send()
                let path = "/self-referral/account"
                let fields: KeyValuePairs = ["login": login, "new-password": Self.password]
                let first = await browser.post(path, fields)
                #expect(first.words.contains("You can sign in now"))
                let second = await browser.post(path, fields)
                #expect(second.words.contains("You have sent this already"))
                // A second email is no second go: signing in with it would tell of the first.
                let other = await browser.post(
                    path,
                    ["login": "2" + login, "new-password": Self.password]
                )
                #expect(other.words.contains("that you sent first count"))
                let form = await browser.get(path)
                seen.append([first, second, other, form].map(Self.plain))
            }
            #expect(seen[0] == seen[1])
            let goodwork = site.installation.goodwork
            #expect(try await goodwork.account(login: Self.free).roles == [.resident])
            // The account that was there is as it was.
            #expect(try await goodwork.account(login: Self.taken).roles == [.coach])
            #expect(try await site.installation.count("accounts") == 2)
        }
    }

    @Test("By an invitation every page is the same", arguments: Backend.allCases)
    func invitation(_ backend: Backend) async throws {
        try await with(backend) { site async throws in
            let goodwork = site.installation.goodwork
            var seen: [[String]] = []
            for (name, login) in [("Ann", Self.taken), ("Bob", Self.free)] {
                let person = try await site.installation.addResident(name)
                let token = goodwork.token(for: goodwork.invitationLink(for: person.id))
                let path = "/invitation/\(token)"
                let browser = site.browser()
                let fields: KeyValuePairs = [
                    "birth_date-day": "31", "birth_date-month": "1", "birth_date-year": "1980",
                    "login": login, "new-password": Self.password,
                ]
                let form = await browser.get(path)
                let first = await browser.submit(path, from: form, fields)
                #expect(first.words.contains("You can sign in now"))
                let second = await browser.submit(path, from: form, fields)
                #expect(second.words.contains("This link has been used"))
                let again = await browser.get(path)
                seen.append(
                    [form, first, second, again].map {
                        Self.plain($0).replacing(token, with: "-")
                    }
                )
                // The coach can invite whoever cannot sign in once more.
                site.installation.clock.advance()
                let next = try await goodwork.invitation(
                    goodwork.token(for: goodwork.invitationLink(for: person.id))
                )
                #expect(next == (login == Self.taken ? .open(.record) : .used))
            }
            #expect(seen[0] == seen[1])
            #expect(try await site.installation.count("accounts") == 2)
        }
    }

    @Test("The access log tells information governance which it was")
    func isLogged() async throws {
        try await with(.sqlite) { site async throws in
            let (goodwork, installation) = (site.installation.goodwork, site.installation)
            let person = try await installation.addResident("Ann")
            _ = try await goodwork.registerResident(
                ResidentAccount(login: Self.taken, password: Self.password),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: person.id)),
                birthDate: try #require(CivilDate(iso: "1980-01-31"))
            )
            let officer = Actor(user: "ig-1", organisation: "host", role: .governance)
            var question = LogQuestion()
            question.isRefused = true
            let found = try await goodwork.searchLog(question, by: officer).entries
            #expect(found.map(\.entry.outcome) == ["refused: the email has an account"])
        }
    }
}
