import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebPages

/// A resident's own record in a browser without scripts.
@Suite struct MyPagesTests {
    private func withSite(
        _ backend: Backend = .sqlite,
        _ body: (TestSite, TestResident, TestBrowser) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let names = Names(
                accounts: ["coach-1": "Cora Coach"],
                organisations: ["big-life": "Big Life"]
            )
            let site = TestSite(installation, names: names)
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            try await body(site, ann, site.browser(ann.actor))
            #expect(site.errors.isEmpty)
        }
    }

    @Test("The plan stands there in plain words, with the coach and what is next")
    func plan() async throws {
        try await withSite { _, _, browser async throws in
            let page = await browser.get("/my")
            #expect(page.status == 200)
            for words in [
                "Your plan: to do well at work", "Work four days a week", "Talk to my manager",
                "Cora Coach", "Big Life", "5 June 2025, 10:30, in the clinic, Room 4; Withington",
                "You are getting support.", "You have an appointment on 5 June 2025.",
            ] { #expect(page.words.contains(words), "\(words)") }
        }
    }

    @Test(
        "A coach whose account is shut out, moved to others or no coach's is not named any more",
        arguments: ["shut out", "moved", "manager"]
    )
    func coachHasLeft(_ became: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let (goodwork, boss) = (installation.goodwork, installation.actor)
            for id in ["big-life", "mft"] {
                try await goodwork.addOrganisation(
                    Organisation(id: id, name: id, kinds: [.provider]),
                    by: boss
                )
            }
            let coach = try await goodwork.addAccount(
                NewAccount(
                    login: "cora@example.org",
                    name: "Cora Coach",
                    organisation: "big-life",
                    roles: [.coach]
                ),
                by: boss
            ).account
            let names = Names(accounts: [coach.id.text: "Cora Coach"])
            let site = TestSite(installation, names: names)
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann, coach: coach.id.text)
            let browser = site.browser(ann.actor)
            #expect(await browser.get("/my").words.contains("Cora Coach"))
            switch became {
            case "shut out": _ = try await goodwork.disable(coach.id, by: boss)
            case "manager":
                let change = AccountChange(roles: [.manager])
                _ = try await goodwork.changeAccount(coach.id, change, by: boss)
            default:
                // Whoever holds an open case is not moved.
                try await installation.discharge(ann)
                try await installation.tell(ann, [.trackingEnded(Plain())])
                let change = AccountChange(organisation: "mft")
                _ = try await goodwork.changeAccount(coach.id, change, by: boss)
            }
            let page = await browser.get("/my")
            #expect(page.words.contains("You do not have a coach yet"))
            #expect(!page.words.contains("Cora Coach"))
        }
    }

    @Test("Notes to the team, risks and the words about them are not shown; notes to oneself are")
    func notesAndRisks() async throws {
        try await withSite { site, ann, browser async throws in
            var bodies: [EventBody] = []
            for audience in NoteAudience.allCases where audience != .referrer {
                var note = NoteWritten()
                note.audience = audience
                note.text = "For the \(audience.rawValue) alone"
                bodies.append(.noteWritten(note))
            }
            var risk = RiskRaised()
            risk.risk = "risk-1"
            risk.about = "violence"
            risk.text = "Her brother Kevin"
            try await site.installation.tell(ann, bodies + [.riskRaised(risk)])
            for path in ["/my", "/my/data"] {
                let page = await browser.get(path)
                #expect(!page.words.contains("For the team alone"))
                #expect(!page.words.contains("Kevin"))
                #expect(!page.words.lowercased().contains("risk"))
                #expect(!page.words.contains("violence"))
            }
            #expect(await browser.get("/my").words.contains("For the person alone"))
        }
    }

    @Test("Answers stand with their questions, and how they changed under its own name")
    func measures() async throws {
        try await withSite { site, ann, browser async throws in
            var first = MeasureTaken()
            first.instrument = "confidence"
            first.score = 4
            var later = first
            later.occasion = .review
            later.score = 7
            try await site.installation.tell(ann, [.measureTaken(first), .measureTaken(later)])
            let page = await browser.get("/my")
            #expect(page.words.ranges(of: "How I am doing").count == 1)
            #expect(
                page.words.contains(
                    "Confidence in managing the condition Better than at first: 4 then, 7 now"
                )
            )
        }
    }

    @Test("An action is ticked with one button")
    func ticks() async throws {
        try await withSite { site, ann, browser async throws in
            let path = "/my/cases/\(ann.id.text)/actions/action-1"
            let my = await browser.get("/my")
            #expect(my.text.contains("action=\"\(path)\""))
            let after = await browser.submit(path, from: my, [:])
            #expect(after.path.hasPrefix("/my"))
            #expect(after.words.contains("Talk to my manager Done"))
            #expect(!after.text.contains("action=\"\(path)\""))
            let again = await browser.submit(path, from: my, [:])
            #expect(again.status == 200)
            let file = try await site.installation.file(ann)
            #expect(file.case.actions.first?.state == .done)
        }
    }

    @Test("An appointment is a calendar file that names nobody")
    func calendar() async throws {
        try await withSite { _, ann, browser async throws in
            let file = await browser.get("/my/cases/\(ann.id.text)/appointments/appointment-1")
            #expect(file.headers.contains { $0.value == "text/calendar; charset=utf-8" })
            for line in [
                "DTSTART;TZID=Europe/London:20250605T103000\r\n", "DURATION:PT45M\r\n",
                "DTSTAMP:20250602T090000Z\r\n",
                "LOCATION:Room 4\\; Withington\r\n", "SUMMARY:In clinic\r\n",
            ] { #expect(file.text.contains(line), "\(line)") }
            #expect(!file.text.contains("Ann"))
        }
    }

    @Test("Somebody else's pages are not there, and staff have none of these")
    func onlyOnesOwn() async throws {
        try await withSite { site, ann, _ async throws in
            let bob = try await site.installation.addResident("Bob")
            try await site.installation.support(bob)
            let own = "/my/cases/"
            let paths = [
                "/actions/action-1", "/appointments/appointment-1", "/consents/evaluation",
            ]
            for (who, whose) in [(ann, ann), (ann, bob), (bob, ann), (bob, bob)] {
                for path in paths {
                    let page = await site.browser(who.actor).get(own + whose.id.text + path)
                    #expect(page.status == (who.id == whose.id ? 200 : 404), "\(path)")
                }
                for (path, field) in [(paths[0], "none"), (paths[2], "answer")] {
                    let full = own + whose.id.text + path
                    let browser = site.browser(who.actor)
                    let page = await browser.submit(
                        full,
                        from: await browser.get("/my"),
                        [field: "given"]
                    )
                    #expect(page.status == (who.id == whose.id ? 200 : 404), "POST \(path)")
                }
            }
            let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)
            for path in ["/my", "/my/data", "/my/copy", "/my/details"] {
                #expect(await site.browser(coach).get(path).status == 403, "\(path)")
            }
        }
    }

    @Test("Consent is withdrawn in two clicks, and the case closes", arguments: Backend.allCases)
    func withdrawal(_ backend: Backend) async throws {
        try await withSite(backend) { site, ann, browser async throws in
            let path = "/my/cases/\(ann.id.text)/consents/referral"
            let data = await browser.get("/my/data")
            #expect(data.text.contains("href=\"\(path)\""))
            let first = await browser.get(path)
            #expect(first.words.contains("Your case closes today, and the support ends."))
            let second = await browser.submit(path, from: first, ["answer": "withdrawn"])
            #expect(second.path.hasPrefix("/my/data"))
            #expect(second.words.contains("You took back your yes, and your case is closed."))
            #expect(second.words.contains("No, taken back, 2 June 2025"))
            let file = try await site.installation.file(ann)
            #expect(file.case.closure == .consentWithdrawn)
            let my = await browser.get("/my")
            #expect(my.words.contains("You took back your yes, so this was closed."))
            // Nobody holds the appointment that was booked before.
            #expect(my.words.contains("5 June 2025"))
            #expect(my.words.contains("Nothing is planned. Earlier and cancelled appointments"))
            #expect(my.words.contains("in the clinic, Room 4; Withington. Cancelled"))
            #expect(!my.words.contains("Add to my calendar"))
            #expect(my.words.contains("Remove it from my calendar"))
            let entry = "/my/cases/\(ann.id.text)/appointments/appointment-1"
            #expect(my.text.contains("href=\"\(entry)\""))
            let calendar = await browser.get(entry).text
            #expect(calendar.contains("METHOD:CANCEL\r\n"))
            #expect(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("STATUS:CANCELLED"))
        }
    }

    @Test("What the person agreed to is changed, and changed back")
    func consent() async throws {
        try await withSite { site, ann, browser async throws in
            let path = "/my/cases/\(ann.id.text)/consents/evaluation"
            for (answer, kind) in [
                ("given", EventKind.consentGiven), ("withdrawn", .consentWithdrawn),
                ("given", .consentGiven),
            ] {
                _ = await browser.post(path, ["answer": answer])
                let file = try await site.installation.file(ann)
                #expect(file.case.consents[.evaluation] == kind)
            }
            #expect(await browser.post(path, [:]).status == 422)
            #expect(await browser.get(path + "x").status == 404)
        }
    }

    @Test("My data: what is held, who looked, and a copy by a day")
    func data() async throws {
        try await withSite { site, ann, browser async throws in
            let goodwork = site.installation.goodwork
            let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)
            _ = try await goodwork.file(ann.id, for: .readClinical, by: coach)
            let page = await browser.get("/my/data")
            for words in [
                "Ann Example", "31 January 1980", "0161 496 0000", "My mental health",
                "Looked at notes and scores", "Big Life",
            ] { #expect(page.words.contains(words), "\(words)") }
            #expect(!page.words.contains("Cora"))
            let asked = await browser.post("/my/copy", [:])
            #expect(
                asked.words.contains(
                    "You asked for a copy on 2 June 2025. You will have it by 2 July 2025."
                )
            )
            #expect(!asked.text.contains("action=\"/my/copy\""))
        }
    }

    @Test("New details are asked for, and the coach is told by when")
    func details() async throws {
        try await withSite { _, _, browser async throws in
            #expect(await browser.post("/my/details", [:]).words.contains("Type what has changed"))
            let wrong = await browser.post("/my/details", ["phone": "12", "address": "1 High St"])
            #expect(wrong.words.contains("Type the whole telephone number"))
            #expect(wrong.value("phone") == "12")
            let done = await browser.post("/my/details", ["phone": "0161 496 0111"])
            #expect(done.words.contains("We have your change"))
            let my = await browser.get("/my")
            #expect(my.words.contains("telephone: 0161 496 0111 (by 9 June 2025)"))
        }
    }

    @Test("On a closed case no day is promised; once consent is taken back there is no form")
    func detailsOfAClosedCase() async throws {
        try await withSite { site, ann, browser async throws in
            var closed = Closed()
            closed.reason = .movedAway
            try await site.installation.tell(ann, [.closed(closed)])
            let done = await browser.post("/my/details", ["phone": "0161 496 0111"])
            #expect(done.words.contains("We keep your change as a note"))
            #expect(!done.words.contains("5 working days"))
            let path = "/my/cases/\(ann.id.text)/consents/referral"
            _ = await browser.post(path, ["answer": "withdrawn"])
            let refused = await browser.post("/my/details", ["phone": "0161 496 0112"])
            #expect(refused.status == 422)
            #expect(refused.words.contains("We cannot change your details"))
            #expect(!(await browser.get("/my/data")).text.contains("href=\"/my/details\""))
        }
    }

    @Test("A session that ends while details are typed loses nothing")
    func sessionEnds() async throws {
        try await withSite { site, ann, browser async throws in
            let page = await browser.get("/my/details")
            site.end(browser)
            _ = await browser.submit("/my/details", from: page, ["address": "1 High Street"])
            site.signInAgain(browser, ann.actor)
            #expect(await browser.get("/my/details").words.contains("1 High Street"))
        }
    }

    @Test("Whoever has no case is told what to do next")
    func nothing() async throws {
        try await withSite { site, _, _ async throws in
            var ids = IDMaker(seed: 1)
            let nobody = Actor(
                user: "new",
                organisation: "public",
                roles: [.resident],
                person: ids.make(at: site.installation.clock.now)
            )
            for path in ["/my", "/my/details"] {
                let page = await site.browser(nobody).get(path)
                #expect(page.words.contains("There is no plan for you here yet."), "\(path)")
                #expect(page.text.contains("href=\"/self-referral\""), "\(path)")
                #expect(!page.words.contains("you took back your yes"), "\(path)")
            }
        }
    }
}
