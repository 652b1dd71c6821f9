import Casework
import Kernel
import Programmes
import Testing

@Suite("The rules of casework, as tables") struct VerdictTests {
    @Test("Each row is answered as the table says", arguments: VerdictTable.all)
    func eachRow(_ table: VerdictTable) throws {
        try table.check()
    }

    @Test("Every reason for a refusal is reached by at least one row")
    func everyReasonIsReached() throws {
        var reached: Set<Refusal.Reason> = []
        for table in VerdictTable.all { reached.formUnion(try table.check().reasons) }
        let missing = Refusal.Reason.allCases.filter { !reached.contains($0) }
        #expect(missing == [], "no row is refused for these reasons")
    }

    @Test("The codes of refusals are a fixed list, because others act on them")
    func theCodesAreFixed() {
        #expect(
            Refusal.Reason.allCases.map(\.rawValue) == [
                "no-referral", "already-referred", "already-said", "in-the-future",
                "outside-programme", "case-closed", "case-not-closed", "already-accepted",
                "already-started",
                "already-discharged", "not-started", "not-discharged", "tracking-over",
                "not-eligible", "no-consent", "unknown-value", "missing-value", "out-of-range",
                "sessions-used-up", "plan-needed", "service-not-open", "already-used",
                "not-found", "already-over", "wrong-order", "already-voided", "not-an-entry",
            ]
        )
    }

    @Test("A refusal tells which entry it is about, and which field")
    func aRefusalIsLocated() throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        let command = try situation.command("referral gp; goal walk; plan lose-weight", on: day)
        #expect(situation.tell(command) == "unknown-value")
        #expect(situation.refusal?.entry == 2)
        #expect(situation.refusal?.field == "plan")
        #expect(situation.history.version == 0)
    }

    @Test("A backdated note to the referrer is refused by its place in the command")
    func aBackdatedNote() throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        let told = [
            ("referral gp; consent share-with-referrer", -3),
            ("consent-withdrawn share-with-referrer", 0),
        ]
        for (words, days) in told {
            let command = try situation.command(words, on: day.adding(days: days))
            #expect(situation.tell(command) == "ok")
        }
        let notes = "coach ann; note audience=referrer"
        let command = try situation.command(notes, on: day.adding(days: -1))
        #expect(situation.tell(command) == "share-with-referrer-no-consent")
        #expect(situation.refusal?.entry == 1)
        #expect(situation.refusal?.field == "audience")
    }

    @Test("A replacement names an entry that is withdrawn with it, and no other does")
    func aReplacementReplacesSomething() throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        situation.tell(try situation.command("referral gp; coach ann", on: day), row: 1)
        let coach = try #require(situation.entered[1]?.last)
        var command = try situation.command("coach bob; coach cat", on: day)
        command.entries[0].replaces = coach
        #expect(situation.tell(command) == "entry-not-found")
        #expect(situation.refusal?.entry == 0)
        command.voids = [Command.Void(event: coach, reason: "entered-in-error")]
        command.entries[1].replaces = coach
        #expect(situation.tell(command) == "entry-not-found")
        #expect(situation.refusal?.entry == 1)
        command.entries[1].replaces = nil
        #expect(situation.tell(command) == "ok")
        #expect(situation.folded.coach == "cat")
    }

    @Test("A condition in words that was taken once stands in the way of no later correction")
    func anOldCondition() throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        let command = try situation.command("referral gp condition=back-pain; note", on: day)
        situation.tell(command, row: 1)
        var events = situation.history.events
        for place in events.indices {
            guard case .referralReceived(var fields) = events[place].body else { continue }
            fields.condition = "Low back pain"
            events[place].body = .referralReceived(fields)
        }
        situation.history = History(header: situation.history.header, events: events)
        let note = try #require(situation.entered[1]?.last)
        var withdrawn = Command()
        withdrawn.voids = [Command.Void(event: note, reason: "entered-in-error")]
        #expect(situation.tell(withdrawn) == "ok")
        var anew = try situation.command("referral gp condition=back-pain", on: day)
        if case .referralReceived(var fields) = anew.entries[0].body {
            fields.condition = "Low back pain"
            anew.entries[0].body = .referralReceived(fields)
        }
        var other = Situation(try Shipped.programme("example"))
        #expect(other.tell(anew) == "unknown-value")
    }

    @Test("A code of a place that was taken once stands in the way of no correction")
    func oldPlaces() throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        situation.tell(try situation.command("referral gp gender=male", on: day), row: 1)
        var events = situation.history.events
        for place in events.indices {
            guard case .referralReceived(var fields) = events[place].body else { continue }
            fields.practice = "QOP"
            fields.jobcentre = "LONGSIGHT"
            fields.outwardCode = "Mill"
            events[place].body = .referralReceived(fields)
        }
        situation.history = History(header: situation.history.header, events: events)
        let old = "gp_practice=QOP jobcentre=LONGSIGHT outward_code=Mill"
        for wrong in ["gp_practice=QWE", "jobcentre=ARDWICK", "outward_code=Lane"] {
            let command = try situation.command(
                "instead of 1: referral gp gender=female \(wrong)",
                on: day
            )
            #expect(situation.tell(command) == "unknown-value", "\(wrong)")
        }
        let right = "instead of 1: referral gp gender=female \(old)"
        #expect(situation.tell(try situation.command(right, on: day)) == "ok")
        #expect(situation.folded.referral?.gender == "female")
        #expect(situation.folded.referral?.jobcentre == "LONGSIGHT")
        var other = Situation(try Shipped.programme("example"))
        #expect(other.tell(try other.command("referral gp \(old)", on: day)) == "unknown-value")
    }

    @Test(
        "A text that says nothing is refused, and one taken before stands",
        arguments: ["", " \n"]
    )
    func blankTexts(_ text: String) throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = Situation.today
        situation.tell(try situation.command("referral gp; coach ann; note", on: day), row: 1)
        let coach = try #require(situation.entered[1]?.dropFirst().first)
        var note = NoteWritten()
        note.text = text
        var goal = GoalAdded()
        goal.goal = "walk"
        goal.text = text
        for body in [EventBody.noteWritten(note), .goalAdded(goal)] {
            #expect(situation.tell(Command(body, on: day)) == "text-missing-value")
            #expect(situation.refusal?.field == "text" && situation.refusal?.entry == 0)
        }
        var events = situation.history.events
        for place in events.indices where events[place].body.kind == .noteWritten {
            events[place].body = .noteWritten(note)
        }
        situation.history = History(header: situation.history.header, events: events)
        var withdrawn = Command()
        withdrawn.voids = [Command.Void(event: coach, reason: "entered-in-error", text: text)]
        #expect(situation.tell(withdrawn) == "text-missing-value")
        withdrawn.voids = [Command.Void(event: coach, reason: "entered-in-error")]
        #expect(situation.tell(withdrawn) == "ok")
    }

    @Test("A command that says nothing changes nothing")
    func anEmptyCommand() throws {
        var situation = Situation(try Shipped.programme("example"))
        #expect(situation.tell(Command()) == "ok")
        #expect(situation.history.version == 0)
    }

    @Test("A case that was closed keeps its first reason")
    func theFirstReasonStands() throws {
        let name = "Consent withdrawn from a closed case leaves the reason of its closing"
        let table = try #require(VerdictTable.all.first { $0.name == name })
        #expect(try table.check().situation.folded.closure == .disengaged)
    }
}
