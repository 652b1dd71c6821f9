import Kernel

/// How many will have been counted by a day if the run so far goes on.
///
/// The last 26 whole weeks, Monday to Sunday, are taken as independent and normal about one mean. With
/// w weeks to come and n behind, the sum to come has the variance `v (w + w²/n)`: that of w weeks, and
/// that of not knowing the mean. v is the weeks' variance or their mean, whichever is more, since counts
/// vary at least as Poisson ones do. The range is 95% by Student's t.
package struct Forecast: Sendable, Hashable {
    /// Fewer whole weeks than this tell nothing.
    package static let weeksMin = 8
    package static let weeksMax = 26

    package var by: CivilDate
    package var expected: Double
    package var range: Interval
    /// The mean of the weeks that it is made from, and how many they are.
    package var weeklyMean: Double
    package var weeks: Int

    /// - Parameters:
    ///   - days: how many were counted on each day, in order.
    ///   - asAt: the last day that is known.
    ///   - by: the day that is forecast, after `asAt`.
    package init?(_ days: [(day: CivilDate, count: Int)], asAt: CivilDate, by: CivilDate) {
        guard by > asAt, let first = days.first?.day,
            let weeks = Forecast.wholeWeeks(days, from: first, to: asAt),
            let t = Statistics.student(weeks.count - 1)
        else { return nil }
        let n = Double(weeks.count)
        let mean = weeks.reduce(0) { $0 + Double($1) } / n
        let squares = weeks.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let variance = max(squares / (n - 1), mean)
        let ahead = Double(by - asAt) / 7
        let reached = Double(days.reduce(0) { $0 + ($1.day <= asAt ? $1.count : 0) })
        let half = t * (variance * (ahead + ahead * ahead / n)).squareRoot()
        self.by = by
        self.weeks = weeks.count
        weeklyMean = mean
        expected = reached + mean * ahead
        range = Interval(lower: max(reached, expected - half), upper: expected + half)
    }

    /// The counts of the last whole weeks; nil if they are too few.
    private static func wholeWeeks(
        _ days: [(day: CivilDate, count: Int)],
        from first: CivilDate,
        to last: CivilDate
    ) -> [Int]? {
        // From the first Monday on to the last Sunday.
        let start = first.adding(days: (8 - first.weekday) % 7)
        let end = last.adding(days: -(last.weekday % 7))
        let count = (end - start + 1) / 7
        guard end > start, count >= weeksMin else { return nil }
        let kept = min(count, weeksMax)
        let from = end.adding(days: 1 - kept * 7)
        var weeks = Array(repeating: 0, count: kept)
        for (day, number) in days where day >= from && day <= end {
            weeks[(day - from) / 7] += number
        }
        return weeks
    }
}
