import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// One case on the page of the person whose it is: no team notes, no risks, nobody else.
struct OwnCase {
    let file: CaseFile
    let words: OwnWords
    let visit: Visit
    /// Whether the coach is still there.
    let hasCoach: Bool

    private var say: Phrases { words.say }
    private var id: String { file.header.id.text }

    var html: HTML {
        h2(.id("case-\(id)")) { say(file.programme.name) }
            + p { words.state(file) }
            + next
            + plan
            + appointments
            + measures
            + notes
    }

    // MARK: - What happens next

    private var next: HTML {
        let steps = file.workItems.compactMap { item in
            words.next(item, file).map { (says: $0, isLate: item.dueOn < file.today) }
        }
        return h3 { say("What happens next") }
            + list(steps, empty: say("Nothing is planned. If you need help again, tell us."))
            + coach
    }

    private func list(_ steps: [(says: String, isLate: Bool)], empty: String) -> HTML {
        guard !steps.isEmpty else { return p { empty } }
        return ul(.class("nhsuk-list nhsuk-list--bullet")) {
            for step in steps {
                li {
                    if step.isLate {
                        tag(say("Overdue"), .red)
                        " "
                    }
                    step.says
                }
            }
        }
    }

    private var coach: HTML {
        var summary = Summary()
        let coach = hasCoach ? file.case.coach.map { visit.names[$0] } : nil
        summary.add(say("Your coach"), coach ?? say("You do not have a coach yet"))
        summary.add(say("Who helps you"), file.relations.provider.map(visit.names.organisation))
        summary.add(say("Your reference"), file.header.reference)
        return summary.html
    }

    // MARK: - The plan

    private var plan: HTML {
        let actions = file.case.actions.filter { $0.state != .dropped }
        let goals = file.case.goals.filter { $0.state != .dropped }
        var all = h3(.id("plan-\(id)")) { say("My plan") }
        guard file.case.plan != nil || !actions.isEmpty || !goals.isEmpty else {
            all.append(p { say("You and your coach make the plan together. There is none yet.") })
            return all
        }
        if let plan = file.case.plan { all.append(p { words.plan(plan) }) }
        if !goals.isEmpty {
            all.append(h4 { say("My goals") })
            all.append(
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    for goal in goals { li { item(goal) } }
                }
            )
        }
        all.append(mine(actions.filter { $0.owner == OwnWords.person }))
        // Of a case that is closed nobody does anything more.
        let others = actions.filter {
            $0.owner != OwnWords.person && ($0.state == .done || file.case.isOpen)
        }
        if !others.isEmpty {
            all.append(h4 { say("What others do for me") })
            all.append(
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    for action in others { li { item(action) } }
                }
            )
        }
        return all
    }

    private func mine(_ actions: [PlanItem]) -> HTML {
        guard !actions.isEmpty else { return HTML() }
        return h4 { say("What I do") }
            + ul(.class("nhsuk-list gw-actions")) {
                for action in actions {
                    li(.class("gw-actions__item")) {
                        div { item(action) }
                        if action.state == .open, file.case.isOpen {
                            Self.tickForm(action, file, visit)
                        }
                    }
                }
            }
    }

    private func item(_ item: PlanItem) -> HTML {
        var all = asTyped(item.text ?? SelfWords.answer(item.id))
        if let due = item.dueOn, item.state == .open {
            all.append(HTML(" "))
            all.append(HTML(say("(by {day})", ["day": say.day(due)])))
        }
        if item.state == .done {
            all.append(HTML(" "))
            all.append(tag(say("Done"), .green))
        }
        return all
    }

    /// The one button by which an action is ticked.
    static func tickForm(_ action: PlanItem, _ file: CaseFile, _ visit: Visit) -> HTML {
        let about = action.text ?? SelfWords.answer(action.id)
        let path = MyPages.path(of: file.header) + "/actions/\(URLEncoding.encode(action.id))"
        return visit.sentForm(to: path) {
            button(.class("nhsuk-button nhsuk-button--secondary"), .type("submit")) {
                visit.phrases("I have done this")
                span(.class("nhsuk-u-visually-hidden")) {
                    ": "
                    asTyped(about)
                }
            }
        }
    }

    // MARK: - Appointments

    private var appointments: HTML {
        let coming = file.comingAppointments
        let past = file.appointmentsByTime.filter { !coming.contains($0) }
        if past.isEmpty, !file.case.isOpen { return HTML() }
        return h3 { say("My appointments") }
            + (coming.isEmpty
                ? none
                : ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    for appointment in coming { li { comingLine(appointment) } }
                })
            + (past.isEmpty
                ? HTML()
                : reveal(say("Earlier and cancelled appointments")) {
                    ul(.class("nhsuk-list nhsuk-list--bullet")) {
                        for appointment in past.reversed() { li { pastLine(appointment) } }
                    }
                })
    }

    private var none: HTML {
        if !file.case.isOpen { return p { say("Nothing is planned.") } }
        return p { say("You have no appointment yet. Your coach will tell you.") }
    }

    private func comingLine(_ appointment: Appointment) -> HTML {
        strong { words.line(appointment, file.programme) }
            + HTML(". ")
            + calendarLink(say("Add to my calendar"), appointment)
    }

    private func pastLine(_ appointment: Appointment) -> HTML {
        let isDropped = appointment.outcome == nil && appointment.day >= file.today
        let line = HTML(
            "\(words.line(appointment, file.programme)). "
                + (isDropped ? say("Cancelled") : words.outcome(appointment))
        )
        let booked = BookedAppointment(appointment, in: file)
        guard booked.isToLeaveCalendar(on: file.today) else { return line }
        return line + HTML(". ") + calendarLink(say("Remove it from my calendar"), appointment)
    }

    private func calendarLink(_ label: String, _ appointment: Appointment) -> HTML {
        let path =
            MyPages.path(of: file.header) + "/appointments/\(URLEncoding.encode(appointment.id))"
        return a(.href(path)) {
            label
            span(.class("nhsuk-u-visually-hidden")) { ": " + words.when(appointment) }
        }
    }

    // MARK: - Measures and notes

    private var measures: HTML {
        let readings = file.case.readings
        guard !readings.isEmpty else { return HTML() }
        var table = ListTable(
            say("My answers, the latest first"),
            [say("Day"), say("What was asked"), say("My answer")]
        )
        for reading in readings.reversed() {
            guard let instrument = file.programme.instrument(reading.instrument) else { continue }
            table.add(
                HTML(say.day(reading.takenOn)),
                HTML(say(instrument.name)),
                answers(reading, instrument)
            )
        }
        let changes = file.case.distanceTravelled(in: file.programme).changes
        var sinceThen = Summary()
        for change in changes { sinceThen.add(say(change.name), words.change(change)) }
        return h3 { say("How I am doing") }
            + (changes.isEmpty ? HTML() : sinceThen.html)
            + table.html
    }

    /// A score in words, or what was answered, with its question where there are several.
    private func answers(_ reading: MeasureReading, _ instrument: Instrument) -> HTML {
        guard instrument.score == nil, instrument.items.count > 1 else {
            return HTML(words.reading(reading, instrument))
        }
        return ul(.class("nhsuk-list")) {
            for item in instrument.items {
                if let answer = reading.answers[item.id] {
                    li {
                        say(item.question)
                        " "
                        strong { say(SelfWords.answer(answer)) }
                    }
                }
            }
        }
    }

    private var notes: HTML {
        let notes = file.lines.compactMap { line -> (day: CivilDate, text: String)? in
            guard line.voidedAt == nil, case .noteWritten(let note) = line.event.body,
                note.audience == .person, let text = note.text
            else { return nil }
            return (line.event.occurredOn, text)
        }
        guard !notes.isEmpty else { return HTML() }
        var timeline = Timeline()
        for note in notes.reversed() { timeline.add(note.day) { asTyped(note.text) } }
        return h3 { say("Notes to me") } + timeline.html
    }
}
