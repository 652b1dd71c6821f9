/// The mean of a run of figures and the limits that chance alone seldom passes.
package struct RunLimits: Sendable, Hashable {
    package var mean: Double
    /// The mean distance from one point to the next, after screening.
    package var meanRange: Double
    /// How many moving ranges were left out of their mean.
    package var screened: Int

    /// How many mean moving ranges the limits lie from the mean.
    private static let reach = 2.66
    /// A moving range of so many times their mean or more is left out.
    private static let outlying = 3.267

    package var lower: Double { mean - RunLimits.reach * meanRange }
    package var upper: Double { mean + RunLimits.reach * meanRange }
    /// Two thirds of the way to the limits.
    var nearLower: Double { mean - RunLimits.reach * meanRange * 2 / 3 }
    var nearUpper: Double { mean + RunLimits.reach * meanRange * 2 / 3 }

    /// The limits of some figures; nil for fewer than 13.
    init?(_ values: [Double], screens: Bool) {
        guard values.count >= RunChart.pointsMin else { return nil }
        mean = values.reduce(0, +) / Double(values.count)
        let ranges = zip(values, values.dropFirst()).map { abs($1 - $0) }
        let all = ranges.reduce(0, +) / Double(ranges.count)
        // Once, and not again: ranges that only look great beside what is left stay in.
        let kept = screens ? ranges.filter { $0 < RunLimits.outlying * all } : ranges
        screened = kept.isEmpty ? 0 : ranges.count - kept.count
        meanRange = kept.isEmpty ? all : kept.reduce(0, +) / Double(kept.count)
    }
}
