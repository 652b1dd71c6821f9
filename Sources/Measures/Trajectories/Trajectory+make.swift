import Kernel
import Programmes

extension Trajectory {
    init(
        _ part: ProgrammePart,
        name: String,
        _ programme: Programme,
        _ counted: Counted,
        asAt: CivilDate,
        counts: Milestone
    ) {
        let profile = part.profile(in: programme)
        let end = Trajectory.yearEnd(asAt, programme, profile)
        self.part = part
        self.name = name
        self.asAt = asAt
        self.counts = counts
        yearEnd = end
        months = Trajectory.months(profile, counted.days, asAt: asAt, to: end)
        target = profile.map { profile in
            profile.reduce(0) { $0 + ($1.month <= end.civilMonth ? $1.people : 0) }
        }
        plannedByNow = profile.flatMap { Trajectory.planned($0, by: asAt) }
        actual = counted.all
        forecast = Forecast(counted.days, asAt: asAt, by: end)
        statusNotKnown =
            counted.all
            - EmploymentStatus.known.reduce(0) { $0 + (counted.statuses[$1.rawValue] ?? 0) }
        mix = Trajectory.mix(part.mix(in: programme), counted)
    }

    /// The end of the financial year, or of what is planned if that is sooner.
    private static func yearEnd(
        _ asAt: CivilDate,
        _ programme: Programme,
        _ profile: [PlannedMonth]?
    ) -> CivilDate {
        let year = asAt.month > 3 ? asAt.year + 1 : asAt.year
        let march = CivilMonth(year: year, month: 3)?.lastDay ?? asAt
        let last = profile?.last?.month.lastDay
        let ends = [march, programme.runs.to, last].compactMap { $0 }
        return ends.min() ?? march
    }

    private static func months(
        _ profile: [PlannedMonth]?,
        _ days: [(day: CivilDate, count: Int)],
        asAt: CivilDate,
        to end: CivilDate
    ) -> [Month] {
        var people: [CivilMonth: Int] = [:]
        for planned in profile ?? [] { people[planned.month] = planned.people }
        var counted: [CivilMonth: Int] = [:]
        for (day, count) in days { counted[day.civilMonth, default: 0] += count }
        let firsts = [profile?.first?.month, days.first?.day.civilMonth].compactMap { $0 }
        let last = max(end, min(asAt, days.last?.day ?? end)).civilMonth
        guard var month = firsts.min() else { return [] }
        var found: [Month] = []
        var (plannedSoFar, actualSoFar) = (0, 0)
        while month <= last {
            plannedSoFar += people[month] ?? 0
            actualSoFar += counted[month] ?? 0
            let isPast = month <= asAt.civilMonth
            found.append(
                Month(
                    month: month,
                    planned: profile == nil ? nil : people[month] ?? 0,
                    actual: isPast ? counted[month] ?? 0 : nil,
                    plannedSoFar: profile == nil ? nil : plannedSoFar,
                    actualSoFar: isPast ? actualSoFar : nil
                )
            )
            month = month.next
        }
        return found
    }

    /// What is planned by the end of a day.
    private static func planned(_ profile: [PlannedMonth], by day: CivilDate) -> Ratio? {
        let month = day.civilMonth
        let before = profile.reduce(0) { $0 + ($1.month < month ? $1.people : 0) }
        let now = profile.first { $0.month == month }?.people ?? 0
        let length = month.lastDay.dayOfMonth
        return Ratio(before * length + now * day.dayOfMonth, over: length)
    }

    private static func mix(_ wanted: [MixTarget], _ counted: Counted) -> [Share] {
        let named = Set(wanted.map(\.status))
        func count(_ status: String) -> Int {
            statuses(within: status, named).reduce(0) { $0 + (counted.statuses[$1] ?? 0) }
        }
        let known = EmploymentStatus.known.reduce(0) {
            $0 + (counted.statuses[$1.rawValue] ?? 0)
        }
        return wanted.map {
            Share(status: $0.status, wantedPercent: $0.percent, count: count($0.status), of: known)
        }
    }
}

extension Trajectory {
    /// The statuses that one of a mix stands for.
    static func statuses(within status: String, _ named: Set<String>) -> [String] {
        let offSick = EmploymentStatus.offSick.rawValue
        // Whoever is off sick has a job.
        let takesOffSick = status == EmploymentStatus.inWork.rawValue && !named.contains(offSick)
        return takesOffSick ? [status, offSick] : [status]
    }
}

extension EmploymentStatus {
    /// Every status but `unknown`.
    static var known: [EmploymentStatus] { allCases.filter { $0 != .unknown } }
}
