import Application
import Casework
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Answers with one tap, invitations, and the staff's page of links.
@Suite struct LinkPagesTests {
    private static let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)

    private func withTracked(
        _ backend: Backend = .sqlite,
        _ body: (TestSite, TestResident, String) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let site = TestSite(installation)
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            try await installation.discharge(ann)
            let goodwork = installation.goodwork
            try await body(site, ann, goodwork.token(for: goodwork.answerLink(for: ann.id)))
            #expect(site.errors.isEmpty)
        }
    }

    @Test("One tap answers, once, and looking writes nothing", arguments: Backend.allCases)
    func oneTap(_ backend: Backend) async throws {
        try await withTracked(backend) { site, ann, token async throws in
            let path = "/answer/\(token)/follow-up"
            let before = try await site.installation.count("journal")
            let browser = site.browser()
            let page = await browser.get("/answer/\(token)")
            for _ in 1...3 { _ = await site.browser().get(path) }
            #expect(try await site.installation.count("journal") == before)
            #expect(page.words.contains("Are you in work now?"))
            #expect(!page.words.contains("Ann"))
            #expect(page.text.contains("action=\"\(path)\""))
            let none = await browser.submit(path, from: page, [:])
            #expect(none.status == 422)
            let thanks = await browser.submit(path, from: page, ["follow-up": "off-sick"])
            #expect(thanks.words.contains("Thank you"))
            let again = await browser.submit(path, from: page, ["follow-up": "in-work"])
            #expect(again.words.contains("This has been answered"))
            #expect(await site.browser().get(path).words.contains("This has been answered"))
            let file = try await site.installation.file(ann)
            #expect(file.case.employmentStatus == "off-sick")
            #expect(file.case.trackingContacts.count == 1)
        }
    }

    @Test("Satisfaction is answered with one tap too")
    func satisfaction() async throws {
        try await withTracked { site, ann, token async throws in
            let path = "/answer/\(token)/satisfaction"
            let browser = site.browser()
            let page = await browser.get(path)
            #expect(page.words.contains("How satisfied were you with the support?"))
            _ = await browser.submit(path, from: page, ["satisfied": "fairly"])
            let reading = try await site.installation.file(ann).case.readings.last
            #expect(reading?.answers == ["satisfied": "fairly"])
        }
    }

    @Test("Forged, old and other links get a plain page, and write nothing")
    func badLinks() async throws {
        try await withTracked { site, ann, token async throws in
            let goodwork = site.installation.goodwork
            let browser = site.browser()
            let page = await browser.get("/answer/\(token)")
            let other = try await site.installation.addResident("Bob")
            let record = goodwork.token(for: goodwork.invitationLink(for: ann.id))
            var status = goodwork.invitationLink(for: ann.id)
            status.purpose = .status
            let swapped = token.split(separator: ".").enumerated()
                .map { $0.offset == 1 ? other.id.text : String($0.element) }.joined(separator: ".")
            let before = try await site.installation.count("journal")
            let bad = [
                record, goodwork.token(for: status), swapped, String(token.dropLast()), "x",
                "a.b.c.d",
            ]
            for link in bad {
                let path = "/answer/\(link)/follow-up"
                for answer in [
                    await browser.get(path),
                    await browser.submit(path, from: page, ["follow-up": "in-work"]),
                ] {
                    #expect(answer.status == 404)
                    #expect(answer.words.contains("This link does not work"))
                }
            }
            site.installation.clock.advance(milliseconds: 29 * 86_400_000)
            #expect(await browser.get("/answer/\(token)").status == 404)
            #expect(try await site.installation.count("journal") == before)
        }
    }

    @Test("An answer that nobody waits for any more is not asked")
    func notAsked() async throws {
        try await withTracked { site, ann, token async throws in
            try await site.installation.tell(ann, [.trackingEnded(Plain())])
            let page = await site.browser().get("/answer/\(token)/follow-up")
            #expect(page.words.contains("Nothing to answer"))
        }
    }

    @Test("A coach copies the links; others have no such page")
    func staffPage() async throws {
        try await withTracked { site, ann, token async throws in
            let path = "/cases/\(ann.id.text)/links"
            let page = await site.browser(Self.coach).get(path)
            #expect(page.words.contains("http://127.0.0.1:8080/answer/\(token)/follow-up"))
            #expect(page.words.contains("It works until 30 June 2025."))
            for (actor, status) in [
                (Actor(user: "x", organisation: "elsewhere", role: .coach), 404),
                (Actor(user: "x", organisation: "P84001", role: .referrer), 403),
                (ann.actor, 403),
            ] {
                for path in [path, "/cases/\(ann.id.text)/invite"] {
                    #expect(await site.browser(actor).get(path).status == status)
                }
            }
        }
    }

    @Test("An invitation asks for the birth date, five times at most", arguments: Backend.allCases)
    func invitation(_ backend: Backend) async throws {
        try await withTracked(backend) { site, ann, _ async throws in
            let staff = await site.browser(Self.coach).get("/cases/\(ann.id.text)/invite")
            let start = try #require(staff.text.range(of: "/invitation/"))
            let path = "/invitation/" + staff.text[start.upperBound...].prefix { $0 != "<" }
            let browser = site.browser()
            let fields = { (year: String) -> KeyValuePairs<String, String> in
                [
                    "birth_date-day": "31", "birth_date-month": "1", "birth_date-year": year,
                    "login": "ann@example.org", "new-password": "thirteen green buses",
                ]
            }
            #expect(await browser.post(path, [:]).words.contains("Type your birth date"))
            let wrong = await browser.post(path, fields("1981"))
            #expect(wrong.words.contains("You can try 4 more times."))
            #expect(wrong.value("login") == "ann@example.org")
            let made = await browser.post(path, fields("1980"))
            #expect(made.words.contains("You can sign in now"))
            #expect(await browser.get(path).words.contains("This link has been used"))

            let bob = try await site.installation.addResident("Bob")
            let goodwork = site.installation.goodwork
            let token = goodwork.token(for: goodwork.invitationLink(for: bob.id))
            let page = await browser.get("/invitation/\(token)")
            var answers: [String] = []
            for _ in 1...5 {
                let answer = await browser.submit(
                    "/invitation/\(token)",
                    from: page,
                    fields("1982")
                )
                answers.append(answer.words)
            }
            #expect(answers[3].contains("You can try once more."))
            let dead = await browser.submit("/invitation/\(token)", from: page, fields("1980"))
            #expect(dead.words.contains("This link does not work"))
            #expect(try await site.installation.count("accounts") == 1)
        }
    }

    @Test("A coach sends whoever cannot sign in a link to a new password")
    func newPassword() async throws {
        try await withTracked { site, ann, _ async throws in
            let goodwork = site.installation.goodwork
            let answer = try await goodwork.registerResident(
                ResidentAccount(login: "ann@example.org", password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
                birthDate: try #require(CivilDate(iso: "1980-01-31"))
            )
            #expect(answer == .made)
            site.installation.clock.advance()
            let coach = site.browser(Self.coach)
            let invite = "/cases/\(ann.id.text)/invite"
            let before = await coach.get(invite)
            #expect(before.words.contains("The person has an account."))
            #expect(!before.text.contains("/invitation/"))
            let staff = await coach.submit(invite, from: before, [:])
            let start = try #require(staff.text.range(of: "/invitation/"))
            let path = "/invitation/" + staff.text[start.upperBound...].prefix { $0 != "<" }
            let browser = site.browser()
            let page = await browser.get(path)
            #expect(page.words.contains("Choose a new password"))
            #expect(!page.text.contains("ann@example.org"))
            #expect(page.value("login") == nil)
            let none = await browser.submit(path, from: page, [:])
            #expect(none.words.contains("Type a password"))
            let fields: KeyValuePairs = [
                "birth_date-day": "31", "birth_date-month": "1", "birth_date-year": "1980",
                "new-password": "eleven purple trams",
            ]
            let changed = await browser.submit(path, from: page, fields)
            #expect(
                changed.words.contains("Sign in with a…@example.org and your new password."),
                "\(changed.words)"
            )
            let again = await browser.submit(path, from: page, fields)
            #expect(again.words.contains("This link has been used"))
        }
    }

    @Test("Who lost telephone and codes too comes in again by a link, once the coach knows them")
    func comesInAgain() async throws {
        try await withTracked { site, ann, _ async throws in
            let goodwork = site.installation.goodwork
            _ = try await goodwork.registerResident(
                ResidentAccount(login: "ann@example.org", password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
                birthDate: try #require(CivilDate(iso: "1980-01-31"))
            )
            site.installation.clock.advance()
            let coach = site.browser(Self.coach)
            let invite = "/cases/\(ann.id.text)/invite"
            let page = await coach.get(invite)
            let unsaid = await coach.submit(invite, from: page, ["link": "again"])
            #expect(unsaid.words.contains("Check who they are first, and say so"))
            #expect(!unsaid.text.contains("/invitation/"))
            let staff = await coach.submit(
                invite,
                from: unsaid,
                ["link": "again", "recognised": "yes"]
            )
            #expect(staff.words.contains("A link to come in again"))
            let start = try #require(staff.text.range(of: "/invitation/"))
            let path = "/invitation/" + staff.text[start.upperBound...].prefix { $0 != "<" }
            let browser = site.browser()
            let form = await browser.get(path)
            #expect(form.words.contains("Codes that you signed in with until now stop working"))
            let changed = await browser.submit(
                path,
                from: form,
                [
                    "birth_date-day": "31", "birth_date-month": "1", "birth_date-year": "1980",
                    "new-password": "eleven purple trams",
                ]
            )
            #expect(changed.words.contains("Signing in asks you for no code now."))
            #expect(changed.text.contains("/sign-in?then=/account/second-factor"))
        }
    }

    @Test("The coach reads how it stands with the account", arguments: Backend.allCases)
    func accountState(_ backend: Backend) async throws {
        try await withTracked(backend) { site, ann, _ async throws in
            let (goodwork, installation) = (site.installation.goodwork, site.installation)
            let born = try #require(CivilDate(iso: "1980-01-31"))
            let coach = site.browser(Self.coach)
            let invite = "/cases/\(ann.id.text)/invite"
            #expect(await coach.get(invite).text.contains("/invitation/"))
            _ = try await goodwork.registerResident(
                ResidentAccount(login: "ann@example.org", password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
                birthDate: born
            )
            installation.clock.advance()
            let says = "A link was made for them on"
            let open = await coach.get(invite)
            #expect(open.words.contains("The person has an account."))
            #expect(!open.words.contains(says))
            let link = try await goodwork.passwordLink(for: ann.header, by: Self.coach)
            let day = installation.clock.now.civilDateUK.uk
            let made = await coach.get(invite)
            #expect(made.words.contains("\(says) \(day). It works for 7 days at most"))
            #expect(!made.text.contains("/invitation/"))
            installation.clock.advance()
            _ = try await goodwork.changePassword(
                to: "eleven purple trams",
                byInvitation: goodwork.token(for: link),
                birthDate: born
            )
            let after = await coach.get(invite)
            #expect(!after.words.contains(says))
        }
    }

    @Test("A coach reads why somebody without an account cannot be invited")
    func noAccount() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let ann = try await installation.addResident("Ann")
            var assigned = CoachAssigned()
            assigned.coach = Self.coach.user
            try await installation.tell(
                ann,
                [.referralAccepted(Plain()), .coachAssigned(assigned)]
            )
            let page = await site.browser(Self.coach).get("/cases/\(ann.id.text)/invite")
            #expect(page.words.contains("The person has no account. Talk with the person first."))
            #expect(!page.text.contains("/invitation/"))
        }
    }

    @Test("A link to a new password is for open cases, and for who may change the person's details")
    func mayMakePasswordLink() async throws {
        try await withTracked { site, ann, _ async throws in
            let goodwork = site.installation.goodwork
            _ = try await goodwork.registerResident(
                ResidentAccount(login: "ann@example.org", password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
                birthDate: try #require(CivilDate(iso: "1980-01-31"))
            )
            let invite = "/cases/\(ann.id.text)/invite"
            let coach = site.browser(Self.coach)
            let page = await coach.get(invite)
            #expect(page.words.contains("Make a link for a new password"))
            var consent = Consent()
            consent.scope = .referral
            try await site.installation.tell(ann, [.consentWithdrawn(consent)])
            let later = await coach.get(invite)
            #expect(!later.words.contains("Make a link for a new password"))
            #expect(await coach.submit(invite, from: page, [:]).status == 403)
        }
    }
}
