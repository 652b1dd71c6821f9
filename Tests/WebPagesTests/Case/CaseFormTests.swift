import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Each form about a case: its good way, its bad way, and a double click.
@Suite struct CaseFormTests {
    /// A form with what is sent by somebody careful and by somebody hasty.
    struct Trial: Sendable, CustomTestStringConvertible {
        var form: String
        var good: [String: String]
        /// What the case page says afterwards.
        var then: String
        var bad: [String: String]
        /// What the form says of it.
        var problem: String
        /// The kind of event that is written, once.
        var kind: EventKind

        var testDescription: String { form }
    }

    static let trials = [
        Trial(
            form: "contact",
            good: ["channel": "phone", "outcome": "reached", "note": "Sleeps badly"],
            then: "Spoke with the person",
            bad: ["channel": "phone", "note": "Sleeps badly"],
            problem: "Choose what came of it",
            kind: .contactAttempted
        ),
        Trial(
            form: "contact",
            good: ["channel": "text", "outcome": "no-answer", "on": "1/6/2025"],
            then: "No answer",
            bad: ["channel": "text", "outcome": "no-answer", "on": "2025-06-03"],
            problem: "3 June 2025 has not come yet",
            kind: .contactAttempted
        ),
        Trial(
            form: "appointments",
            good: ["kind": "clinic", "day": "2025-06-05", "place": "clinic"],
            then: "5 June 2025",
            bad: ["kind": "clinic", "day": "2025-06-01", "place": "clinic"],
            problem: "Give today or a later day",
            kind: .appointmentBooked
        ),
        Trial(
            form: "appointments/first/move",
            good: ["day": "2025-06-12", "place": "phone"],
            then: "12 June 2025",
            bad: ["day": "next week", "place": "phone"],
            problem: "Write a day such as 31/1/2026",
            kind: .appointmentBooked
        ),
        Trial(
            form: "appointments/first",
            good: ["outcome": "attended", "note": "Came early"],
            then: "Attended",
            bad: ["note": "Came early"],
            problem: "Choose what came of it",
            kind: .appointmentAttended
        ),
        Trial(
            form: "appointments/first",
            good: ["outcome": "missed"],
            then: "Missed",
            bad: ["outcome": "missed", "on": "2025-05-30"],
            problem: "It was booked on 2 June 2025",
            kind: .appointmentMissed
        ),
        Trial(
            form: "appointments/first/cancel",
            good: ["on": "2025-06-02"],
            then: "Cancelled",
            bad: ["on": "2025-06-09"],
            problem: "9 June 2025 has not come yet",
            kind: .appointmentCancelled
        ),
        Trial(
            form: "clocks/first-contact/pause",
            good: ["reason": "in-hospital", "on": "2025-05-22"],
            then: "Paused since 22 May 2025",
            bad: ["reason": "on-holiday"],
            problem: "Choose one of the answers",
            kind: .clockPaused
        ),
        Trial(
            form: "consent",
            good: ["employer": "given", "evaluation": "refused"],
            then: "To talk with their employer Agreed since 2 June 2025",
            bad: ["referral": "given"],
            problem: "Change at least one answer",
            kind: .consentRefused
        ),
        Trial(
            form: "notes",
            good: ["text": "Wants to go back part-time"],
            then: "Wants to go back part-time",
            bad: ["text": "  "],
            problem: "Write the note",
            kind: .noteWritten
        ),
        Trial(
            form: "risks",
            good: ["about": "self-harm", "text": "Said so twice"],
            then: "Self-harm Open",
            bad: ["about": "self-harm"],
            problem: "Say what you saw or heard",
            kind: .riskRaised
        ),
        Trial(
            form: "risks/known/resolve",
            good: ["text": "Seen by the crisis team"],
            then: "Violence Resolved",
            bad: ["text": "Seen by the crisis team", "on": "2025-05-20"],
            problem: "No such risk is open",
            kind: .riskResolved
        ),
    ]

    @Test("A form writes once, and says what is wrong in place", arguments: trials)
    func form(_ trial: Trial) async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: trial.form)
            let ana = scene.site.browser(CaseScene.ana)
            let path = "\(scene.path)/\(trial.form)"
            let page = await ana.get(path)
            #expect(page.status == 200)
            let before = try await scene.history().version

            let refused = await ana.send(.post, path, fields(trial.bad, from: page))
            #expect(refused.status == 422)
            #expect(refused.words.contains(trial.problem), "\(refused.words)")
            #expect(refused.words.contains("There is a problem"))
            for (name, value) in trial.bad where name == "text" || name == "note" {
                #expect(refused.text.contains(value), "\(name) was lost")
            }
            #expect(try await scene.history().version == before)

            let counted = try await scene.count(trial.kind)
            let saved = await ana.send(.post, path, fields(trial.good, from: refused))
            #expect(saved.status == 200)
            #expect(saved.words.contains(trial.then), "\(saved.words)")
            #expect(try await scene.count(trial.kind) == counted + 1)
            let after = try await scene.history().version

            let again = await ana.send(.post, path, fields(trial.good, from: refused))
            #expect(again.status == 200, "\(again.words)")
            #expect(try await scene.history().version == after)
        }
    }

    /// The form as the browser sends it: hidden fields, and for consent what was shown.
    private func fields(_ typed: [String: String], from page: TestBrowser.Page) -> Form {
        var form = Form()
        let scopes = ConsentScope.allCases.map { "had-\($0.rawValue)" }
        for name in ["_csrf", "_key", "_version"] + scopes {
            if let value = page.value(name) { form.set(name, value) }
        }
        for (name, value) in typed { form.set(name, value) }
        return form
    }

    /// Gives the case what the form is about.
    static func prepare(_ scene: CaseScene, for form: String) async throws {
        if form.hasPrefix("appointments/first") {
            var booked = AppointmentBooked()
            booked.appointment = "first"
            booked.kind = "phone"
            booked.day = CaseScene.today
            try await scene.change(.appointmentBooked(booked))
        }
        if form.hasPrefix("risks/known") {
            var risk = RiskRaised()
            risk.risk = "known"
            risk.about = "violence"
            try await scene.change(.riskRaised(risk))
        }
    }

    @Test("What came of an appointment is not said before its day", arguments: Backend.allCases)
    func early(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            try await Self.prepare(scene, for: "appointments/first")
            let ana = scene.site.browser(CaseScene.ana)
            let path = "\(scene.path)/appointments/first"
            _ = await ana.post("\(path)/cancel", ["on": "2025-06-02"])
            var booked = AppointmentBooked()
            (booked.appointment, booked.kind) = ("first", "phone")
            booked.day = CaseScene.today.adding(days: 3)
            try await scene.change(.appointmentBooked(booked))
            _ = await ana.post("\(path)/move", ["day": "2025-06-12", "place": "phone"])
            let before = try await scene.history().version
            let refused = await ana.post(path, ["outcome": "attended", "on": "2025-06-02"])
            #expect(refused.status == 422)
            let says = "This appointment is on 12 June 2025. Move or cancel it."
            #expect(refused.words.contains(says), "\(refused.words)")
            #expect(try await scene.history().version == before)
        }
    }

    @Test(
        "An appointment that is over is not moved, settled or cancelled from an old tab",
        arguments: ["", "/move", "/cancel"]
    )
    func over(_ form: String) async throws {
        try await withCase { scene in
            try await Self.prepare(scene, for: "appointments/first")
            let ana = scene.site.browser(CaseScene.ana)
            let path = "\(scene.path)/appointments/first"
            let tab = await ana.get(path + form)
            _ = await ana.post("\(path)/cancel", ["on": "2025-06-02"])
            let before = try await scene.history().version
            let says = "The appointment of 2 June 2025 was cancelled. Book another"
            let typed: KeyValuePairs = [
                "outcome": "attended", "on": "2025-06-02", "day": "2025-06-12", "place": "phone",
            ]
            let late = await ana.submit(path + form, from: tab, typed)
            #expect(late.status == 422)
            #expect(late.words.contains("What changed meanwhile"), "\(late.words)")
            let again = await ana.submit(path + form, from: late, typed)
            #expect(again.status == 422)
            #expect(again.words.contains(says), "\(again.words)")
            let page = await ana.get(path + form)
            #expect(page.status == 200 && page.words.contains(says))
            #expect(!page.text.contains("name=\"on\"") && !page.text.contains("name=\"day\""))
            #expect(try await scene.history().version == before)
        }
    }

    @Test("A paused clock runs again")
    func resume() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let clock = "\(scene.path)/clocks/first-contact"
            _ = await ana.post("\(clock)/pause", ["reason": "in-hospital", "on": "2025-05-22"])
            let page = await ana.post("\(clock)/resume", ["on": "2025-06-02"])
            #expect(!page.words.contains("Paused since"))
            let again = await ana.post("\(clock)/resume", ["on": "2025-06-01"])
            #expect(again.status == 422)
            #expect(again.words.contains("This clock is not paused."))
        }
    }

    @Test(
        "The second of two people sees what changed and keeps what they typed",
        arguments: Backend.allCases
    )
    func conflict(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let (ana, ben) = (
                scene.site.browser(CaseScene.ana), scene.site.browser(CaseScene.ben)
            )
            let path = scene.path + "/notes"
            let page = await ben.get(path)
            _ = await ana.post(scene.path + "/contact", ["channel": "phone", "outcome": "reached"])
            let late = await ben.submit(path, from: page, ["text": "Rang about her back"])
            #expect(late.status == 422)
            #expect(late.words.contains("What changed meanwhile"))
            #expect(late.words.contains("Contact made by phone (Ana Coach)"))
            #expect(late.text.contains("Rang about her back</textarea>"))
            let notes1 = try await scene.count(.noteWritten)
            #expect(notes1 == 0)
            let saved = await ben.submit(path, from: late, ["text": "Rang about her back"])
            #expect(saved.status == 200)
            let notes2 = try await scene.count(.noteWritten)
            #expect(notes2 == 1)
        }
    }

    @Test("Somebody with two windows is told that they saved the other one themselves")
    func ownConflict() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/notes"
            let page = await ana.get(path)
            _ = await ana.post(scene.path + "/contact", ["channel": "phone", "outcome": "reached"])
            let late = await ana.submit(path, from: page, ["text": "Rang about her back"])
            #expect(late.words.contains("You saved this case in another window"))
            #expect(late.words.contains("What changed meanwhile"))
            #expect(late.text.contains("Rang about her back</textarea>"))
        }
    }

    @Test("A session that ends while somebody types loses nothing")
    func draft() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/notes"
            let page = await ana.get(path)
            scene.site.end(ana)
            _ = await ana.submit(path, from: page, ["text": "Half a thought"])
            scene.site.signInAgain(ana, CaseScene.ana)
            let back = await ana.get(path)
            #expect(back.text.contains("Half a thought</textarea>"))
            #expect(back.words.contains("You were signed out, so nothing was saved."))
            let notes3 = try await scene.count(.noteWritten)
            #expect(notes3 == 0)
            let later = await ana.get(path)
            #expect(!later.words.contains("You were signed out"))
        }
    }

    @Test(
        "Signing in again in another tab loses nothing typed in the first",
        arguments: Backend.allCases
    )
    func signedInAgain(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/notes"
            let page = await ana.get(path)
            scene.site.signInAgain(ana, CaseScene.ana)
            let typed: KeyValuePairs = ["text": "Half a thought"]
            // Another site's page fills in no form of ours, nor one that does not say whose it is.
            for sender in ["cross-site", "same-site", nil] {
                let kept = await ana.submit(path, from: page, typed, sender: sender)
                #expect(kept.status == 403 && !kept.text.contains("Half a thought"))
            }
            let again = await ana.submit(path, from: page, typed, sender: "same-origin")
            #expect(again.status == 200)
            #expect(again.text.contains("Half a thought</textarea>"))
            #expect(again.words.contains("Look over what you typed, then send it again."))
            let before = try await scene.count(.noteWritten)
            #expect(before == 0)
            _ = await ana.submit(path, from: again, typed)
            let after = try await scene.count(.noteWritten)
            #expect(after == 1)
        }
    }

    @Test("Signing out in another tab loses nothing typed in the first")
    func signedOutElsewhere() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/notes"
            let page = await ana.get(path)
            ana.set(Site.sessionCookie, "")
            _ = await ana.get("/sign-in")
            let typed: KeyValuePairs = ["text": "Half a thought"]
            let asked = await ana.submit(path, from: page, typed, sender: "same-origin")
            #expect(asked.path.hasPrefix("/sign-in"))
            #expect(asked.words.contains("What you typed is kept"))
            scene.site.signInAgain(ana, CaseScene.ana)
            let back = await ana.get(path)
            #expect(back.text.contains("Half a thought</textarea>"))
            let notes = try await scene.count(.noteWritten)
            #expect(notes == 0)
        }
    }
}
