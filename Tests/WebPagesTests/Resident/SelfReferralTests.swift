import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Referring oneself in a browser without scripts.
@Suite struct SelfReferralPagesTests {
    private func withSite(
        _ backend: Backend = .sqlite,
        _ body: (TestSite, TestBrowser) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let site = TestSite(installation, names: Names(organisations: ["big-life": "Big Life"]))
            try await body(site, site.browser())
            #expect(site.errors.isEmpty)
        }
    }

    @Test("The whole way, from the start to what happens next", arguments: Backend.allCases)
    func journey(_ backend: Backend) async throws {
        try await withSite(backend) { site, browser async throws in
            let start = await browser.get("/self-referral")
            #expect(start.status == 200)
            #expect(start.text.contains("href=\"/self-referral/programme\""))
            let journey = SelfReferralJourney(browser: browser)
            for (place, answer) in journey.answers.enumerated() {
                let page = await journey.answer(from: place, to: place)
                let next =
                    place + 1 < journey.answers.count
                    ? journey.answers[place + 1].step : "check"
                #expect(page.path == "/self-referral/\(next)", "after \(answer.step)")
            }
            let check = await browser.get("/self-referral/check")
            for words in [
                "Sam Selfmade", "31 January 1980", "M20 2LS", "Text message, 0161 496 0999",
                "999 000 0018", "I have a job, but I am off sick", "My mental health",
            ] { #expect(check.words.contains(words)) }
            // A yes stands beside the question that it answers.
            for question in [
                "Are you 18 or over?",
                "Does a physical or mental health condition make work harder, or harder to find?",
            ] { #expect(check.text.contains(">\(question)</dt>")) }
            #expect(!check.words.contains("About you"))
            #expect(!check.words.contains("may not be the right service"))
            let sent = await journey.send()
            #expect(sent.path == "/self-referral/sent")
            #expect(sent.words.contains("Somebody at Big Life reads your answers."))
            #expect(sent.words.contains("They get in touch with you by 9 June 2025."))
            let said = try #require(sent.words.split(separator: "Your reference is ").last)
            let folded = try await site.installation.history(String(said.prefix(9))).fold()
            #expect(folded.contactWish?.way == .text)
            let isSo48 = try await site.installation.count("cases") == 1
            #expect(isSo48)
            let isSo49 = try await site.installation.problems().isEmpty
            #expect(isSo49)
        }
    }

    @Test("What was answered is there after a break, and the way goes on from there")
    func resumed() async throws {
        try await withSite { site, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            await journey.answer(to: 4)
            let later = await browser.get("/self-referral/later")
            #expect(later.words.contains("kept for 7 days"))
            site.installation.clock.advance(milliseconds: 6 * 86_400_000)
            let start = await browser.get("/self-referral")
            #expect(start.text.contains("href=\"/self-referral/contact\""))
            #expect(await browser.get("/self-referral/name").value("family_name") == "Selfmade")
            // Another browser knows nothing of it.
            let other = await site.browser().get("/self-referral/name")
            #expect(other.value("family_name") == "")
            // What is still open is asked before anything can be sent.
            #expect(await browser.get("/self-referral/check").path == "/self-referral/contact")
            #expect(await journey.answer(from: 5).path == "/self-referral/check")
            #expect(await journey.send().path == "/self-referral/sent")
        }
    }

    @Test("What was typed can be forgotten")
    func forgotten() async throws {
        try await withSite { site, browser async throws in
            await SelfReferralJourney(browser: browser).answer(to: 4)
            _ = await browser.post("/self-referral/forget", [:])
            #expect(await browser.get("/self-referral/name").value("family_name") == "")
            let isSo80 = try await site.installation.count("drafts") == 0
            #expect(isSo80)
        }
    }

    @Test("A change leads back to the answers, and back and forward lose nothing")
    func changed() async throws {
        try await withSite { _, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            let check = await journey.answer()
            #expect(check.text.contains("href=\"/self-referral/name?then=check\""))
            let old = await browser.get("/self-referral/work")
            let after = await browser.post(
                "/self-referral/name?then=check",
                ["given_name": "Sammy", "family_name": "Selfmade"]
            )
            #expect(after.path == "/self-referral/check")
            #expect(after.words.contains("Sammy Selfmade"))
            // An older page, come to by the back button, can be sent again.
            let again = await browser.submit("/self-referral/work", from: old, ["work": "in-work"])
            #expect(again.path == "/self-referral/condition")
            let end = await browser.get("/self-referral/check")
            #expect(end.words.contains("I am in work"))
            #expect(end.words.contains("Sammy Selfmade"))
        }
    }

    @Test("Sending twice, or again after going back, refers once", arguments: Backend.allCases)
    func doubleClick(_ backend: Backend) async throws {
        try await withSite(backend) { site, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            let check = await journey.answer()
            async let one = browser.submit("/self-referral/check", from: check, [:])
            async let two = browser.submit("/self-referral/check", from: check, [:])
            let (first, second) = await (one, two)
            #expect([first.path, second.path] == ["/self-referral/sent", "/self-referral/sent"])
            let third = await browser.submit("/self-referral/check", from: check, [:])
            #expect(third.path == "/self-referral/sent")
            #expect(await browser.get("/self-referral/check").path == "/self-referral/sent")
            let isSo118 = try await site.installation.count("cases") == 1
            #expect(isSo118)
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var step: String
        var fields: [String: String]
        var says: String

        var testDescription: String { "\(step) \(fields.sorted { $0.key < $1.key })" }
    }

    @Test(
        "What is wrong is said beside the field, and what was typed stays",
        arguments: [
            Wrong(step: "programme", fields: [:], says: "Choose an answer"),
            Wrong(step: "programme", fields: ["programme": "kickstarter"], says: "Choose one of"),
            Wrong(step: "age", fields: [:], says: "Choose an answer"),
            Wrong(step: "name", fields: ["given_name": "Sam"], says: "Type your last name"),
            Wrong(
                step: "name",
                fields: ["given_name": "\u{200B}", "family_name": "Selfmade"],
                says: "A name has at least one letter"
            ),
            Wrong(
                step: "name",
                fields: ["given_name": "Sam", "family_name": "12345"],
                says: "A name has at least one letter"
            ),
            Wrong(
                step: "contact",
                fields: ["reach": "phone", "phone": "abc 0161 496 0999"],
                says: "Type the whole telephone number"
            ),
            Wrong(step: "birth-date", fields: [:], says: "Type your birth date"),
            Wrong(
                step: "birth-date",
                fields: [
                    "birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "1980",
                ],
                says: "must be a real date"
            ),
            Wrong(
                step: "birth-date",
                fields: ["birth_date-day": "31", "birth_date-month": "1", "birth_date-year": "80"],
                says: "Type the year with four digits"
            ),
            Wrong(
                step: "birth-date",
                fields: [
                    "birth_date-day": "31", "birth_date-month": "janvier",
                    "birth_date-year": "1980",
                ],
                says: "Type the month as a number"
            ),
            Wrong(step: "postcode", fields: ["postcode": "M20"], says: "Type a whole postcode"),
            Wrong(
                step: "postcode",
                fields: ["postcode": "12 Long Street, Ardwick, Manchester M13 9PL"],
                says: "Type a whole postcode"
            ),
            Wrong(step: "contact", fields: ["phone": "0161 496 0999"], says: "Choose how"),
            Wrong(step: "contact", fields: ["reach": "text"], says: "Type your telephone number"),
            Wrong(step: "contact", fields: ["reach": "email"], says: "Type your email address"),
            Wrong(
                step: "contact",
                fields: ["reach": "email", "email": "sam at home"],
                says: "such as name@example.org"
            ),
            Wrong(
                step: "nhs-number",
                fields: ["nhs-number": "999 000 0019"],
                says: "Check the NHS number"
            ),
            Wrong(step: "work", fields: ["work": "asleep"], says: "Choose one of the answers"),
            Wrong(step: "condition", fields: [:], says: "Choose what makes work hard"),
            Wrong(step: "agree", fields: [:], says: "Choose an answer"),
        ]
    )
    func problems(_ wrong: Wrong) async throws {
        try await withSite { site, browser async throws in
            let path = "/self-referral/\(wrong.step)"
            let page = await browser.get(path)
            var form = Form()
            for (name, value) in wrong.fields { form.set(name, value) }
            form.set("_csrf", page.value("_csrf"))
            let answer = await browser.send(.post, path, form)
            #expect(answer.status == 422)
            #expect(answer.words.contains("There is a problem"))
            #expect(answer.words.contains(wrong.says))
            for (name, value) in wrong.fields where !["programme", "reach", "work"].contains(name) {
                #expect(answer.value(name) == value)
            }
            let isSo178 = try await site.installation.count("drafts") == 0
            #expect(isSo178)
        }
    }

    @Test("Whoever may not be eligible is told why, kindly, and can still send")
    func notEligible() async throws {
        try await withSite { site, browser async throws in
            let journey = SelfReferralJourney(
                browser: browser,
                otherwise: ["postcode": "B1 1AA", "question-health-condition": "no"]
            )
            let check = await journey.answer()
            #expect(check.words.contains("This may not be the right service for you"))
            #expect(check.words.contains("WorkWell is for people whose health makes work harder"))
            // Their GP practice may be in the area: what is not known is not held against them.
            #expect(!check.words.contains("must be in Greater Manchester"))
            #expect(check.words.contains("What else there is"))
            #expect(check.words.contains("You can still send this."))
            #expect(check.text.contains("/self-referral/programme?then=check"))
            #expect(await journey.send().path == "/self-referral/sent")
            let isSo196 = try await site.installation.count("cases") == 1
            #expect(isSo196)
        }
    }

    @Test("Whoever is not 18 is told what else there is, and can go on")
    func underAge() async throws {
        try await withSite { _, browser async throws in
            let journey = SelfReferralJourney(browser: browser, otherwise: ["age": "no"])
            await journey.answer(to: 0)
            let page = await journey.answer(from: 1, to: 1)
            #expect(page.path == "/self-referral/under-18")
            #expect(page.words.contains("Talk to somebody at your school or college."))
            #expect(page.text.contains("href=\"/self-referral/name\""))
        }
    }

    @Test("That somebody would rather not say is offered once")
    func unsaid() async throws {
        try await withSite { _, browser async throws in
            await SelfReferralJourney(browser: browser).answer(to: 0)
            let own = await browser.get("/self-referral/question-racially-minoritised")
            #expect(own.words.contains("I would rather not say"))
            #expect(!own.words.contains("Not said"))
            #expect(!own.words.contains("I do not know"))
            let other = await browser.get("/self-referral/question-health-condition")
            #expect(other.words.contains("I do not know, or this is not about me"))
        }
    }

    @Test("A birth date that says otherwise than the age is told so at once")
    func underAgeByBirthDate() async throws {
        try await withSite { _, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            await journey.answer(to: 2)
            let born: (String) -> KeyValuePairs<String, String> = { year in
                ["birth_date-day": "31", "birth_date-month": "1", "birth_date-year": year]
            }
            let page = await browser.post("/self-referral/birth-date", born("2012"))
            #expect(page.path == "/self-referral/under-18")
            #expect(page.text.contains("href=\"/self-referral/birth-date\""))
            #expect(page.text.contains("href=\"/self-referral/postcode\""))
            let right = await browser.post("/self-referral/birth-date", born("1980"))
            #expect(right.path == "/self-referral/postcode")
            // Changed where the answers are checked, it is told as well, and leads back there.
            await journey.answer(from: 4)
            let changed = await browser.post("/self-referral/birth-date?then=check", born("2012"))
            #expect(changed.path == "/self-referral/under-18")
            #expect(changed.text.contains("href=\"/self-referral/check\""))
        }
    }

    @Test("Without a yes to being referred nothing is sent")
    func noConsent() async throws {
        try await withSite { site, browser async throws in
            let journey = SelfReferralJourney(browser: browser, otherwise: ["agree": "no"])
            let check = await journey.answer()
            #expect(check.words.contains("Without your yes we cannot send this."))
            let page = await browser.submit(
                "/self-referral/check",
                from: await browser.get("/self-referral/name"),
                [:]
            )
            #expect(page.status == 422)
            let isSo224 = try await site.installation.count("cases") == 0
            #expect(isSo224)
        }
    }

    @Test("Somebody who is known is answered as everybody is")
    func known() async throws {
        var pages: [String] = []
        for isKnown in [false, true] {
            try await withSite { site, browser async throws in
                if isKnown {
                    _ = try await site.installation.addResident("Sam", nhsNumber: "9990000018")
                }
                let journey = SelfReferralJourney(browser: browser)
                let check = await journey.answer()
                let sent = await journey.send()
                let account = await browser.get("/self-referral/account")
                for page in [check, sent, account] {
                    pages.append(
                        page.words.split(separator: " ").filter { !$0.contains("-") }
                            .joined(separator: " ")
                    )
                }
            }
        }
        #expect(pages[0...2] == pages[3...5])
    }

    @Test("No address of a page holds what was typed")
    func addresses() async throws {
        try await withSite { site, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            var paths: [String] = []
            for place in journey.answers.indices {
                let page = await journey.answer(from: place, to: place)
                paths.append(page.path)
                paths += page.text.split(separator: "href=\"").dropFirst().map {
                    String($0.prefix { $0 != "\"" })
                }
            }
            paths.append(await journey.send().path)
            for path in paths {
                for typed in ["Sam", "Selfmade", "1980", "M20", "m20", "0161", "999", "mental"] {
                    #expect(!path.contains(typed), "\(path)")
                }
            }
            // Nor is it anywhere in the open.
            let bytes = try await site.installation.database.read { transaction in
                try transaction.rows("SELECT sealed FROM drafts") { try $0.blob(0) }
            }
            #expect(!bytes.isEmpty)
            for sealed in bytes {
                #expect(!String(decoding: sealed, as: UTF8.self).contains("reference"))
            }
        }
    }

    @Test(
        "An account is made in the browser that sent, and in no other",
        arguments: Backend.allCases
    )
    func account(_ backend: Backend) async throws {
        try await withSite(backend) { site, browser async throws in
            let journey = SelfReferralJourney(browser: browser)
            await journey.answer()
            _ = await journey.send()
            let fields: KeyValuePairs = [
                "login": "sam@example.org", "new-password": "thirteen green buses",
            ]
            let stranger = site.browser()
            let form = await stranger.get("/self-referral/name")
            let other = await stranger.submit("/self-referral/account", from: form, fields)
            #expect(other.path == "/self-referral")
            let short = await browser.post(
                "/self-referral/account",
                ["login": "sam@example.org", "new-password": "short"]
            )
            #expect(short.words.contains("Use 12 characters or more"))
            #expect(short.value("login") == "sam@example.org")
            #expect(!short.text.contains("value=\"short\""))
            let made = await browser.post("/self-referral/account", fields)
            #expect(made.words.contains("You can sign in now"))
            let again = await browser.post("/self-referral/account", fields)
            #expect(again.words.contains("You have sent this already"))
            #expect(try await site.installation.count("accounts") == 1)
            let account = try await site.installation.goodwork.account(login: "sam@example.org")
            let my = await site.browser(account.actor).get("/my")
            #expect(my.words.contains("We have your referral."))
            // Nobody else referred them, so nobody is to be told.
            let data = await site.browser(account.actor).get("/my/data")
            #expect(data.words.contains("To tell your GP"))
            #expect(!data.words.contains("whoever referred you"))
            let rest = try #require(data.text.split(separator: "/my/cases/").dropFirst().first)
            let consents = "/my/cases/\(rest.prefix { $0 != "/" })/consents"
            let own = site.browser(account.actor)
            #expect(await own.get("\(consents)/gp-record").status == 200)
            #expect(await own.get("\(consents)/share-with-referrer").status == 404)
        }
    }

    @Test("A page in Urdu says so, and runs from right to left")
    func urdu() async throws {
        try await withSite { site, browser async throws in
            try await site.installation.tamper(
                """
                INSERT INTO translations (locale, phrase, text, changed_at, changed_by)
                VALUES ('ur', 'Your name', 'آپ کا نام', 0, 'test')
                """
            )
            browser.set(Site.languageCookie, "ur")
            let page = await browser.get("/self-referral/name")
            #expect(page.text.contains("<html lang=\"ur\" dir=\"rtl\">"))
            #expect(page.text.contains("<h1>آپ کا نام</h1>"))
        }
    }
}
