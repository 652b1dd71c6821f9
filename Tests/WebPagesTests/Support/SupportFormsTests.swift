import Casework
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebPages

/// What every form of support keeps: a second click, another's change, the person's words.
@Suite struct SupportFormsTests {
    @Test("A double click is one act, also where it makes a new name", arguments: Backend.allCases)
    func doubleClick(_ backend: Backend) async throws {
        try await withSupportCase(backend) { supported in
            try await supported.agreePlan()
            let sent: [(form: String, fields: KeyValuePairs<String, String>)] = [
                ("/deliver", ["intervention": "cbt", "sessions": "2"]),
                ("/onward/refer", ["service": "be-well"]),
                ("/work/job", ["kind": "job", "on": "2025-05-01"]),
                ("/plan/goal", ["goal": "Sleep better"]),
                ("/plan/action", ["action": "Ring the doctor"]),
            ]
            for (form, fields) in sent {
                let path = supported.path + form
                let page = await supported.browser.get(path)
                let first = await supported.browser.submit(path, from: page, fields)
                let version = try await supported.version()
                let second = await supported.browser.submit(path, from: page, fields)
                #expect(first.status == 200 && second.status == 200, "\(form)")
                #expect(second.path.hasPrefix(supported.path), "\(form)")
                #expect(try await supported.version() == version, "\(form)")
            }
            let folded = try await supported.folded()
            #expect(folded.interventions.map(\.sessions) == [2])
            #expect(folded.onward.map(\.id) == ["o1"])
            #expect(folded.spells.map(\.id) == ["j1"])
            #expect(folded.goals.map(\.id) == ["g1"])
            #expect(folded.actions.map(\.id) == ["a1"])
        }
    }

    @Test("Whoever saves second sees what changed, keeps what they typed, and can save again")
    func conflict() async throws {
        try await withSupportCase { supported in
            let path = supported.path + "/plan"
            let mine = await supported.browser.get(path)
            var goal = GoalAdded()
            goal.goal = "g1"
            goal.text = "Be home by six"
            try await supported.enter(.goalAdded(goal), on: "2025-05-01")
            let typed: KeyValuePairs = [
                "plan": "thrive-in-work", "goal-1": "Keep my job", "action-1": "Talk to my boss",
                "action-1-goal": "1",
            ]
            let again = await supported.browser.submit(path, from: mine, typed)
            #expect(again.status == 422)
            #expect(again.words.contains("Goal added: Be home by six"))
            #expect(again.value("goal-1") == "Keep my job")
            #expect(again.value("action-1") == "Talk to my boss")
            let saved = await supported.browser.submit(path, from: again, typed)
            #expect(saved.status == 200)
            let folded = try await supported.folded()
            #expect(folded.goals.map(\.id) == ["g1", "g2"])
            #expect(folded.actions.map(\.goal) == ["g2"])
        }
    }

    @Test("The printed plan holds the person's own words, and nothing of the case's codes")
    func printedPlan() async throws {
        try await withSupportCase { supported in
            _ = await supported.browser.post(
                supported.path + "/plan",
                [
                    "plan": "move-into-work", "goal-1": "Work with animals & children",
                    "goal-2": "Sleep", "action-1": "Visit the centre", "action-1-due": "2025-07-01",
                    "action-2": "Write to the landlord", "action-2-owner": "coach",
                ]
            )
            _ = await supported.browser.post(
                supported.path + "/plan/items",
                ["goal-g2": "dropped"]
            )
            let page = await supported.browser.get(supported.path + "/plan/print")
            #expect(page.status == 200)
            for words in [
                "Amina Khan", "Move into work", "Work with animals &amp; children",
                "Visit the centre – by 1 July 2025", "My coach: Write to the landlord",
                "Printed on 2 June 2025",
            ] {
                #expect(page.words.contains(words), "\(words)")
            }
            for words in ["Sleep", "g1", "a1", "move-into-work", supported.header.reference] {
                #expect(!page.words.contains(words), "\(words)")
            }
        }
    }

    @Test("A plan is agreed anew only where something in it is new")
    func nothingNew() async throws {
        try await withSupportCase { supported in
            let path = supported.path + "/plan"
            _ = await supported.browser.post(path, ["plan": "thrive-in-work", "goal-1": "Sleep"])
            let page = await supported.browser.get(path)
            #expect(page.words.contains("The goals and actions that are there already stay."))
            #expect(page.words.contains("Goal 1 (optional)"))
            let before = try await supported.version()
            let blank = await supported.browser.post(path, ["plan": "thrive-in-work"])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Write a new goal or action"))
            #expect(try await supported.version() == before)
            // A double click.
            let form = await supported.browser.get(path)
            var versions: Set<Int> = []
            for _ in 1...2 {
                let other = await supported.browser.submit(
                    path,
                    from: form,
                    ["plan": "move-into-work"]
                )
                #expect(other.status == 200)
                versions.insert(try await supported.version())
            }
            #expect(versions.count == 1)
            #expect(try await supported.folded().plan == "move-into-work")
        }
    }

    @Test("The printed plan says when and where, in order, and nothing once the case is closed")
    func printedAppointments() async throws {
        try await withSupportCase { supported in
            for (id, time) in [("p1", "14:30"), ("p2", "09:00")] {
                var booked = AppointmentBooked()
                booked.appointment = id
                booked.kind = "community"
                booked.day = try SupportCase.day("2025-06-20")
                booked.time = time
                booked.place = "community"
                booked.location = "Library, meeting room 2"
                try await supported.enter(.appointmentBooked(booked), on: "2025-05-01")
            }
            let path = supported.path + "/plan/print"
            let place = "in the community, Library, meeting room 2"
            let open = await supported.browser.get(path)
            #expect(
                open.words.contains(
                    "20 June 2025, 09:00, \(place) 20 June 2025, 14:30, \(place)"
                )
            )
            var closed = Closed()
            closed.reason = .movedAway
            try await supported.enter(.closed(closed), on: "2025-05-20")
            #expect(!(await supported.browser.get(path)).words.contains("My next appointments"))
        }
    }

    @Test("What is wrong stands beside its field, all of it at once")
    func problems() async throws {
        try await withSupportCase { supported in
            let rows: [(form: String, fields: KeyValuePairs<String, String>, says: [String])] = [
                ("/plan", [:], ["Choose the kind of plan", "Write at least one goal"]),
                (
                    "/plan",
                    ["plan": "thrive-in-work", "goal-1": "Rest", "action-2-due": "2025-07-01"],
                    ["Write what is to be done"]
                ),
                (
                    "/plan",
                    [
                        "plan": "thrive-in-work", "goal-1": "Rest", "action-2": "Walk",
                        "action-2-goal": "3",
                    ],
                    ["Goal 3 is blank"]
                ),
                ("/plan/items", [:], ["Choose what is done or given up"]),
                (
                    "/deliver", ["sessions": "none"],
                    ["Choose what was delivered", "Sessions must be a whole number, 1 to 1000"]
                ),
                (
                    "/work/job", ["pay": "a lot", "hours_per_week": "200"],
                    [
                        "Choose the kind of work", "Write pounds from 0 to 100,000",
                        "Hours a week must be a whole number", "Give the first day in the job",
                    ]
                ),
                ("/work/job", ["kind": "job", "on": "2025-07-01"], ["has not come yet"]),
                ("/discharge", ["status": "in-work"], ["Support had not started by then"]),
                ("/tracking", ["outcome": "no-answer"], ["Tracking begins with the discharge"]),
                ("/reopen", ["text": "why"], ["This case is open"]),
                ("/close", [:], ["Choose why"]),
                (
                    "/close", ["reason": "consent-withdrawn"],
                    ["Choose one of the answers", "Did the person take back their consent?"]
                ),
            ]
            let before = try await supported.version()
            for (form, fields, says) in rows {
                let page = await supported.browser.post(supported.path + form, fields)
                #expect(page.status == 422, "\(form)")
                for words in says { #expect(page.words.contains(words), "\(form): \(words)") }
            }
            #expect(try await supported.version() == before)
        }
    }

    @Test("A job held before the referral is entered with the referral")
    func heldJob() async throws {
        try await withSupportCase { supported in
            _ = await supported.browser.post(
                supported.path + "/work/job",
                ["kind": "job", "on": "2024-11-04", "pay": "£1,200"]
            )
            let spell = try #require(try await supported.folded().spells.first)
            let first = try SupportCase.day("2024-11-04")
            #expect(spell.from == first)
            #expect(spell.terms.first?.weeklyPay == 120_000)
            #expect(try await supported.folded()[.jobStarted] == nil)
        }
    }

    @Test("What another service answers is recorded on a closed case too")
    func answersOfAClosedCase() async throws {
        try await withSupportCase { supported in
            try await supported.agreePlan()
            var sent = OnwardSent()
            sent.onward = "o1"
            sent.service = "talking-therapies"
            try await supported.enter(.onwardSent(sent), on: "2025-05-12")
            var closed = Closed()
            closed.reason = .movedAway
            try await supported.enter(.closed(closed), on: "2025-05-20")
            let page = await supported.browser.get(supported.path)
            #expect(page.words.contains("Record the answer"))
            #expect(!page.text.contains("/onward/refer"))
            let form = supported.path + "/onward/answer"
            let done = await supported.browser.submit(
                form,
                from: await supported.browser.get(form + "?onward=o1"),
                ["onward": "o1", "to": "declined", "reason": "no-capacity"]
            )
            #expect(done.status == 200, "\(done.words)")
            #expect(try await supported.folded().onward.map(\.status) == [.declined])
            #expect(!(await supported.browser.get(supported.path)).text.contains("Refer again"))
        }
    }
}
