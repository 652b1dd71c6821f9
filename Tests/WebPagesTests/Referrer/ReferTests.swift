import Application
import Casework
import Foundation
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Referring a person, as a clinic does it.
@Suite struct ReferTests {
    @Test("A complete referral is sent, and says what happens by when", arguments: Backend.allCases)
    func complete(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.fill("/refer", ReferralClinic.complete())
            #expect(page.status == 200)
            #expect(page.path.hasPrefix("/refer/sent/"))
            let header = try await clinic.header(at: page.path)
            #expect(page.words.contains("Reference \(header.reference)"))
            #expect(page.words.contains("It is about Wilhelmina Quartz."))
            #expect(
                page.words.contains("MFT work and health will contact the person by 9 June 2025.")
            )
            #expect(!page.words.contains("answers that are missing"))
            let history = try await clinic.installation.history(header.reference)
            let folded = history.fold()
            #expect(folded.eligibility?.verdict == .met)
            #expect(folded.strand == "msk")
            #expect(folded.referral?.referrer == "R0A")
            #expect(folded.referral?.age == 44)
            #expect(folded.referral?.outwardCode == "M20")
            #expect(
                folded.consents == [.referral: .consentGiven, .shareWithReferrer: .consentGiven]
            )
            let identity = try await clinic.installation.identity(header.reference)
            #expect(identity?.name == "Wilhelmina Quartz")
            #expect(identity?.nhsNumber == NHSNumber(ReferralClinic.nhsNumber())?.digits)
            #expect(identity?.birthDate == "1981-03-05")
            #expect(clinic.site.errors == [])
        }
    }

    @Test("Whoever refers a child is told whom the service is for, before and after it is sent")
    func child() async throws {
        try await withClinic { clinic in
            let says = "The person is under 18. The service is for people who are 18 or over"
            for (born, isTold) in [("5 3 2012", true), ("5 3 1981", false)] {
                let form = ReferralClinic.complete(isTold ? 1 : 2).with("birth_date", born)
                let browser = clinic.site.browser(ReferralClinic.clinician)
                let check = await browser.fill("/refer", form.with("check", "yes"))
                #expect(check.words.contains("Which services could help"))
                #expect(check.words.contains(says) == isTold, "\(born)")
                let sent = await browser.fill("/refer", form)
                #expect(sent.path.hasPrefix("/refer/sent/"))
                #expect(sent.words.contains(says) == isTold, "\(born)")
            }
        }
    }

    @Test("The page keeps to its budget of answers and tab stops")
    func budget() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let first = await browser.get("/refer")
            #expect(try tabStops(first.text) <= 10)
            _ = try await clinic.refer()
            let again = await browser.get("/refer")
            #expect(try tabStops(again.text) <= 9)
            #expect(again.text.contains(#"value="secondary-care" selected"#))
        }
    }

    /// The fields before the first button, radios of one question counted once.
    private func tabStops(_ text: String) throws -> Int {
        let from = try #require(text.range(of: #"id="nhs_number""#)).lowerBound
        let open = try #require(text.range(of: "<details")).lowerBound
        let rest = try #require(text.range(of: "</details>")).upperBound
        let send = try #require(text.range(of: ">Send referral<")).lowerBound
        let shown = String(text[from..<open] + text[rest..<send])
        var names: Set<String> = ["the reveal"]
        for part in shown.components(after: " name=\"") {
            names.insert(String(part.prefix { $0 != "\"" }))
        }
        #expect(!shown.contains("type=\"hidden\""))
        return names.count
    }

    @Test("That something is not known is an answer of its own, and stands once in its list")
    func notKnown() async throws {
        try await withClinic { clinic in
            let page = await clinic.site.browser(ReferralClinic.clinician).get("/refer")
            for (name, unknown) in [("gender", "Unknown"), ("ethnicity", "Not known")] {
                let rest = try #require(page.text.components(after: " name=\"\(name)\"").first)
                let end = try #require(rest.range(of: "</select>")).lowerBound
                let list = String(rest[..<end])
                #expect(list.components(after: "nown</option>").count == 1, "\(name)")
                #expect(list.contains(">\(unknown)</option>"), "\(name)")
                #expect(list.contains(">Choose</option>"), "\(name)")
            }
        }
    }

    @Test("Somebody of no fixed abode is referred, and no rule of residence turns them away")
    func noFixedAbode() async throws {
        try await withClinic(.sqlite) { clinic in
            let header = try await clinic.refer(
                ReferralClinic.complete().with("postcode", "zz99 3vz")
            )
            let folded = try await clinic.installation.history(header.reference).fold()
            #expect(folded.eligibility?.verdict == .notKnown)
            #expect(folded.eligibility?.missing.contains("postcode") == false)
            #expect(folded.referral?.deprivation == nil)
            let identity = try await clinic.installation.identity(header.reference)
            #expect(identity?.postcode == "ZZ99 3VZ")
        }
    }

    @Test("What is missing is accepted, asked for, and answered later", arguments: Backend.allCases)
    func partial(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let sent = await browser.fill("/refer", ReferralClinic.required())
            #expect(sent.words.contains("Give the answers that are missing"))
            let header = try await clinic.header(at: sent.path)
            let list = await browser.get("/referrals?show=needs-me")
            #expect(list.words.contains("1 needs me"))
            #expect(list.words.contains("Wilhelmina Quartz"))
            #expect(list.words.contains("Give the answers that are missing"))

            let path = "/cases/\(header.id.text)"
            let status = await browser.get("\(path)/status")
            #expect(status.words.contains("We need more from you"))
            let blank = await browser.fill("\(path)/answers", Form())
            #expect(blank.status == 422)
            #expect(blank.words.contains("Give at least one answer"))
            let wrong = await browser.fill("\(path)/answers", Form(["postcode": "M"]))
            #expect(wrong.words.contains("Enter a whole postcode"))
            #expect(wrong.value("postcode") == "M")
            let answers: Form = Form(["postcode": "M20 2LS", "ask_health_condition": "yes"])
            let answered = await browser.fill("\(path)/answers", answers)
            #expect(answered.path == "\(path)/status")
            #expect(!answered.words.contains("We need more from you"))
            let folded = try await clinic.installation.history(header.reference).fold()
            #expect(folded.eligibility?.verdict == .met)
            #expect(folded.referral?.employmentStatus == "in-work")
            let identity = try await clinic.installation.identity(header.reference)
            #expect(identity?.name == "Wilhelmina Quartz")
            // The event has the outward code alone; the whole postcode is sealed with the identity.
            #expect(identity?.postcode == "M20 2LS")
            let events = try await clinic.installation.history(header.reference).events
            #expect(events.count { $0.body.kind == .referralReceived } == 1)
            #expect(events.count { $0.body.kind == .referralAnswered } == 1)
            #expect(identity?.nhsNumber == NHSNumber(ReferralClinic.nhsNumber())?.digits)
            #expect(await browser.get("/referrals").words.contains("0 need me"))
            #expect(clinic.site.errors == [])
        }
    }

    @Test("All faults are told at once, and nothing is referred")
    func faults() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let blank = await browser.fill("/refer", Form())
            #expect(blank.status == 422)
            for says in [
                "Enter the NHS number", "Enter the first name", "Enter the last name",
                "Enter the date of birth", "Say whether the person is in work",
                "Choose the main health condition", "Say whether the person agrees",
                "Say where you refer from",
            ] {
                #expect(blank.words.contains(says), "\(says)")
            }
            for (field, value, says) in [
                ("nhs_number", "999 000 0019", "wrong check digit"),
                ("nhs_number", "12", "has 2 digits, not 10"),
                ("birth_date", "31 2 1980", "real date in the past"),
                ("birth_date", "3 6 2025", "real date in the past"),
                ("birth_date", "14 Ma 1980", "real date in the past"),
                ("birth_date", "31 Feb 1980", "real date in the past"),
                ("birth_date", "1 1 1850", "within the last 130 years"),
                ("consent", "no", "only when they agree"),
                ("postcode", "nowhere", "whole postcode"),
                ("given_name", "\u{200B}", "The first name has no letter"),
                ("given_name", "Ann\u{202E}a", "has a character that cannot be seen"),
                ("phone", "abc", "The telephone number has 0 digits"),
                ("email", "a@b", "is not written as name@example.org is"),
                ("condition", "gout", "Choose one of the answers"),
            ] {
                let form = ReferralClinic.complete().with(field, value)
                let page = await browser.fill("/refer", form)
                #expect(page.status == 422, "\(field) \(value)")
                #expect(page.words.contains(says), "\(says)")
                #expect(page.value("family_name") == "Quartz")
            }
            let cases1 = try await clinic.installation.count("cases")
            #expect(cases1 == 0)
        }
    }

    @Test(
        "A date of birth may be written as clinical systems write it",
        arguments: [
            ("14-Mar-1986", "1986-03-14"), ("1 Jan 1980", "1980-01-01"),
            ("02 sept 1970", "1970-09-02"), ("1 FEBRUARY 1980", "1980-02-01"),
            ("1.2.1980", "1980-02-01"), ("1980-02-01", "1980-02-01"),
        ]
    )
    func birthDates(_ typed: String, _ date: String) async throws {
        try await withClinic { clinic in
            let form = ReferralClinic.complete().with("birth_date", typed)
            let header = try await clinic.refer(form)
            let identity = try await clinic.installation.identity(header.reference)
            #expect(identity?.birthDate == date)
        }
    }

    @Test("The NHS number may be written with spaces or dashes, or be unknown with a postcode")
    func numbers() async throws {
        try await withClinic { clinic in
            let digits = NHSNumber(ReferralClinic.nhsNumber())?.digits ?? ""
            let dashed = "\(digits.prefix(3))-\(digits.dropFirst(3).prefix(3))-\(digits.suffix(4))"
            let form = ReferralClinic.complete()
            let header = try await clinic.refer(form.with("nhs_number", dashed))
            let kept = try await clinic.installation.identity(header.reference)
            #expect(kept?.nhsNumber == digits)
            let without = try await clinic.refer(
                form.with("nhs_number", nil).with("family_name", "Opal")
            )
            let identity = try await clinic.installation.identity(without.reference)
            #expect(identity?.nhsNumber == nil)
            #expect(identity?.postcode == "M20 2LS")
        }
    }

    @Test("The same screen says which services could help and why, and refers nobody")
    func check() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let early = await browser.fill("/refer", Form(["check": "yes", "condition": "other"]))
            #expect(early.status == 200)
            #expect(!early.words.contains("There is a problem"))
            let form = ReferralClinic.required().with("check", "yes")
            let page = await browser.fill("/refer", form)
            #expect(page.status == 200)
            #expect(page.words.contains("Employment support in MFT MSK pathways Not known yet"))
            #expect(page.words.contains("must be in Greater Manchester"))
            for id in ["postcode", "gp_practice", "jobcentre", "ask_health_condition"] {
                #expect(page.text.contains("href=\"#\(id)\""), "\(id)")
                #expect(page.text.contains("id=\"\(id)\""), "\(id)")
            }
            #expect(page.value("given_name") == "Wilhelmina")
            #expect(
                page.text.contains(
                    #"value="workwell-manchester/msk" aria-describedby="service-item-hint" checked"#
                )
            )

            let known = ReferralClinic.complete().with("check", "yes").with("condition", "other")
            let other = await browser.fill("/refer", known)
            #expect(other.words.contains("Enhancement of Be Well Could help"))
            #expect(other.words.contains("Services that cannot take this person"))
            #expect(other.words.contains("for patients of musculo-skeletal services"))
            let cases2 = try await clinic.installation.count("cases")
            #expect(cases2 == 0)
        }
    }

    @Test("A service that was chosen is the one that is referred to; one that cannot is refused")
    func choice() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let form = ReferralClinic.complete().with("service", "workwell-manchester/be-well")
            let sent = await browser.fill("/refer", form)
            let header = try await clinic.header(at: sent.path)
            #expect(
                try await clinic.installation.history(header.reference).fold().strand == "be-well"
            )
            let wrong = form.with("service", "workwell-manchester/msk").with("condition", "other")
                .with("nhs_number", ReferralClinic.nhsNumber(2))
            let page = await browser.fill("/refer", wrong)
            #expect(page.status == 422)
            #expect(page.words.contains("That service cannot take this person"))
            let nobody = await browser.fill("/refer", wrong.with("ask_health_condition", "no"))
            #expect(nobody.words.contains("No service can take this person as described"))
            #expect(nobody.text.contains("href=\"#offers\""))
            let cases3 = try await clinic.installation.count("cases")
            #expect(cases3 == 1)
        }
    }

    @Test("Between programmes a choice is asked for once, and then remembered")
    func remembered() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.stranger)
            let form = ReferralClinic.required().with("source", "gp")
            let asked = await browser.fill("/refer", form)
            #expect(asked.status == 422)
            #expect(asked.words.contains("Choose a service"))
            #expect(asked.text.contains(#"value="workwell-manchester/be-well""#))
            // Nobody has named this organisation here yet.
            #expect(asked.words.contains("By VCSE Black Communities"))
            #expect(!asked.words.contains("vcse-black-communities"))
            #expect(asked.text.contains(#"value="ips-primary-care/service""#))
            let service = "workwell-manchester/be-well"
            let sent = await browser.submit("/refer", from: asked, form.with("service", service))
            #expect(sent.path.hasPrefix("/refer/sent/"))
            let next = form.with("nhs_number", ReferralClinic.nhsNumber(2))
            let second = await browser.fill("/refer", next)
            let header = try await clinic.header(at: second.path)
            #expect(header.programme == "workwell-manchester")
        }
    }

    @Test("A practice refers its own patients: its code stands there, and can be changed")
    func ownPractice() async throws {
        try await withClinic { clinic in
            let page = await clinic.site.browser(ReferralClinic.stranger).get("/refer")
            #expect(page.value("gp_practice") == "P84001")
            #expect(!page.text.contains("<details class=\"nhsuk-details\" open"))
            let hospital = await clinic.site.browser(ReferralClinic.clinician).get("/refer")
            #expect(hospital.value("gp_practice") == "")
        }
    }

    @Test("An address may name a programme, and nothing about a person")
    func deepLink() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.stranger)
            let page = await browser.get("/refer?programme=ips-primary-care&family_name=Quartz")
            #expect(page.words.contains("You refer to Individual Placement and Support"))
            #expect(page.value("programme") == "ips-primary-care")
            #expect(page.value("family_name") == "")
            #expect(!page.text.contains("Hospital clinic"))
            let unknown = await browser.get("/refer?programme=nothing")
            #expect(unknown.status == 200)
            #expect(unknown.text.contains("Hospital clinic"))
        }
    }

    @Test("A coach who refers to another organisation is shown where it stands")
    func coachRefers() async throws {
        try await withClinic { clinic in
            let coach = Actor(user: "coach", organisation: "growth-company", role: .coach)
            let browser = clinic.site.browser(coach)
            let page = await browser.fill("/refer", ReferralClinic.complete())
            #expect(page.status == 200)
            #expect(page.path.hasPrefix("/status/status."))
            #expect(page.words.contains("Referral sent"))
            #expect(!page.words.contains("Sign in to see more"))
            let own = Actor(user: "coach", organisation: "big-life", role: .coach)
            let inside = await clinic.site.browser(own).fill("/refer", ReferralClinic.complete())
            #expect(inside.words.contains("Referral sent"), "\(inside.path)")
            let analyst = Actor(user: "a", organisation: "R0A", role: .analyst)
            #expect(await clinic.site.browser(analyst).get("/refer").status == 403)
        }
    }
}

extension String {
    /// The rest of the text after each place where some words stand.
    fileprivate func components(after words: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let found = rest.range(of: words) {
            rest = rest[found.upperBound...]
            parts.append(rest)
        }
        return parts
    }
}
