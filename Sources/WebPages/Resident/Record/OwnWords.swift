import Application
import Casework
import Kernel
import Programmes

/// A case, told to the person whose case it is.
struct OwnWords: Sendable {
    let say: Phrases
    let names: Names

    func state(_ file: CaseFile) -> String {
        switch file.state {
        case .referred: say("We have your referral. Somebody is reading it.")
        case .accepted: say("You have been accepted. Your coach gets in touch with you.")
        case .engaged: say("You and your coach have talked. Next, you look at what would help.")
        case .started: say("You are getting support.")
        case .discharged: say("Your support has ended.")
        case .tracking: say("Your support has ended. We ask now and then how you are doing.")
        case .closed: closed(file)
        }
    }

    private func closed(_ file: CaseFile) -> String {
        switch file.case.closure {
        case .consentWithdrawn: say("You took back your yes, so this was closed.")
        case .completed: say("This has come to its end.")
        case .movedAway: say("This was closed because you moved away.")
        case .unableToContact: say("This was closed because we could not reach you.")
        case .noLongerWanted: say("This was closed because you did not want it any more.")
        default: say("This was closed. If you do not know why, ask the service.")
        }
    }

    /// What is to be done next; nil where it is not for the person to know, such as a risk.
    func next(_ item: WorkItem, _ file: CaseFile) -> String? {
        let day = ["day": say.day(item.dueOn)]
        switch item.kind {
        case .acceptance: return say("Somebody reads your referral by {day}.", day)
        case .missingAnswer: return say("We ask you for something that is missing, by {day}.", day)
        case .clock:
            let what = say(item.says)
            return say("{what}: by {day}.", ["what": what, "day": say.day(item.dueOn)])
        case .onwardAnswer:
            return say("Another service tells us by {day} whether it can help you.", day)
        case .appointment: return say("You have an appointment on {day}.", day)
        case .action:
            return item.owner == Self.person
                ? say("You do something from your plan by {day}.", day)
                : say("Your coach does something from your plan by {day}.", day)
        case .tracking: return say("Your coach asks how you are doing, by {day}.", day)
        case .supportEnd: return say("Your support lasts until {day}.", day)
        case .review: return say("Your coach looks at your plan again by {day}.", day)
        case .risk, .transfer: return nil
        }
    }

    /// The owner of what the person does themselves.
    static let person = "person"

    func plan(_ code: String) -> String {
        switch code {
        case "thrive-in-work": say("Your plan: to do well at work")
        case "move-into-work": say("Your plan: to move into work")
        case "return-to-work": say("Your plan: to go back to work")
        default: say(SelfWords.answer(code))
        }
    }

    func appointment(_ appointment: Appointment, _ programme: Programme) -> String {
        let known = programme.pathway.appointments.first { $0.id == appointment.kind }
        return say(known?.name ?? SelfWords.answer(appointment.kind))
    }

    /// What it is for; nil where that says no more than the place, as `phone` does.
    func purpose(_ appointment: Appointment, _ programme: Programme) -> String? {
        let known = programme.pathway.appointments.first { $0.id == appointment.kind }
        let place = UsualWords.place(appointment.place)
        let isPlace = appointment.kind == appointment.place || known?.name.lowercased() == place
        return isPlace ? nil : self.appointment(appointment, programme)
    }

    /// When, where and what for.
    func line(_ appointment: Appointment, _ programme: Programme) -> String {
        [when(appointment), purpose(appointment, programme)].compactMap { $0 }
            .joined(separator: ": ")
    }

    /// When and where, as far as it is known.
    func when(_ appointment: Appointment) -> String {
        [say.day(appointment.day), appointment.time, place(of: appointment), appointment.location]
            .compactMap { $0 }.joined(separator: ", ")
    }

    /// The kind of place.
    func place(of appointment: Appointment) -> String? {
        appointment.place.flatMap(AppointmentPlace.init(rawValue:)).map(place)
    }

    func place(_ place: AppointmentPlace) -> String {
        switch place {
        case .clinic: say("in the clinic")
        case .community: say("in the community")
        case .phone: say("by telephone")
        case .video: say("by video")
        case .home: say("at home")
        }
    }

    func outcome(_ appointment: Appointment) -> String {
        switch appointment.outcome {
        case "cancelled": say("Cancelled")
        case "did-not-attend": say("You did not come")
        case nil: say("In the past")
        default: say("You came")
        }
    }

    func scope(_ scope: ConsentScope) -> String {
        switch scope {
        case .referral: say("To be referred and helped")
        case .shareWithReferrer: say("To tell whoever referred you how it goes")
        case .practiceRecord: say("To tell your GP")
        case .employer: say("To talk with your employer")
        case .evaluation: say("To count your answers, without your name, to see what helps")
        }
    }

    func consent(_ kind: EventKind?) -> String {
        switch kind {
        case .consentGiven: say("Yes")
        case .consentRefused: say("No")
        case .consentWithdrawn: say("No, taken back")
        default: say("Not asked yet")
        }
    }
}

// MARK: - Appointments

extension CaseFile {
    /// All appointments in the order in which they are held.
    var appointmentsByTime: [Appointment] {
        `case`.appointments.sorted { ($0.day, $0.time ?? "") < ($1.day, $1.time ?? "") }
    }

    /// Those that are still to be held; nobody holds one of a case that is closed.
    var comingAppointments: [Appointment] {
        guard `case`.isOpen else { return [] }
        return appointmentsByTime.filter { $0.outcome == nil && $0.day >= today }
    }
}

// MARK: - Measures

extension OwnWords {
    /// One measure in words: `12 of 27: moderate`.
    func reading(_ reading: MeasureReading, _ instrument: Instrument) -> String {
        if let score = reading.score, let range = instrument.score {
            let band = instrument.bands.first { $0.id == reading.band }
            let number = say(
                "{score} of {most}",
                ["score": "\(score)", "most": "\(range.upperBound)"]
            )
            return [number, band.map { say($0.name) }].compactMap { $0 }.joined(separator: ", ")
        }
        let answers = instrument.items.compactMap { item in
            reading.answers[item.id].map { say(SelfWords.answer($0)) }
        }
        return answers.joined(separator: ", ")
    }

    func change(_ change: DistanceTravelled.Change) -> String {
        let numbers = ["before": "\(change.before)", "now": "\(change.now)"]
        switch change.isBetter {
        case true?: return say("Better than at first: {before} then, {now} now", numbers)
        case false?: return say("Harder than at first: {before} then, {now} now", numbers)
        case nil: return say("The same as at first: {now}", numbers)
        }
    }
}

// MARK: - Who looked

extension OwnWords {
    func role(_ look: OwnLook) -> String {
        if look.isOwn { return say("You") }
        if look.isLinkHolder { return say("Somebody with a link") }
        let roles = Role.allCases.filter(look.roles.contains).map { role($0) }
        return roles.isEmpty ? say("Runs this service") : roles.joined(separator: ", ")
    }

    private func role(_ role: Role) -> String {
        switch role {
        case .operator: say("Runs this service")
        case .referrer: say("Referrer")
        case .resident: say("A person who is helped here")
        case .coach: say("Coach")
        case .manager: say("Manager")
        case .commissioner: say("Pays for the service")
        case .analyst: say("Counts, without names")
        case .evaluator: say("Studies what helps, without names")
        case .governance: say("Keeps data safe")
        case .administrator: say("Looks after accounts")
        }
    }

    func did(_ look: OwnLook) -> String {
        guard look.isAllowed else { return say("Tried to look, and was not let in") }
        switch look.action {
        case .readStatus: return say("Looked where your case stands")
        case .readOutcome: return say("Looked at what came of your case")
        case .readIdentity: return say("Looked at who you are")
        case .readClinical: return say("Looked at notes and scores")
        case .changeCase, .changeIdentity, .manageCase: return say("Worked on your case")
        case .answerReferral, .answerOnward, .answerTransfer: return say("Answered about your case")
        case .breakGlass: return say("Looked in an emergency")
        case .copyRecord: return say("Made a copy of your record")
        case .mergePeople: return say("Joined two records of you")
        case .partPeople: return say("Parted two records that had been joined")
        case .tellPeopleApart: return say("Checked whether another record is yours")
        case .erasePerson: return say("Deleted your data")
        case .refer, .referOneself: return say("Referred you")
        case .manageAccounts: return say("Changed how you sign in, or made a link for it")
        default: return say("Looked at your case")
        }
    }
}
