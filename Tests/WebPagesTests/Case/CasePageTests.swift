import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// What stands on the page of a case, and for whom.
@Suite struct CasePageTests {
    @Test("The head says who, where and what is next", arguments: Backend.allCases)
    func head(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.status == 200)
            for words in [
                "Nadia Khan", "4 March 1980 (age 45)", "WorkWell Manchester",
                "Enhancement of Be Well", "Ana Coach", "The Big Life Group",
                scene.header.reference, "overdue by 6 days", "First contact", "Log a contact",
                "Longsight Surgery", "Off sick", "Muscles, bones or joints",
                "Does a physical or mental health condition make work harder",
            ] {
                #expect(page.words.contains(words), "\(words)")
            }
            #expect(page.text.contains("href=\"\(scene.path)/contact\""))
            #expect(!page.text.contains("style="))
        }
    }

    @Test("Paper says of which day it is, and holds nothing that is to be pressed")
    func paper() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Printed on 2 June 2025"))
            #expect(!page.text.contains("header\" role=\"columnheader\">Do it<"))
            #expect(page.text.contains("header gw-no-print\" role=\"columnheader\">Do it<"))
            #expect(page.text.contains("cell gw-no-print\" role=\"cell\""))
            for (form, words) in [
                ("contact", "Log a contact"), ("appointments", "Book an appointment"),
                ("notes", "Write a note"), ("risks", "Raise a risk"),
                ("consent", "Change consent"), ("details", "Change details"),
            ] {
                let link = "<p class=\"gw-no-print\"><a href=\"\(scene.path)/\(form)\">\(words)<"
                #expect(page.text.contains(link), "\(form)")
            }
        }
    }

    @Test("Appointments of one day stand by the clock among the next steps")
    func oneDay() async throws {
        try await withCase { scene in
            for (name, time) in [("late", "14:30"), ("early", "09:00"), ("noon", "12:00")] {
                var booked = AppointmentBooked()
                (booked.appointment, booked.kind) = (name, "phone")
                booked.time = time
                booked.day = CaseScene.today.adding(days: 3)
                try await scene.change(.appointmentBooked(booked))
            }
            let words = await scene.site.browser(CaseScene.ana).get(scene.path).words
            let steps = try #require(words.range(of: "Next steps")).upperBound
            let places = try ["09:00", "12:00", "14:30"].map { time in
                try #require(words[steps...].range(of: "Appointment at \(time)")).lowerBound
            }
            #expect(places == places.sorted())
        }
    }

    @Test("The next steps of a case say an action in its own words")
    func actionInWords() async throws {
        try await withCase { scene in
            var action = ActionAdded()
            (action.action, action.text) = ("a1", "Ring the doctor")
            action.dueOn = CaseScene.today.adding(days: 3)
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .planAgreed(plan),
                .actionAdded(action)
            )
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Action of the plan: Ring the doctor"))
        }
    }

    @Test("The bar of a case that was closed has no state that it never reached")
    func statesReached() async throws {
        try await withCase { scene in
            var closed = Closed()
            closed.reason = .disengaged
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .assessmentCompleted(AssessmentCompleted()),
                .supportStarted(Plain())
            )
            let open = await Self.bar(scene)
            #expect(open.contains("Discharged") && open.contains("Tracking"))
            try await scene.change(.closed(closed))
            let over = await Self.bar(scene)
            for reached in ["Referred", "Engaged", "Started", "Closed"] {
                #expect(over.contains(reached), "\(reached)")
            }
            for other in ["Accepted", "Discharged", "Tracking"] {
                #expect(!over.contains(other), "\(other)")
            }
        }
    }

    /// The states that the case page tells, as markup.
    private static func bar(_ scene: CaseScene) async -> String {
        let page = await scene.site.browser(CaseScene.ana).get(scene.path)
        let rest = page.text.components(separatedBy: "<ol class=\"gw-workflow\"").last ?? ""
        return rest.components(separatedBy: "</ol>").first ?? ""
    }

    @Test("Whoever may see the status alone is sent to it")
    func statusOnly() async throws {
        try await withCase { scene in
            let gp = scene.site.browser(CaseScene.gp)
            let answer = await gp.answer(.get, scene.path, Form())
            #expect(answer.status == 303)
            #expect(answer["Location"] == scene.path + "/status")
        }
    }

    static let caseRoutes = Site.everyRoute.filter { route in
        guard case .onCase = route.guard else { return false }
        let mine = CasePages.routes + ContactPages.routes + RecordPages.routes
        return mine.contains { $0.pattern == route.pattern && $0.method == route.method }
    }

    @Test("For another organisation's coach there is no such case, by any route")
    func others() async throws {
        #expect(Self.caseRoutes.count > 20)
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            try await CaseFormTests.prepare(scene, for: "risks/known")
            let event = try await scene.history().events.last?.id.text ?? ""
            let (olu, ana) = (
                scene.site.browser(CaseScene.olu), scene.site.browser(CaseScene.ana)
            )
            let csrf = await olu.get("/caseload").value("_csrf") ?? ""
            let before = try await scene.history().version
            for route in Self.caseRoutes {
                let parts = [
                    ":case": scene.header.id.text, ":appointment": "first", ":risk": "known",
                    ":clock": "first-contact", ":event": event,
                ]
                let path = route.pattern.split(separator: "/")
                    .map { "/" + (parts[String($0)] ?? String($0)) }.joined()
                let answer = await olu.answer(route.method, path, Form(["_csrf": csrf]))
                #expect(answer.status == 404, "\(route.method) \(route.pattern)")
                if route.method == .get {
                    let own = await ana.answer(.get, path, Form())
                    #expect(own.status == 200, "\(route.pattern) is there for its coach")
                }
            }
            #expect(try await scene.history().version == before)
        }
    }

    @Test("Consent withdrawn hides who it is, and the notes")
    func withdrawn() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(scene.path + "/notes", ["text": "Lives with her sister"])
            #expect(await ana.get(scene.path).words.contains("Lives with her sister"))
            let path = scene.path + "/consent"
            let page = await ana.submit(
                path,
                from: await ana.get(path),
                ["referral": "withdrawn", "had-referral": "given"]
            )
            #expect(page.status == 200)
            for hidden in [
                "Nadia", "Khan", "1980", "0161", "Lives with her sister", "id=\"notes\"",
            ] {
                #expect(!page.text.contains(hidden), "\(hidden)")
            }
            #expect(page.words.contains("Case \(scene.header.reference)"))
            #expect(page.words.contains("The person has not agreed"))
            #expect(page.words.contains("This case was closed on 2 June 2025: consent withdrawn."))
            #expect(!(await ana.get("/caseload?state=closed")).text.contains("Khan"))
        }
    }

    @Test("An entry withdrawn is struck through, with who, when and why; one told late says so")
    func timeline() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(
                scene.path + "/contact",
                ["channel": "phone", "outcome": "reached", "on": "2025-05-20"]
            )
            let page = await ana.get(scene.path)
            #expect(page.words.contains("Contact made by phone Told late, on 2 June 2025."))
            #expect(page.words.contains("Ana Coach, The Big Life Group"))
            let event = try await scene.history().events.last { $0.body.kind == .contactAttempted }
            let path = "\(scene.path)/entries/\(event?.id.text ?? "")/withdraw"
            let bad = await ana.post(path, ["reason": "wrong-person"])
            #expect(bad.status == 422)
            #expect(bad.words.contains("Say in a few words what was wrong"))
            let done = await ana.post(path, ["reason": "wrong-person", "text": "It was Mr Hill"])
            #expect(done.text.contains("<del>Contact made by phone</del>"))
            #expect(done.words.contains("Withdrawn on 2 June 2025: it is about somebody else."))
            #expect(done.words.contains("It was Mr Hill"))
            #expect(done.words.contains("Nobody has tried to reach the person yet."))
            let again = await ana.post(path, ["reason": "wrong-person", "text": "Again"])
            #expect(again.words.contains("This entry has been withdrawn already."))
        }
    }

    @Test("The timeline calls things by their names, and each link to withdraw by its entry")
    func namesInTimeline() async throws {
        try await withCase { scene in
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            var action = ActionAdded()
            (action.action, action.text) = ("action-1", "Ring the surgery")
            var other = ActionAdded()
            (other.action, other.text) = ("action-2", "Write to the employer")
            try await scene.change(
                .contactAttempted(ContactAttempted()),
                .planAgreed(plan),
                .actionAdded(action),
                .actionAdded(other)
            )
            var done = ActionRef()
            done.action = "action-1"
            try await scene.change(.actionDone(done))
            let page = await scene.site.browser(CaseScene.ana).get(scene.path)
            #expect(page.words.contains("Action done: Ring the surgery"))
            #expect(!page.words.contains("Action done: action 1"))
            for entry in ["Ring the surgery", "Write to the employer"] {
                let link = "the entry of 2 June 2025: Action added for the person: \(entry)"
                #expect(page.words.contains("Withdraw \(link)"))
            }
            #expect(!page.words.contains("plan.action-added"))

            // Whoever may not read the words reads no inner names either.
            var consent = Consent()
            consent.scope = .referral
            try await scene.change(.consentWithdrawn(consent))
            let hidden = await scene.site.browser(CaseScene.ana).get(scene.path).words
            #expect(hidden.contains("Action (words not shown)"))
            #expect(hidden.contains("Action done"))
            for secret in ["Ring the surgery", "action-1", "action 1", "action-2"] {
                #expect(!hidden.contains(secret), "\(secret)")
            }
        }
    }

    @Test("A withdrawal that the rules refuse says so in place")
    func refusedWithdrawal() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "risks/known")
            var resolved = RiskRef()
            resolved.risk = "known"
            try await scene.change(.riskResolved(resolved))
            let event = try await scene.history().events.first { $0.body.kind == .riskRaised }
            let path = "\(scene.path)/entries/\(event?.id.text ?? "")/withdraw"
            let ana = scene.site.browser(CaseScene.ana)
            let page = await ana.post(path, ["reason": "wrong-person", "text": "Not hers"])
            #expect(page.status == 422)
            #expect(page.words.contains("(risk resolved) would no longer hold"))
            #expect(page.text.contains("Not hers"))
        }
    }

    @Test("A referral that the rules judge says which rule, and what is still to be asked")
    func eligibility() async throws {
        try await withCase { scene in
            let no = try await scene.installation.refer(
                "Tom",
                "Hill",
                answers: ["health-condition": "no"]
            )
            let unknown = try await scene.installation.refer("Ann", "Hill", answers: [:])
            let ana = scene.site.browser(CaseScene.ana)
            let page = await ana.get("/cases/\(no.id.text)")
            #expect(page.words.contains("Not eligible"))
            #expect(page.words.contains("WorkWell is for people whose health makes work harder"))
            #expect(page.words.contains("Not met"))
            let other = await ana.get("/cases/\(unknown.id.text)")
            #expect(other.words.contains("Still to ask: health condition"))
        }
    }

    @Test("A person who was erased is named nowhere, and nothing can be said of them")
    func erased() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            _ = await ana.post(scene.path + "/notes", ["text": "Lives with her sister"])
            let operated = try await scene.installation.goodwork.erase(
                personOf: scene.header,
                reason: "asked for it",
                by: scene.installation.actor
            )
            #expect(operated.erased)
            let page = await ana.get(scene.path)
            #expect(page.words.contains("This person was erased."))
            #expect(page.words.contains("The words were erased."))
            #expect(!page.text.contains("Khan"))
            #expect(!page.text.contains("Lives with her sister"))
            let refused = await ana.post(scene.path + "/notes", ["text": "More"])
            #expect(refused.status == 422)
            #expect(refused.words.contains("has been erased"))
            #expect(!page.words.contains("Links for the person"))
            let step = "This person was erased: close the case"
            #expect(page.words.contains(step))
            #expect(!page.text.contains("href=\"\(scene.path)/contact\""))
            #expect(!page.text.contains("href=\"\(scene.path)/notes\""))
            #expect(page.text.contains("href=\"\(scene.path)/close\""))
            #expect(await ana.get("/today").words.contains(step))
            #expect(try await scene.installation.problems() == [])
            let links = await ana.get(scene.path + "/links")
            #expect(links.words.contains("There are no links"))
            #expect(!links.words.contains("Link to copy"))
        }
    }

    @Test("Of a person who was erased no form is offered that would be refused")
    func offersOfErased() async throws {
        try await withCase { scene in
            var risk = RiskRaised()
            risk.risk = "r1"
            risk.about = "other"
            try await scene.change(.riskRaised(risk))
            let ana = scene.site.browser(CaseScene.ana)
            let mo = scene.site.browser(CaseScene.mo)
            let (ofCoach, ofManager) = (
                ["correction", "contact-wish", "risks"],
                ["accept", "reroute", "transfer"]
            )
            func offers(_ page: TestBrowser.Page, _ form: String) -> Bool {
                page.text.contains("\"\(scene.path)/\(form)\"")
            }
            let before = await ana.get(scene.path)
            for form in ofCoach { #expect(offers(before, form), "\(form)") }
            for path in [scene.path, "/team/queue"] {
                let page = await mo.get(path)
                for form in ofManager { #expect(offers(page, form), "\(path): \(form)") }
            }
            let operated = try await scene.installation.goodwork.erase(
                personOf: scene.header,
                reason: "asked for it",
                by: scene.installation.actor
            )
            #expect(operated.erased)
            let page = await ana.get(scene.path)
            for form in ofCoach { #expect(!offers(page, form), "\(form)") }
            #expect(!page.text.contains("\(scene.path)/clocks/"))
            #expect(offers(page, "risks/r1/resolve"))
            let safety = await ana.get(scene.path + "/safety")
            #expect(!offers(safety, "risks"))
            for path in [scene.path, "/team/queue"] {
                let page = await mo.get(path)
                for form in ofManager { #expect(!offers(page, form), "\(path): \(form)") }
            }
            // Words could not be kept: a risk is resolved without.
            let resolve = scene.path + "/risks/r1/resolve"
            #expect(await ana.get(resolve).words.contains("no words can be kept"))
            let resolved = await ana.post(resolve, [:])
            #expect(resolved.status == 200)
            #expect(!offers(resolved, "risks/r1/resolve"))
            // So is an entry withdrawn, and the referral returned.
            let entry = try await scene.history().events.last { $0.body.kind == .riskResolved }
            let withdraw = "\(scene.path)/entries/\(entry?.id.text ?? "")/withdraw"
            #expect(await ana.get(withdraw).words.contains("no words can be kept"))
            let withdrawn = await ana.post(withdraw, ["reason": "entered-in-error"])
            #expect(withdrawn.status == 200)
            #expect(try await scene.count(.voided) == 1)
            let giveBack = "\(scene.path)/return"
            #expect(await mo.get(giveBack).words.contains("no words can be kept"))
            let returned = await mo.post(giveBack, ["reason": "not-accepted"])
            #expect(returned.status == 200)
            #expect(try await scene.count(.referralReturned) == 1)
        }
    }

    @Test("A form opened by its address says at once that the person was erased")
    func formsOfErased() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let operated = try await scene.installation.goodwork.erase(
                personOf: scene.header,
                reason: "asked for it",
                by: scene.installation.actor
            )
            #expect(operated.erased)
            let (ana, mo) = (
                scene.site.browser(CaseScene.ana), scene.site.browser(CaseScene.mo)
            )
            let refused: [(TestBrowser, [String])] = [
                (ana, ["contact", "appointments", "appointments/first", "notes", "risks"]),
                (ana, ["contact-wish", "correction", "reopen", "plan/review"]),
                (mo, ["accept", "reroute", "transfer"]),
            ]
            for (browser, forms) in refused {
                for form in forms {
                    let path = "\(scene.path)/\(form)"
                    let page = await browser.get(path)
                    #expect(page.status == 200, "\(form)")
                    #expect(page.words.contains("has been erased"), "\(form)")
                    #expect(!page.text.contains("name=\"_version\""), "\(form)")
                    let sent = await browser.post(path, [:])
                    #expect(sent.status == 422, "\(form)")
                    #expect(sent.words.contains("has been erased"), "\(form)")
                }
            }
            let taken = ["close", "consent", "appointments/first/cancel"]
            for form in taken {
                let page = await ana.get("\(scene.path)/\(form)")
                #expect(page.text.contains("name=\"_version\""), "\(form)")
            }
            let consent = await ana.get(scene.path + "/consent")
            #expect(!consent.words.contains("Agreed"))
            let page = await ana.get(scene.path)
            #expect(page.text.contains("appointments/first/cancel"))
            #expect(!page.text.contains("appointments/first/move"))
        }
    }

    @Test("A transfer of a person who was erased is declined without words")
    func declineOfErased() async throws {
        try await withCase { scene in
            var asked = Transfer()
            asked.provider = "mft"
            try await scene.change(.transferAsked(asked))
            let operated = try await scene.installation.goodwork.erase(
                personOf: scene.header,
                reason: "asked for it",
                by: scene.installation.actor
            )
            #expect(operated.erased)
            let pat = scene.site.browser(Actor(user: "pat", organisation: "mft", role: .manager))
            let path = scene.path + "/transfer/decline"
            #expect(await pat.get(path).words.contains("no words can be kept"))
            let declined = await pat.post(path, [:])
            #expect(declined.status == 200)
            #expect(try await scene.count(.transferDeclined) == 1)
        }
    }

    @Test("A person's other cases are linked for those who may see them, and not for others")
    func otherCases() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let none = await ana.get(scene.path)
            #expect(!none.words.contains("This person has other cases"))
            let theirs = try await scene.installation.refer("Nadia", "Khan", strand: "be-well")
            let elsewhere = try await scene.installation.refer("Nadia", "Khan", strand: "msk")
            try await scene.installation.tamper(
                "UPDATE cases SET person_id = '\(scene.header.person.text)' "
                    + "WHERE id IN ('\(theirs.id.text)', '\(elsewhere.id.text)')"
            )
            let page = await ana.get(scene.path)
            #expect(page.text.contains("href=\"/cases/\(theirs.id.text)\""))
            #expect(!page.text.contains(elsewhere.id.text))
        }
    }

    @Test("The calendar file names nobody, and counts its moves")
    func calendar() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let place = "\(scene.path)/appointments/first"
            _ = await ana.post(place + "/move", ["day": "2025-06-30", "place": "community"])
            let file = await ana.get(place + "/calendar")
            #expect(
                file.headers.contains { $0.value == "text/calendar; charset=utf-8" }
            )
            let reference = scene.header.reference
            let lines = file.text.components(separatedBy: "\r\n")
            #expect(
                lines == [
                    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goodwork//Appointments//EN",
                    "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "BEGIN:VEVENT",
                    "UID:\(scene.header.id.text)-first@goodwork", "DTSTAMP:20250602T090000Z",
                    "LAST-MODIFIED:20250602T090000Z", "SEQUENCE:1",
                    "DTSTART;VALUE=DATE:20250630", "DTEND;VALUE=DATE:20250701",
                    "SUMMARY:WorkWell Manchester\\, case \(reference)", "LOCATION:Community",
                    "STATUS:CONFIRMED", "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR", "",
                ]
            )
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })

            // With a time it is by the clocks of London, and its place is told by kind alone.
            let timed = await ana.post(
                place + "/move",
                [
                    "day": "2025-07-01", "time": "9.30", "minutes": "45", "place": "home",
                    "where": "12 Secret Street",
                ]
            )
            #expect(timed.words.contains("1 July 2025 at 09:30 (45 minutes)"))
            #expect(timed.words.contains("Home: 12 Secret Street"))
            let moved = await ana.get(place + "/calendar").text
            let said = moved.components(separatedBy: "\r\n")
            for line in [
                "TZID:Europe/London", "DTSTART;TZID=Europe/London:20250701T093000",
                "DURATION:PT45M", "LOCATION:Home", "SEQUENCE:2",
            ] {
                #expect(said.contains(line), "\(line)")
            }
            #expect(!moved.contains("Secret"))
            #expect(moved.contains("METHOD:PUBLISH") && moved.contains("STATUS:CONFIRMED"))
            for (name, value, problem) in [
                ("time", "25:00", "Write a time such as 14:30"),
                ("minutes", "3", "Minutes must be a whole number, 5 to 480"),
            ] {
                let wrong = await ana.post(
                    place + "/move",
                    ["day": "2025-07-01", "place": "home", name: value]
                )
                #expect(wrong.status == 422)
                #expect(wrong.words.contains(problem), "\(name)")
            }
        }
    }

    @Test("What was called off leaves the calendar by a later version of its entry")
    func calledOff() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let place = "\(scene.path)/appointments/first"
            let moved = await ana.post(place + "/move", ["day": "2025-06-30", "place": "phone"])
            #expect(!moved.words.contains("Remove it from your calendar"))
            scene.installation.clock.advance(milliseconds: 60_000)
            let cancelled = await ana.post(place + "/cancel", ["on": "2025-06-02"])
            #expect(cancelled.words.contains("Remove it from your calendar"))
            #expect(cancelled.text.contains("href=\"\(place)/calendar\""))
            let off = await ana.get(place + "/calendar").text
            for line in [
                "METHOD:CANCEL", "UID:\(scene.header.id.text)-first@goodwork", "SEQUENCE:2",
                "DTSTAMP:20250602T090100Z", "LAST-MODIFIED:20250602T090100Z", "STATUS:CANCELLED",
            ] {
                #expect(off.contains(line + "\r\n"), "\(line): \(off)")
            }

            // The cancellation was a mistake: the entry comes back as a later version still.
            let mistake = try await scene.history().events
                .last { $0.body.kind == .appointmentCancelled }
            let event = try #require(mistake)
            let void = Command.Void(event: event.id, reason: "entered-in-error")
            try await scene.installation.change(scene.header.reference, Command(voids: [void]))
            let back = await ana.get(place + "/calendar").text
            for line in ["METHOD:PUBLISH", "SEQUENCE:3", "STATUS:CONFIRMED"] {
                #expect(back.contains(line + "\r\n"), "\(line): \(back)")
            }

            // Nobody holds it once the case is closed.
            var closed = Closed()
            closed.reason = .disengaged
            try await scene.change(.closed(closed))
            #expect(await ana.get(scene.path).words.contains("Remove it from your calendar"))
            let over = await ana.get(place + "/calendar").text
            #expect(over.contains("SEQUENCE:4\r\n") && over.contains("STATUS:CANCELLED\r\n"))
        }
    }

    @Test("Of one that was missed and moved, the later day leaves the calendar")
    func missedAndCalledOff() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let place = "\(scene.path)/appointments/first"
            _ = await ana.post(place + "/move", ["day": "2025-06-30", "place": "phone"])
            let missed = await ana.post(place, ["outcome": "missed", "on": "2025-06-02"])
            #expect(missed.words.contains("Missed") && missed.words.contains("Booked"))
            _ = await ana.post(place + "/cancel", ["on": "2025-06-02"])
            let off = await ana.get(place + "/calendar").text
            for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20250630"] {
                #expect(off.contains(line + "\r\n"), "\(line): \(off)")
            }
        }
    }

    @Test("Notes, risks and measures are not for an onward provider")
    func onward() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "risks/known")
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            var sent = OnwardSent()
            sent.onward = "o1"
            sent.service = "talking-therapies"
            var note = NoteWritten()
            note.text = "Between us"
            try await scene.change(.planAgreed(plan), .onwardSent(sent), .noteWritten(note))
            let onward = Actor(user: "tt", organisation: "talking-therapies", role: .coach)
            let page = await scene.site.browser(onward).get(scene.path)
            #expect(page.status == 200)
            #expect(page.words.contains("Nadia Khan"))
            for hidden in ["Between us", "risk", "Risk", "Withdraw", "Log a contact"] {
                #expect(!page.words.contains(hidden), "\(hidden)")
            }
        }
    }
}
