import Kernel
import Programmes

/// One person's passage through one programme, as its events make it.
package struct Case: Sendable, Hashable {
    package var header: CaseHeader
    package var referral: ReferralReceived?
    package var eligibility: EligibilityDecided?
    /// By `Milestone.allCases`; the first time each was reached.
    package var milestones: [CivilDate?]
    package var strand: String?
    /// Set by a transfer; otherwise the strand's provider holds the case.
    package var provider: String?
    package var transferAskedTo: String?
    package var transferAskedOn: CivilDate?
    package var coach: String?
    package var returned: ReferralReturned?
    /// The day on which the referrer asked to cancel, until the case ends or is reopened.
    package var cancellationAskedOn: CivilDate?
    package var intensity: String?
    package var barriers: [String] = []
    /// The plan agreed last.
    package var plan: String?
    package var plansAgreed: [String] = []
    package var goals: [PlanItem] = []
    package var actions: [PlanItem] = []
    package var interventions: [Delivered] = []
    package var onward: [OnwardReferral] = []
    package var appointments: [Appointment] = []
    package var spells: [JobSpell] = []
    package var answers: [String: String] = [:]
    package var scores: [Score] = []
    /// Every measure taken, in order.
    package var readings: [MeasureReading] = []
    package var consents: [ConsentScope: EventKind] = [:]
    /// The day of the last word on each scope.
    package var consentDays: [ConsentScope: CivilDate] = [:]
    /// How the person wishes to be reached; nil while nobody asked them.
    package var contactWish: ContactPreferred?
    package var employmentStatus: String?
    /// The day on which we were told that status.
    package var employmentStatusOn: CivilDate?
    /// Whether the status has been told since the referral.
    package var isStatusTold = false
    package var fitNotes: [FitNoteRecorded] = []
    package var adjustments: [String] = []
    package var returnOn: CivilDate?
    package var contactAttempts = 0
    /// The last two-way contact, of whatever kind.
    package var lastContactOn: CivilDate?
    /// The days on which tracking reached the person.
    package var trackingContacts: [CivilDate] = []
    package var pauses: [Pause] = []
    /// The open ones.
    package var risks: [Risk] = []
    /// How the person left support; nil before that, and once the case goes on with more support.
    package var discharge: Discharged?
    /// The day of that discharge; the milestone keeps the day of the first.
    package var dischargedOn: CivilDate?
    /// How the person left support last, whether or not they came back.
    package var lastDischarge: Discharged?
    /// The day on which the case was reopened for more support.
    package var supportAgainOn: CivilDate?
    package var closure: ClosureReason?
    package var lastOccurredOn: CivilDate?

    package init(header: CaseHeader) {
        self.header = header
        milestones = Array(repeating: nil, count: Milestone.allCases.count)
    }

    package subscript(_ milestone: Milestone) -> CivilDate? {
        milestones[milestone.place]
    }

    package var isOpen: Bool { referral != nil && closure == nil }

    /// Whether the case as it stands may be closed for a reason.
    ///
    /// A withdrawal of consent is told as such: it closes the case by itself, and hides who the
    /// person is. As the reason alone it would leave what they agreed to, or never said, as it was.
    package func canClose(for reason: ClosureReason) -> Bool {
        reason != .consentWithdrawn || consents[.referral] == .consentWithdrawn
    }

    /// Where the case stands; derived, never set.
    package func state(in programme: Programme) -> CaseState {
        if closure != nil { return .closed }
        if discharge != nil {
            return programme.pathway.tracking.weeks == nil ? .discharged : .tracking
        }
        if self[.started] != nil { return .started }
        if self[.firstContact] != nil { return .engaged }
        return self[.accepted] != nil ? .accepted : .referred
    }

    /// The states that it reached, the one that it is in and those still to come, in order.
    ///
    /// What it passed over, as a referral that was returned passes over all support, is not there.
    package func way(in programme: Programme) -> [CaseState] {
        let now = state(in: programme)
        let isTracked = programme.pathway.tracking.weeks != nil
        var isToCome = false
        return CaseState.allCases.filter { state in
            if state == now { isToCome = true }
            if state == .tracking, !isTracked { return false }
            return isToCome || self[state.milestone] != nil
        }
    }
}

/// The states of a case, in order.
package enum CaseState: String, Sendable, CaseIterable {
    case referred
    case accepted
    case engaged
    case started
    case discharged
    case tracking
    case closed

    /// What brings a case to it.
    package var milestone: Milestone {
        switch self {
        case .referred: .referred
        case .accepted: .accepted
        case .engaged: .firstContact
        case .started: .started
        case .discharged, .tracking: .discharged
        case .closed: .closed
        }
    }

    /// Whether nobody has been in contact with the person yet.
    package var isBeforeContact: Bool { self == .referred || self == .accepted }

    /// Whether answers that the referral left open are still asked for: until support starts.
    package var asksForAnswers: Bool {
        switch self {
        case .referred, .accepted, .engaged: true
        default: false
        }
    }
}

/// A goal or an action of the plan.
package struct PlanItem: Sendable, Hashable {
    package enum State: String, Sendable { case open, done, dropped }

    package var id: String
    package var state = State.open
    package var owner: String?
    package var dueOn: CivilDate?
    /// The goal that an action serves.
    package var goal: String?
    /// Its own words, when the history was opened with the person's key.
    package var text: String?
}

/// Sessions of one intervention, added up.
package struct Delivered: Sendable, Hashable {
    package var intervention: String
    package var sessions: Int
}

/// One onward referral and where it stands.
package struct OnwardReferral: Sendable, Hashable {
    package var id: String
    package var service: String
    /// What the service guide called it when it was sent; nil for a service of the programme file.
    package var guideName: String?
    /// The organisation here that gives a service of the guide, if there is one.
    package var guideOrganisation: String?
    package var sentOn: CivilDate
    package var status = OnwardStatus.sent
    package var reason: String?
    package var movedOn: CivilDate?
    /// The day on which the service was asked for its answer again; nil when it was not.
    package var askedAgainOn: CivilDate?

    /// The word by which reports know it: the reason when it is over, `pending` until answered.
    package var word: String {
        switch status {
        case .sent, .received, .pending: "pending"
        case .accepted, .started: status.rawValue
        case .declined, .ended: reason ?? status.rawValue
        }
    }
}

extension Case {
    /// The appointment of a name: the one of which nothing came yet, or else the one of which
    /// something came last.
    package func appointment(named id: String) -> Appointment? {
        let named = appointments.filter { $0.id == id }
        return named.first { $0.outcome == nil } ?? named.last
    }
}

/// One appointment and what came of it.
package struct Appointment: Sendable, Hashable {
    package var id: String
    package var kind: String
    package var day: CivilDate
    /// `HH:MM`; nil when only the day is known.
    package var time: String?
    package var minutes: Int?
    /// `AppointmentPlace`.
    package var place: String?
    /// The address or the link, when the history was opened with the person's key.
    package var location: String?
    /// `did-not-attend`, `cancelled`, `attended` or its result (`awaited`); nil until something
    /// came of it.
    package var outcome: String?
    /// The day on which it was moved to this one when its own had come; nil when it was not, and
    /// once it is told what came of that day.
    package var putOffOn: CivilDate?
    /// Whether it was booked; of others we were told alone what came of them.
    package var isBooked = false

    /// That something came of it, as a sentence, and what can be done; nil while nothing did.
    package var over: String? {
        guard let outcome else { return nil }
        let says =
            switch outcome {
            case Self.missed: "The person did not come on \(day.uk)."
            case Self.cancelled: "The appointment of \(day.uk) was cancelled."
            default: "The person came on \(day.uk)."
            }
        return says + " Book another, or withdraw that entry."
    }

    package var isAttended: Bool {
        outcome != nil && outcome != Self.missed && outcome != Self.cancelled
    }

    package static let missed = "did-not-attend"
    package static let cancelled = "cancelled"
}

/// One period in one job.
package struct JobSpell: Sendable, Hashable {
    package var id: String
    package var kind: String
    package var from: CivilDate
    /// The last day in the job; nil while it lasts.
    package var to: CivilDate?
    /// Hours and pay, each from a day on.
    package var terms: [JobTerms]
}

/// Hours and weekly pay in pence from a day on; nil is not known.
package struct JobTerms: Sendable, Hashable {
    package var from: CivilDate
    package var hoursPerWeek: Int?
    package var weeklyPay: Int?
}

/// A score of one instrument on one occasion; a later one replaces it.
package struct Score: Sendable, Hashable {
    package var instrument: String
    package var occasion: Occasion
    package var score: Int
}

/// One measure as it was taken; the answers of a clinical instrument are not among them.
package struct MeasureReading: Sendable, Hashable {
    package var instrument: String
    package var occasion: Occasion
    package var takenOn: CivilDate
    package var score: Int?
    package var band: String?
    package var answers: [String: String]
}

/// Harm that may come to somebody, until it is resolved.
package struct Risk: Sendable, Hashable {
    package var id: String
    /// `RiskSubject`.
    package var about: String
    /// The instrument whose answers raised it.
    package var measure: String?
    /// Its own words, when the history was opened with the person's key.
    package var text: String?
    package var raisedOn: CivilDate
}

/// A time during which a clock stood still; `to` is the day on which it ran again.
package struct Pause: Sendable, Hashable {
    package var clock: String
    package var from: CivilDate
    package var to: CivilDate?
}
