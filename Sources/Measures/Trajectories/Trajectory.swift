import Kernel
import Programmes

/// What was planned for each month beside what came about, with what is still needed.
package struct Trajectory: Sendable, Hashable {
    /// One month's figures; what came about is nil for months to come.
    package struct Month: Sendable, Hashable {
        package var month: CivilMonth
        package var planned: Int?
        package var actual: Int?
        package var plannedSoFar: Int?
        package var actualSoFar: Int?
    }

    /// The wanted share of one employment status beside the share that came about.
    package struct Share: Sendable, Hashable {
        /// `in-work`, which takes in those off sick unless they are named apart.
        package var status: String
        package var wantedPercent: Int
        package var count: Int
        /// Cases whose employment status is known.
        package var of: Int
        /// Whether either is kept back; both are 0 here then.
        package var isHidden = false

        package var interval: Interval? { isHidden ? nil : Statistics.wilson(count, of: of) }

        /// Whether chance explains that the share is not the one wanted; nil without cases.
        package var isInLine: Bool? {
            interval.map {
                let wanted = Double(wantedPercent) / 100
                return $0.lower <= wanted && wanted <= $0.upper
            }
        }
    }

    /// What to expect of the target if the run so far goes on.
    package enum Course: String, Sendable {
        case reached
        case willReach = "will-reach"
        case mayReach = "may-reach"
        case willMiss = "will-miss"
        /// The day has passed, and the target was not reached.
        case missed
        /// No plan, or too few weeks to go by.
        case unknown
    }

    package var part: ProgrammePart
    package var name: String
    package var asAt: CivilDate
    /// What counts a case.
    package var counts: Milestone
    /// From the first month planned or counted to the month of `yearEnd`.
    package var months: [Month]
    /// 31 March, or the last day planned if that is sooner.
    package var yearEnd: CivilDate
    /// Planned by the year's end; nil if there is no plan.
    package var target: Int?
    /// Planned by the day, the month that runs taken by its days.
    package var plannedByNow: Ratio?
    package var actual: Int
    /// Whether that is kept back; it is 0 here then.
    package var isActualHidden = false
    package var forecast: Forecast?
    package var isForecastHidden = false
    package var mix: [Share]
    /// Cases whose employment status is not known.
    package var statusNotKnown: Int
    package var isStatusNotKnownHidden = false

    /// The figure of the cases up to a month, by which they are opened.
    package static func id(_ month: CivilMonth) -> String { "trajectory/\(month.iso)" }

    /// That of the cases of a strand.
    package static func id(strand: String) -> String { "trajectory/strand/\(strand)" }

    /// That of the cases of an employment status.
    package static func id(_ share: Share) -> String { "trajectory/mix/\(share.status)" }

    /// What is counted, as a sentence.
    package func definition(in programme: Programme) -> String {
        let population = Population.all([part.population, .reached(counts)])
        return Indicator(.count(population)).definition(in: programme)
    }

    /// How many a week are needed to reach the target; nil without one or with no time left.
    package var weeklyNeeded: Ratio? {
        guard let target, yearEnd > asAt, !isActualHidden else { return nil }
        return Ratio(max(0, target - actual) * 7, over: yearEnd - asAt)
    }

    package var course: Course {
        guard let target, !isActualHidden else { return .unknown }
        if actual >= target { return .reached }
        if yearEnd <= asAt { return .missed }
        guard let forecast else { return .unknown }
        if forecast.range.lower >= Double(target) { return .willReach }
        return forecast.range.upper < Double(target) ? .willMiss : .mayReach
    }
}
