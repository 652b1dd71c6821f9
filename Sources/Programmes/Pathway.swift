import Kernel

/// What can happen to a case in a programme, and within what limits.
package struct Pathway: Sendable, Hashable {
    /// The levels an assessment may find; empty means that none is recorded.
    package var intensity: [String]
    package var plans: [String]
    /// Plans of which one must be agreed before any onward referral; empty asks for none.
    package var plansBeforeOnward: [String]
    package var appointments: [Named]
    package var interventions: [Intervention]
    package var onward: [OnwardService]
    package var barriers: [Named]
    package var support: SupportRules
    package var tracking: TrackingRules
    /// Days after the last entry at which an open case with nothing else due is looked at.
    package var reviewDays: Int
    package var dischargeStatus: [Named]
    package var closureReasons: [ClosureReason]
}

/// An id with the name that people read.
package struct Named: Sendable, Hashable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// A piece of help that is delivered in sessions.
package struct Intervention: Sendable, Hashable {
    package var id: String
    package var name: String
    package var sessionsMax: Int?
    /// Cost for one client, as the paper gives it.
    package var unitCost: Pence?
}

/// A service that a case can be referred on to.
package struct OnwardService: Sendable, Hashable {
    package var id: String
    package var name: String
    /// The days on which it takes people.
    package var takes: DateRange
    package var answerWithin: Period?
    package var require: Condition?
    package var says: String?
    /// The organisation that answers for it.
    package var organisation: String
}

/// How long support lasts.
package struct SupportRules: Sendable, Hashable {
    package var weeks: Int?
}

/// How long and when people are followed up after discharge.
package struct TrackingRules: Sendable, Hashable {
    /// Weeks after discharge; nil means that the programme does not track.
    package var weeks: Int?
    /// Weeks after discharge at which contact is due.
    package var contacts: [Int]
}

/// Why a case was closed.
package enum ClosureReason: String, Sendable, CaseIterable {
    case completed
    case ineligible
    case notAccepted = "not-accepted"
    case unableToContact = "unable-to-contact"
    case noLongerWanted = "no-longer-wanted"
    case deferred
    case disengaged
    case duplicate
    case movedAway = "moved-away"
    case transferred
    case consentWithdrawn = "consent-withdrawn"
    case died
}

/// Why another service did not take somebody, or why its part is over: the codes that pages offer
/// and reports count.
///
/// Whoever answers by a program may have a code of their own.
package enum OnwardReason: String, Sendable, CaseIterable {
    case completed
    case ineligible
    case noCapacity = "no-capacity"
    case unableToContact = "unable-to-contact"
    case noLongerWanted = "no-longer-wanted"
    case deferred
    case disengaged
    case other

    /// Whether a service may decline somebody for it.
    package var mayDecline: Bool { self != .completed }

    /// The code that counts for one that was told: a service without a place was `full` once.
    package static func code(for told: String) -> String {
        told == "full" ? noCapacity.rawValue : told
    }
}

/// When job spells count as an outcome.
package struct OutcomeRule: Sendable, Hashable {
    package enum Test: Sendable, Hashable {
        /// A job began.
        case started
        /// So many weeks in work within a window of so many weeks; equal numbers mean unbroken.
        case sustained(weeks: Int, withinWeeks: Int)
        /// So many days in work in all.
        case cumulative(days: Int)
        /// Pay over a threshold, counted from the start of support.
        case earnings(Earnings)
    }

    package var id: String
    package var name: String
    package var test: Test
    /// Spells under these weekly hours do not count.
    package var hoursMin: Int
    /// The kinds of spell that count: `job`, `self-employment`, `placement`, `apprenticeship`.
    package var kinds: [String]
    /// Days from the start of support within which the test must be met.
    package var withinDays: Int?
}

/// A pay threshold: so many weeks at so many hours at the wage in force when support started.
package struct Earnings: Sendable, Hashable {
    package var hoursPerWeek: Int
    package var weeks: Int
    /// Hourly wages, each with the day from which it holds, in order.
    package var hourly: [DatedPence]
}

/// An amount that holds from a day.
package struct DatedPence: Sendable, Hashable {
    package var from: CivilDate
    package var amount: Pence
}
