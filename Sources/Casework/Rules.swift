import Kernel
import Programmes

/// The rules of code and of the programme file, laid on one event at its place in a case.
struct Rules {
    /// The case as it stood when the event happened.
    var `case`: Case
    let programme: Programme
    let today: CivilDate
    /// Whether the event was recorded before, and is judged again because of a change before it.
    var isRecorded = false
    /// What the entry said that a new one takes the place of.
    var replaced: EventBody?
    /// Whether we were told of the event before we were told that the person had taken their
    /// consent back by then, which closed the case.
    var isBeforeWithdrawal = false
    /// Whether we were told of the event before we were told the answer by which the person is not
    /// eligible.
    var isBeforeAnswer = false

    func judge(_ body: EventBody, on day: CivilDate) throws(Refusal) {
        try judgeTime(body, day)
        try judgeOpen(body)
        switch body {
        case .referralReceived(let fields): try judgeReferral(fields, day)
        case .referralAnswered(let fields): try judgeAnswered(fields, day)
        case .planReviewed, .referralWithdrawn, .contactAttempted, .consentRefused,
            .consentWithdrawn, .consentGiven, .reopened:
            break
        case .noteWritten(let fields): try judgeNote(fields)
        case .contactPreferred(let fields): try coded(fields.language, "language")
        case .detailsChanged(let fields): try judgeDetails(fields)
        case .eligibilityDecided, .voided:
            throw Refusal(.notAnEntry, "This follows from other entries; it cannot be entered.")
        case .referralAccepted: try judgeAcceptance()
        case .cancellationAsked: try judgeCancellation()
        case .referralReturned(let fields): try judgeClosureReason(fields.reason)
        case .referralRerouted(let fields): try judgeStrand(fields.strand, day)
        case .coachAssigned(let fields): try filled(fields.coach, "coach")
        case .transferAsked(let fields): try filled(fields.provider, "provider")
        case .transferAccepted(let fields): try judgeTransfer(fields.provider)
        case .transferDeclined(let fields):
            try judgeTransfer(fields.provider)
            try coded(fields.reason, "reason")
        case .clockPaused(let fields): try judgePause(fields)
        case .clockResumed(let fields):
            guard `case`.pauses.contains(where: { $0.clock == fields.clock && $0.to == nil }) else {
                throw Refusal(.wrongOrder, field: "clock", "This clock is not paused.")
            }
        case .appointmentBooked(let fields):
            try judgeBooking(fields)
        case .appointmentAttended(let fields):
            try judgeOutcome(fields, after: Appointment.cancelled)
            try judgeCome(fields, day)
        case .appointmentMissed(let fields):
            try judgeOutcome(fields)
            try judgeCome(fields, day)
        case .appointmentCancelled(let fields): try judgeOutcome(fields)
        case .assessmentCompleted(let fields): try judgeAssessment(fields, day)
        case .measureTaken(let fields): try judgeMeasure(fields)
        case .supportStarted: try judgeStart(day)
        case .planAgreed(let fields): try known(fields.plan, in: programme.pathway.plans, "plan")
        case .goalAdded(let fields):
            try unused(fields.goal, among: `case`.goals.map(\.id), "goal")
        case .actionAdded(let fields):
            try unused(fields.action, among: `case`.actions.map(\.id), "action")
        case .goalDone(let fields), .goalDropped(let fields):
            try open(fields.goal, among: `case`.goals, "goal")
        case .actionDone(let fields), .actionDropped(let fields):
            try open(fields.action, among: `case`.actions, "action")
        case .interventionDelivered(let fields): try judgeIntervention(fields)
        case .onwardSent(let fields): try judgeOnward(fields, day)
        case .onwardMoved(let fields): try judgeOnwardMove(fields)
        case .employmentStatusRecorded(let fields):
            try known(fields.status, in: EmploymentStatus.allCases.map(\.rawValue), "status")
        case .fitNoteRecorded(let fields): try judgeFitNote(fields)
        case .returnToWorkAgreed: try judgeConsent(.employer, day)
        case .adjustmentAgreed(let fields):
            try judgeConsent(.employer, day)
            try filled(fields.adjustment, "adjustment")
        case .jobStarted(let fields): try judgeJobStart(fields, day)
        case .jobChanged(let fields):
            try judgeSpell(fields.spell)
            try judgeTerms(fields.hoursPerWeek, fields.weeklyPay)
        case .jobEnded(let fields): try judgeSpell(fields.spell)
        case .riskRaised(let fields): try judgeRisk(fields)
        case .riskResolved(let fields):
            guard `case`.risks.contains(where: { $0.id == fields.risk }) else {
                throw Refusal(.notFound, subject: "risk", field: "risk", "No such risk is open.")
            }
        case .discharged(let fields): try judgeDischarge(fields)
        case .trackingContacted(let fields):
            try judgeTracking()
            if let status = fields.status {
                try known(status, in: EmploymentStatus.allCases.map(\.rawValue), "status")
            }
        case .trackingEnded: try judgeTracking()
        case .closed(let fields): try judgeClosureReason(fields.reason)
        }
        try judgeWords(body)
    }

    /// What was taken blank before stays as it is.
    private func judgeWords(_ body: EventBody) throws(Refusal) {
        if isRecorded { return }
        var (copy, blank) = (body, BlankText())
        // A visitor that only looks never throws: a value from a closed set is read as it stands.
        try? copy.visit(&blank)
        guard let field = blank.found else { return }
        throw .blank(field)
    }

    private func judgeTime(_ body: EventBody, _ day: CivilDate) throws(Refusal) {
        if day > today {
            throw Refusal(
                .inTheFuture,
                field: "on",
                "\(day.uk) has not come yet; today is \(today.uk)."
            )
        }
        if case .referralReceived = body { return }
        if `case`.referral == nil {
            throw Refusal(
                .noReferral,
                field: "on",
                "On \(day.uk) this case had not been referred yet."
            )
        }
    }

    private func judgeOpen(_ body: EventBody) throws(Refusal) {
        guard let closed = `case`[.closed] else {
            if case .reopened = body {
                throw Refusal(.caseNotClosed, "This case is open.")
            }
            return
        }
        if isBeforeWithdrawal, `case`.closure == .consentWithdrawn { return }
        switch body {
        case .reopened, .noteWritten, .riskRaised, .riskResolved, .consentWithdrawn,
            .contactPreferred, .detailsChanged, .eligibilityDecided, .measureTaken, .jobEnded,
            // Another service's part may outlast ours, and it cannot reopen the case to say so.
            .onwardMoved:
            return
        default:
            throw Refusal(
                .caseClosed,
                field: "on",
                "This case was closed on \(closed.uk). Reopen it first."
            )
        }
    }

    var strandIDs: [String] { programme.strands.map(\.id) }

    // MARK: - Values

    func known(_ value: String, in values: [String], _ field: String) throws(Refusal) {
        guard !values.contains(value) else { return }
        let list = values.isEmpty ? "none" : values.joined(separator: ", ")
        let near = nearestSpelling(to: value, in: values).map { " Did you mean \($0)?" } ?? ""
        throw Refusal(
            .unknownValue,
            field: field,
            "\(value.isEmpty ? "Blank" : value) is not one that this programme knows: \(list).\(near)"
        )
    }

    func filled(_ value: String, _ field: String) throws(Refusal) {
        if value.isEmpty {
            throw Refusal(.missingValue, subject: field, field: field, "Say the \(field).")
        }
    }

    func unused(_ id: String, among ids: [String], _ field: String) throws(Refusal) {
        try filled(id, field)
        if ids.contains(id) {
            let thing = field == "onward" ? "referral onward" : field
            throw Refusal(
                .alreadyUsed,
                subject: field,
                field: field,
                "This case has the \(thing) \(id) already."
            )
        }
    }

    private func open(_ id: String, among items: [PlanItem], _ field: String) throws(Refusal) {
        guard let item = items.first(where: { $0.id == id }) else {
            throw Refusal(
                .notFound,
                subject: field,
                field: field,
                "This plan has no \(field) \(id)."
            )
        }
        if item.state != .open {
            throw Refusal(
                .alreadyOver,
                subject: field,
                field: field,
                "This \(field) is \(item.state.rawValue) already."
            )
        }
    }

    /// Whether the person has not said no.
    ///
    /// What was done on the day of a withdrawal is taken to have been done before it, and a
    /// withdrawal is never refused for what we had been told before.
    func judgeConsent(_ scope: ConsentScope, _ day: CivilDate) throws(Refusal) {
        guard let last = `case`.consents[scope], last != .consentGiven else { return }
        if last == .consentWithdrawn, isRecorded || `case`.consentDays[scope] == day { return }
        throw Refusal(
            .noConsent,
            subject: scope.rawValue,
            "The person has not agreed to \(scope.words). Ask them first."
        )
    }

    /// A code that is kept in the facts among others: small letters, digits and hyphens.
    func coded(_ value: String?, _ field: String) throws(Refusal) {
        guard let value, !isCode(value) else { return }
        throw Refusal(
            .unknownValue,
            field: field,
            "A \(field) is a code of small letters, digits and hyphens, not \(value)."
        )
    }

    /// Whether text is small letters, digits and hyphens alone.
    func isCode(_ value: String) -> Bool {
        !value.isEmpty
            && value.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            }
    }
}
