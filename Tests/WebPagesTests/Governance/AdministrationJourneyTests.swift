import Application
import Casework
import Foundation
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebPages

/// An administrator at work, page by page.
@Suite struct AdministrationJourneyTests {
    static let administrator = GovernanceSite.administrator

    private func withBrowser(
        _ body: (TestBrowser, TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            try await body(site.browser(Self.administrator), installation)
            #expect(site.errors == [])
        }
    }

    @Test("A programme is uploaded, mended, weighed and activated")
    func programmes() async throws {
        try await withBrowser { browser, installation in
            let id = "kickstarter"
            try await installation.importList(try ClientList(fixture: id), id)
            let text = try String(
                contentsOfFile: "\(Fixtures.programmes)/\(id).yaml",
                encoding: .utf8
            ).replacing("version: 1\n", with: "version: 2\n")
            let path = "/admin/programmes"
            let empty = await browser.post(path, ["text": " "])
            #expect(empty.words.contains("Choose a programme file, or paste its text"))
            let faulty = text.replacing("working_days: 5", with: "working_days: five")
            let refused = await browser.post(path, ["text": faulty])
            #expect(refused.status == 422)
            #expect(refused.words.contains("The file has 1 fault"))
            let line =
                faulty.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { $0.contains("five") } ?? 0
            #expect(refused.words.contains("\(line + 1)"))
            #expect(refused.text.contains("<code>    within: {working_days: five}</code>"))
            // A browser ends the lines of what is pasted with CRLF.
            let pasted = await browser.post(
                path,
                ["text": faulty.replacing("\n", with: "\r\n")]
            )
            #expect(pasted.words.contains("\(line + 1)"))
            #expect(pasted.text.contains("<code>    within: {working_days: five}</code>"))
            let changed = text.replacing("{condition: [msk]}", with: "{condition: [other]}")
            let weighed = await browser.post(path, ["file": changed])
            #expect(weighed.path == "/admin/programmes/kickstarter/2")
            #expect(weighed.words.contains("42 open cases"))
            #expect(weighed.words.contains("then not eligible"))
            #expect(weighed.words.contains("growth-company, mft. What goes to them"))
            #expect(weighed.words.contains("KS0001"))
            #expect(!weighed.words.contains("Tariq"))
            #expect(try await installation.programme(id).version == 1)
            let active = await browser.submit(weighed.path, from: weighed, [:])
            #expect(active.path == path)
            #expect(try await installation.programme(id).version == 2)
            let again = await browser.submit(weighed.path, from: weighed, [:])
            #expect(again.status == 422)
            #expect(await browser.get("/admin/programmes/kickstarter/9").status == 404)
            #expect(await browser.get("/admin/programmes/nothing/1").status == 404)
        }
    }

    @Test("A language is filled in by form and by file, and its places are kept")
    func translations() async throws {
        try await withBrowser { browser, installation in
            let path = "/admin/translations/pl"
            let page = await browser.get(path)
            let field = try #require(
                page.text.components(separatedBy: "for=\"t-").dropFirst()
                    .first { $0.contains("Sign out</label>") }
            ).prefix(12)
            let saved = await browser.submit(path, from: page, ["t-\(field)": "Wyloguj"])
            #expect(saved.path == "/admin/translations")
            #expect(
                try await installation.goodwork.translations(of: "pl") == ["Sign out": "Wyloguj"]
            )
            let csv = await browser.get(path + "/export")
            #expect(csv.text.contains("Sign out,Wyloguj\r\n"))
            let sent = csv.text.replacing("Language,\r\n", with: "Language,Język\r\n")
            let brought = await browser.post(path + "/import", ["text": sent])
            #expect(brought.path == path)
            #expect(
                try await installation.goodwork.translations(of: "pl")
                    == ["Sign out": "Wyloguj", "Language": "Język"]
            )
            let unknown = await browser.post(
                path + "/import",
                ["text": "english,pl\r\nNo such words,Nic\r\nLanguage,Język {x}\r\n"]
            )
            #expect(unknown.status == 422)
            #expect(unknown.words.contains("Line 2: no page has the phrase “No such words”"))
            #expect(unknown.words.contains("Line 3: “Language” has no {x}"))
            let twice = await browser.post(
                path + "/import",
                ["text": "english,pl\r\nLanguage,Mowa\r\nSign out,\r\nLanguage,Jezyk\r\n"]
            )
            #expect(twice.status == 422)
            #expect(twice.words.contains("Line 4: “Language” stands in line 2 already"))
            #expect(!twice.words.contains("“Sign out”"))
            #expect(
                try await installation.goodwork.translations(of: "pl")["Language"] == "Język"
            )
            #expect(await browser.get("/admin/translations/xx").status == 404)
        }
    }

    @Test("An organisation and an account are added; the account is changed and shut out")
    func accounts() async throws {
        try await withBrowser { browser, installation in
            let none = await browser.get("/admin/accounts/add")
            #expect(none.words.contains("Add one first"))
            let bad = await browser.post("/admin/organisations", ["id": "big life", "name": "B"])
            #expect(bad.status == 422)
            let added = await browser.post(
                "/admin/organisations",
                ["id": "big-life", "name": "Big Life", "kind": "provider"]
            )
            #expect(added.words.contains("Big Life"))
            let path = "/admin/accounts/add"
            let faulty = await browser.post(path, ["name": "Jo Bee", "login": "nothing"])
            #expect(faulty.status == 422)
            let made = await browser.post(
                path,
                [
                    "name": "Jo Bee", "login": "jo@example.org", "organisation": "big-life",
                    "roles": "coach", "capacity": "40",
                ]
            )
            #expect(made.words.contains("Jo Bee has an account"))
            let goodwork = installation.goodwork
            let account = try await goodwork.account(login: "jo@example.org")
            #expect(account.capacity == 40)
            let own = "/admin/accounts/\(account.id.text)"
            _ = await browser.post(
                own,
                ["do": "roles", "roles": "coach", "roles": "provider-manager"]
            )
            _ = await browser.post(own, ["do": "capacity", "capacity": "30"])
            let changed = try await goodwork.account(account.id)
            #expect(changed?.roles == [.coach, .manager])
            #expect(changed?.capacity == 30)
            let reset = await browser.post(own, ["do": "reset"])
            #expect(reset.words.contains("Jo Bee has a new password"))
            #expect(reset.words.contains("serves once, within 7 days"))
            #expect(await browser.get(own).words.contains("Serves until 9 June 2025"))
            installation.clock.advance(milliseconds: 7 * 86_400_000)
            #expect(await browser.get(own).words.contains("Too old since 9 June 2025"))
            let out = await browser.post(own, ["do": "disable"])
            #expect(out.words.contains("Disabled"))
            #expect(try await goodwork.account(account.id)?.isDisabled == true)
            let back = await browser.post(own, ["do": "enable"])
            #expect(back.words.contains("Active"))
            #expect(await browser.get("/admin/accounts").words.contains("Jo Bee"))
            #expect(await browser.get("/admin/accounts/nobody").status == 404)
        }
    }

    @Test("Somebody is called otherwise and moves, and so does what an organisation is called")
    func corrections() async throws {
        try await withBrowser { browser, installation in
            let goodwork = installation.goodwork
            let path = "/admin/organisations"
            for id in ["big-life", "mft"] {
                _ = await browser.post(path, ["id": id, "name": "The \(id)", "kind": "provider"])
            }
            let empty = await browser.post("\(path)/mft", ["name": ""])
            #expect(empty.status == 422)
            #expect(empty.words.contains("Say what it does"))
            let saved = await browser.post("\(path)/mft", ["name": "The Trust", "kind": "host"])
            #expect(saved.path == path)
            let mft = try await goodwork.organisations().first { $0.id == "mft" }
            #expect(mft?.name == "The Trust" && mft?.kinds == [.host])
            #expect(await browser.get("\(path)/none").status == 404)

            let account = try await goodwork.addAccount(
                NewAccount(
                    login: "jo@example.org",
                    name: "Jo",
                    organisation: "big-life",
                    roles: [.coach]
                ),
                by: installation.actor
            ).account
            let own = "/admin/accounts/\(account.id.text)"
            let faulty = await browser.post(own, ["do": "identity", "name": "Jo", "login": "jo"])
            #expect(faulty.status == 422)
            #expect(faulty.value("login") == "jo")
            _ = await browser.post(
                own,
                ["do": "identity", "name": "Jo Bee", "login": "bee@example.org"]
            )
            _ = await browser.post(own, ["do": "organisation", "organisation": "mft"])
            let changed = try await goodwork.staffAccount(account.id)
            #expect(changed.name == "Jo Bee" && changed.login == "bee@example.org")
            #expect(changed.organisation == "mft" && changed.roles == [.coach])
            let nothing = await browser.post(own, ["do": "nothing"])
            #expect(nothing.status == 422)
        }
    }

    @Test("A resident's account is on no page of an administrator's")
    func residents() async throws {
        try await withBrowser { browser, installation in
            let form = await browser.post(
                "/admin/organisations",
                ["id": "big-life", "name": "Big Life", "kind": "provider"]
            )
            let ann = try await installation.addResident("Ann")
            let account = try await installation.goodwork.addAccount(
                NewAccount(
                    login: "ann@example.org",
                    name: "Ann Example",
                    organisation: "big-life",
                    roles: [.resident],
                    person: ann.header.person
                ),
                password: "thirteen green buses",
                by: installation.actor
            ).account
            let list = await browser.get("/admin/accounts")
            #expect(list.words.contains("There are none yet."))
            #expect(!list.words.contains("Ann"))
            let path = "/admin/accounts/\(account.id.text)"
            #expect(await browser.get(path).status == 404)
            for what in ["roles", "capacity", "reset", "disable", "enable"] {
                let answer = await browser.submit(path, from: form, ["do": what])
                #expect(answer.status == 404, "\(what)")
            }
            #expect(try await installation.goodwork.account(account.id) == account)
        }
    }
}
