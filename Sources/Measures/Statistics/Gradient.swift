/// How a share changes from the most to the least deprived people.
package struct Gradient: Sendable, Hashable {
    /// One group: its people and the value found among them.
    package struct Group: Sendable, Hashable {
        package var people: Double
        package var value: Double

        package init(people: Double, value: Double) {
            self.people = people
            self.value = value
        }
    }

    /// Fewer groups have no slope worth the name, and more are no longer groups.
    package static let groupsAllowed = 5...100

    /// The slope index of inequality: the value of the least deprived less that of the most deprived.
    package var slope: Double
    package var slopeError: Double
    package var slopeInterval: Interval
    /// The relative index of inequality: the value of the least deprived over that of the most.
    package var relative: Double
    package var relativeError: Double
    package var relativeInterval: Interval

    /// The gradient of groups in order from the most to the least deprived.
    ///
    /// With a a group's share of the people and b the middle of its stretch of them, Y√a is regressed
    /// on √a and b√a without an intercept (Public Health England, *Slope index of inequality*). The
    /// interval is that of the slope by Student's t with two degrees fewer than groups; that of the
    /// relative index follows by the delta method.
    ///
    /// Nil for fewer than 5 groups with people or more than 100, or where the line starts at 0.
    package init?(_ groups: [Group]) {
        let groups = groups.filter { $0.people > 0 }
        guard Gradient.groupsAllowed.contains(groups.count),
            let t = Statistics.student(groups.count - 2)
        else { return nil }
        let total = groups.reduce(0) { $0 + $1.people }
        var middles: [Double] = []
        var passed = 0.0
        for group in groups {
            middles.append((passed + group.people / 2) / total)
            passed += group.people
        }
        // Taken about the weighted mean, so that near equals are not taken apart.
        let points = zip(groups, middles).map {
            (weight: $0.people / total, x: $1, y: $0.value)
        }
        let x = points.reduce(0) { $0 + $1.weight * $1.x }
        let y = points.reduce(0) { $0 + $1.weight * $1.y }
        let xx = points.reduce(0) { $0 + $1.weight * ($1.x - x) * ($1.x - x) }
        let xy = points.reduce(0) { $0 + $1.weight * ($1.x - x) * ($1.y - y) }
        let slope = xy / xx
        let start = y - slope * x
        guard start != 0 else { return nil }
        let left = points.reduce(0) {
            let residual = $1.y - start - slope * $1.x
            return $0 + $1.weight * residual * residual
        }
        let variance = left / Double(points.count - 2)
        let slopeVariance = variance / xx
        let startVariance = variance * (1 + x * x / xx)
        let covariance = -variance * x / xx
        self.slope = slope
        slopeError = slopeVariance.squareRoot()
        slopeInterval = Interval(lower: slope - t * slopeError, upper: slope + t * slopeError)
        relative = (start + slope) / start
        let ratio = slope / start
        let spread =
            (slopeVariance - 2 * ratio * covariance + ratio * ratio * startVariance)
            / (start * start)
        relativeError = max(0, spread).squareRoot()
        relativeInterval = Interval(
            lower: relative - t * relativeError,
            upper: relative + t * relativeError
        )
    }
}
