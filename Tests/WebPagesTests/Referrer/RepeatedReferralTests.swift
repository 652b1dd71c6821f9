import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Forms that are sent twice, too late, by two people, or by another system.
@Suite struct RepeatedReferralTests {
    @Test("A double click refers once", arguments: Backend.allCases)
    func doubleClick(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.get("/refer")
            let form = ReferralClinic.complete()
            async let one = browser.submit("/refer", from: page, form)
            async let other = browser.submit("/refer", from: page, form)
            let paths = await [one.path, other.path]
            #expect(paths[0] == paths[1])
            #expect(paths[0].hasPrefix("/refer/sent/"))
            let cases1 = try await clinic.installation.count("cases")
            #expect(cases1 == 1)
        }
    }

    @Test("A form sent again with other answers refers nobody until it is sent once more")
    func backButton() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.get("/refer")
            _ = await browser.submit("/refer", from: page, ReferralClinic.complete())
            let changed = ReferralClinic.complete(2).with("family_name", "Topaz")
            let again = await browser.submit("/refer", from: page, changed)
            #expect(again.status == 422)
            #expect(again.words.contains("This form was sent already"))
            #expect(again.value("family_name") == "Topaz")
            let cases2 = try await clinic.installation.count("cases")
            #expect(cases2 == 1)
            let sent = await browser.submit("/refer", from: again, changed)
            #expect(sent.path.hasPrefix("/refer/sent/"))
            let cases3 = try await clinic.installation.count("cases")
            #expect(cases3 == 2)
        }
    }

    @Test("Somebody who is there already is offered, and can be referred anyway")
    func duplicate() async throws {
        try await withClinic { clinic in
            let first = try await clinic.refer()
            let browser = clinic.site.browser(ReferralClinic.colleague)
            let form = ReferralClinic.complete()
            let offered = await browser.fill("/refer", form)
            #expect(offered.words.contains("This person was referred already"))
            #expect(offered.words.contains(first.reference))
            #expect(offered.text.contains("/cases/\(first.id.text)/status"))
            let cases4 = try await clinic.installation.count("cases")
            #expect(cases4 == 1)
            var kept = Form()
            for field in form.fields {
                #expect(offered.value(field.name) == field.value, "\(field.name)")
                kept.add(field.name, offered.value(field.name) ?? "")
            }
            kept.add("service", offered.value("service") ?? "")
            let change = await browser.submit("/refer", from: offered, kept.with("change", "yes"))
            #expect(change.value("family_name") == "Quartz")
            #expect(change.words.contains("Send referral"))
            let anyway = kept.with("anyway", "yes")
            let one = await browser.submit("/refer", from: offered, anyway)
            let other = await browser.submit("/refer", from: offered, anyway)
            #expect(one.path.hasPrefix("/refer/sent/"))
            #expect(one.path == other.path)
            let cases5 = try await clinic.installation.count("cases")
            #expect(cases5 == 2)
            let people6 = try await clinic.installation.count("people")
            #expect(people6 == 1)
        }
    }

    @Test("Somebody without a number is known by name, date of birth and postcode")
    func nameless() async throws {
        try await withClinic { clinic in
            let first = try await clinic.refer()
            let browser = clinic.site.browser(ReferralClinic.colleague)
            let form = ReferralClinic.complete().with("nhs_number", nil)
            let offered = await browser.fill("/refer", form)
            #expect(offered.words.contains("This person was referred already"))
            #expect(offered.words.contains(first.reference))
            let other = await browser.fill("/refer", form.with("postcode", "m21 9aa"))
            #expect(other.path.hasPrefix("/refer/sent/"))
        }
    }

    @Test("The same number with another birth date is offered first, and joins no records")
    func otherBirthDate() async throws {
        try await withClinic { clinic in
            let first = try await clinic.refer()
            let browser = clinic.site.browser(ReferralClinic.colleague)
            let form = ReferralClinic.complete().with("birth_date", "1 2 1979")
            let offered = await browser.fill("/refer", form)
            #expect(offered.words.contains("This person was referred already"))
            #expect(offered.words.contains(first.reference))
            let sent = await browser.submit("/refer", from: offered, form.with("anyway", "yes"))
            #expect(sent.path.hasPrefix("/refer/sent/"))
            let people = try await clinic.installation.count("people")
            #expect(people == 2)
        }
    }

    @Test("Another organisation learns of no referral that is not its own")
    func othersDuplicate() async throws {
        try await withClinic { clinic in
            let first = try await clinic.refer()
            let browser = clinic.site.browser(ReferralClinic.stranger)
            let page = await browser.fill("/refer", ReferralClinic.complete())
            #expect(page.path.hasPrefix("/refer/sent/"))
            #expect(!page.text.contains(first.reference))
        }
    }

    @Test("A session that ends mid-form loses nothing typed", arguments: Backend.allCases)
    func sessionEnds(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.get("/refer")
            clinic.site.end(browser)
            let form = ReferralClinic.complete()
            let stopped = await browser.submit("/refer", from: page, form)
            #expect(stopped.path.hasPrefix("/sign-in"))
            clinic.site.signInAgain(browser, ReferralClinic.clinician)
            let again = await browser.get("/refer")
            #expect(again.value("family_name") == "Quartz")
            #expect(again.value("nhs_number") == ReferralClinic.nhsNumber())
            #expect(again.value("postcode") == "m20 2ls")
            #expect(again.text.contains(#"value="msk" checked"#))
            let cases7 = try await clinic.installation.count("cases")
            #expect(cases7 == 0)
            let sent = await browser.submit("/refer", from: again, form)
            #expect(sent.path.hasPrefix("/refer/sent/"))
        }
    }

    @Test("Of two who answer at once, the second keeps what they typed, and learns no secret")
    func conflict() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer(ReferralClinic.required())
            let path = "/cases/\(header.id.text)/answers"
            let one = clinic.site.browser(ReferralClinic.clinician)
            let other = clinic.site.browser(ReferralClinic.colleague)
            let (open, late) = (await one.get(path), await other.get(path))
            let first = await one.submit(path, from: open, Form(["postcode": "M20 2LS"]))
            #expect(first.status == 200)
            var risk = RiskRaised()
            risk.risk = "r1"
            risk.about = "self-harm"
            try await clinic.tell(header, .riskRaised(risk))
            let second = await other.submit(path, from: late, Form(["postcode": "M21 9AA"]))
            #expect(second.status == 422)
            #expect(second.words.contains("Somebody else saved this case"))
            #expect(second.value("postcode") == "M21 9AA")
            #expect(!second.words.contains("self-harm"))
            // What was answered meanwhile is not written over.
            let third = await other.submit(path, from: second, Form(["postcode": "M21 9AA"]))
            #expect(third.status == 422)
            #expect(third.words.contains("Somebody has given these answers already"))
            let both: Form = Form(["postcode": "M21 9AA", "ask_health_condition": "yes"])
            let fourth = await other.submit(path, from: third, both)
            #expect(fourth.path.hasSuffix("/status"))
            let referral = try await clinic.installation.history(header.reference).fold().referral
            #expect(referral?.outwardCode == "M20")
            #expect(referral?.answers == ["health-condition": "yes"])
        }
    }

    @Test("A clinical system hands a person over; they stand in the form after sign-in")
    func prefill() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser()
            let form = ReferralClinic.required().with("programme", "workwell-manchester")
                .with("_csrf", "forged").with("anyway", "yes").with("admin", "yes")
            let stopped = await browser.send(.post, "/refer/prefill", form)
            #expect(stopped.path == "/sign-in?then=%2Frefer")
            let cases8 = try await clinic.installation.count("cases")
            #expect(cases8 == 0)
            let people9 = try await clinic.installation.count("people")
            #expect(people9 == 0)
            clinic.site.signInAgain(browser, ReferralClinic.clinician)
            let page = await browser.get("/refer")
            #expect(page.value("family_name") == "Quartz")
            #expect(page.value("programme") == "workwell-manchester")
            // Whether the person agrees is asked here.
            #expect(!page.text.contains(#"value="yes" checked"#))
            let elsewhere = clinic.site.browser(ReferralClinic.clinician)
            #expect(await elsewhere.get("/refer").value("family_name") == "")
        }
    }

    @Test("Only the hand-over from a clinical system is taken without our own token")
    func openForms() async throws {
        let open = Site.everyRoute.filter { $0.isOpen }.map { $0.pattern }
        #expect(open == ["/refer/prefill"])
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.send(.post, "/refer", ReferralClinic.complete())
            #expect(page.status == 403)
            let cases10 = try await clinic.installation.count("cases")
            #expect(cases10 == 0)
        }
    }
}
