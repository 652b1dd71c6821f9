import Kernel
import Programmes

/// The next thing that somebody must do on a case, and by when.
///
/// Like the facts, work items follow from the events alone; whether one is overdue is a question
/// of the day on which it is asked.
package struct WorkItem: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The referral waits to be accepted.
        case acceptance
        /// Something must be asked before it can be said whether the person is eligible.
        case missingAnswer = "missing-answer"
        /// A clock runs.
        case clock
        /// An onward service has not answered.
        case onwardAnswer = "onward-answer"
        /// A booked appointment: record what came of it.
        case appointment
        /// An action of the plan is due.
        case action
        /// A follow-up after discharge.
        case tracking
        /// A risk is open.
        case risk
        /// A transfer waits to be accepted.
        case transfer
        /// Support has run its length.
        case supportEnd = "support-end"
        /// Nothing else is due: look at the case.
        case review
    }

    package var kind: Kind
    /// What it is about: the clock, the onward referral, the appointment.
    package var subject: String
    package var dueOn: CivilDate
    /// `coach`, `manager`, `provider`, `referrer`, or the owner of an action.
    package var owner: String
    package var says: String

    /// What the step is about that is left of a case whose person was erased.
    package static let erased = "erased"

    package init(kind: Kind, subject: String, dueOn: CivilDate, owner: String, says: String) {
        self.kind = kind
        self.subject = subject
        self.dueOn = dueOn
        self.owner = owner
        self.says = says
    }
}

extension Case {
    /// Working days in which whoever is asked about a case should answer.
    private static let answerDays = 5

    /// What is to be done on this case.
    ///
    /// It is never empty while the case is open, so that nobody waits unseen; an open risk is to be
    /// seen to even when the case is closed.
    ///
    /// - Parameter isErased: whether the person was erased, so that nobody is left to be helped.
    package func workItems(in programme: Programme, isErased: Bool = false) -> [WorkItem] {
        guard let last = lastOccurredOn else { return [] }
        let risky = riskItems
        guard isOpen else { return risky }
        if isErased {
            let closing = WorkItem(
                kind: .review,
                subject: WorkItem.erased,
                dueOn: last,
                owner: "coach",
                says: "This person was erased: close the case"
            )
            return risky + [closing]
        }
        var items = referralItems(in: programme)
        items += clockItems(in: programme)
        items += onwardItems(in: programme)
        // Those of one day by the clock: lists that go by the day keep them so.
        let booked = appointments.filter { $0.outcome == nil }
            .sorted { ($0.day, $0.time ?? "") < ($1.day, $1.time ?? "") }
        items += booked.map { booked in
            let named = programme.pathway.appointments.first { $0.id == booked.kind }
            return WorkItem(
                kind: .appointment,
                subject: booked.id,
                dueOn: booked.day,
                owner: "coach",
                says: "Appointment" + (booked.time.map { " at \($0)" } ?? "")
                    + " (\(named?.name ?? Words.plain(booked.kind))): record what came of it"
            )
        }
        for action in actions where action.state == .open {
            guard let due = action.dueOn else { continue }
            items.append(
                WorkItem(
                    kind: .action,
                    subject: action.id,
                    dueOn: due,
                    owner: action.owner ?? "coach",
                    says: "Action of the plan"
                )
            )
        }
        items += risky
        if let provider = transferAskedTo {
            items.append(
                WorkItem(
                    kind: .transfer,
                    subject: provider,
                    dueOn: programme.workingDays.date(
                        after: transferAskedOn ?? last,
                        workingDays: Self.answerDays
                    ),
                    owner: "provider",
                    says: "Accept or decline the transfer"
                )
            )
        }
        if let asked = cancellationAskedOn, discharge == nil {
            items.append(
                WorkItem(
                    kind: .review,
                    subject: "cancellation",
                    dueOn: programme.workingDays.date(after: asked, workingDays: Self.answerDays),
                    owner: "provider",
                    says: "The referrer asks to cancel: confirm it, or say what came of it"
                )
            )
        }
        items += endingItems(in: programme)
        if items.isEmpty {
            items.append(
                WorkItem(
                    kind: .review,
                    subject: "case",
                    dueOn: last.adding(days: programme.pathway.reviewDays),
                    owner: "coach",
                    says: "Nothing else is due: agree the next step"
                )
            )
        }
        return items
    }

    /// What a referral waits for: an answer to it, and answers to what it left open.
    private func referralItems(in programme: Programme) -> [WorkItem] {
        guard let referred = self[.referred], self[.started] == nil, discharge == nil else {
            return []
        }
        let calendar = programme.workingDays
        var items: [WorkItem] = []
        if self[.accepted] == nil, self[.firstContact] == nil {
            items.append(
                WorkItem(
                    kind: .acceptance,
                    subject: "referral",
                    dueOn: calendar.date(after: referred, workingDays: 2),
                    owner: "manager",
                    says: "Accept the referral or return it"
                )
            )
        }
        if let decided = eligibilityNow(in: programme), decided.verdict == .notKnown,
            !decided.missing.isEmpty
        {
            let missing = decided.missing.map(programme.words(ofMissing:))
            items.append(
                WorkItem(
                    kind: .missingAnswer,
                    subject: "referral",
                    dueOn: calendar.date(after: referred, workingDays: Self.answerDays),
                    // Whoever referred themselves is asked by the coach.
                    owner: referral?.source == "self" ? "coach" : "referrer",
                    says: "Missing from the referral: \(missing.joined(separator: "; "))"
                )
            )
        }
        return items
    }

    private var riskItems: [WorkItem] {
        risks.map {
            WorkItem(
                kind: .risk,
                subject: $0.id,
                dueOn: $0.raisedOn,
                owner: "manager",
                says: "A risk is open: \(Words.plain($0.about))"
            )
        }
    }

    /// A clock that stands still is looked at again, as a case is with nothing else due.
    private func clockItems(in programme: Programme) -> [WorkItem] {
        clocks(in: programme).filter { $0.state == .running }.map { reading in
            let review = reading.pausedOn?.adding(days: programme.pathway.reviewDays)
            return WorkItem(
                kind: .clock,
                subject: reading.clock.id,
                dueOn: review ?? reading.dueOn,
                owner: reading.clock.owner,
                says: reading.clock.name + (review == nil ? "" : " (paused)")
            )
        }
    }

    private func onwardItems(in programme: Programme) -> [WorkItem] {
        onward.filter { $0.word == "pending" }.map { referral in
            let service = programme.pathway.onward.first { $0.id == referral.service }
            let within = service?.answerWithin ?? Period(unit: .workingDays, count: 10)
            // Whoever was asked again has as long for it as at first.
            let asked = referral.askedAgainOn ?? referral.sentOn
            return WorkItem(
                kind: .onwardAnswer,
                subject: referral.id,
                dueOn: within.end(from: asked, programme.workingDays),
                owner: "coach",
                says: "Ask \(referral.guideName ?? service?.name ?? referral.service) for an answer"
            )
        }
    }

    private func endingItems(in programme: Programme) -> [WorkItem] {
        if let discharged = dischargedOn {
            guard let weeks = programme.pathway.tracking.weeks else { return [] }
            let due = (programme.pathway.tracking.contacts + [weeks])
                .map { discharged.adding(weeks: $0) }
            // A contact made serves every point up to its day.
            let lastContact = trackingContacts.max() ?? discharged
            let next = due.sorted().first { $0 > lastContact } ?? discharged.adding(weeks: weeks)
            return [
                WorkItem(
                    kind: .tracking,
                    subject: "tracking",
                    dueOn: next,
                    owner: "coach",
                    says: next < discharged.adding(weeks: weeks)
                        ? "Tracking contact" : "Last tracking contact, then end tracking"
                )
            ]
        }
        let support = programme.strands.first { $0.id == strand }?.support
        guard let weeks = (support ?? programme.pathway.support).weeks,
            let started = supportAgainOn ?? self[.started]
        else { return [] }
        return [
            WorkItem(
                kind: .supportEnd,
                subject: "support",
                dueOn: started.adding(weeks: weeks),
                owner: "coach",
                says: "\(weeks) weeks of support end: discharge"
            )
        ]
    }
}
