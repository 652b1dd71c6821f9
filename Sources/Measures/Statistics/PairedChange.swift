/// How a measure changed within people, from their first valid answer to their last.
///
/// It is never the mean of all first answers against that of all last ones: those are other people.
package struct PairedChange: Sendable, Hashable {
    /// The people of whom a change could have been had.
    package var eligible = 0
    /// Those with a first and a later answer.
    package private(set) var paired = 0
    private var sum = 0
    private var sumOfSquares = 0

    package init(eligible: Int = 0) { self.eligible = eligible }

    /// Takes in one person's change.
    package mutating func add(_ change: Int, times: Int = 1) {
        paired += times
        sum += change * times
        sumOfSquares += change * change * times
    }

    /// The mean change; nil if nobody has two answers.
    package var mean: Ratio? { Ratio(sum, over: paired) }

    /// The share of people with two answers; nil if there are no people.
    package var completion: Ratio? { Ratio(paired, over: eligible) }

    /// The people without two answers.
    package var missing: Int { eligible - paired }

    /// The 95% interval of the mean change by Student's t; nil below two people.
    package var interval: Interval? {
        guard paired > 1, let mean = mean?.double, let t = Statistics.student(paired - 1)
        else { return nil }
        // n Σd² − (Σd)² is whole, so nothing is lost by taking near equals apart.
        let spread = Double(paired * sumOfSquares - sum * sum)
        let variance = spread / Double(paired) / Double(paired - 1)
        let half = t * (variance / Double(paired)).squareRoot()
        return Interval(lower: mean - half, upper: mean + half)
    }
}

extension Statistics {
    /// The 95% interval of the mean of some numbers by Student's t; nil below two.
    package static func mean(of numbers: [Double]) -> (mean: Double, interval: Interval)? {
        let n = Double(numbers.count)
        guard numbers.count > 1, let t = student(numbers.count - 1) else { return nil }
        let mean = numbers.reduce(0, +) / n
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let half = t * (squares / (n - 1) / n).squareRoot()
        return (mean, Interval(lower: mean - half, upper: mean + half))
    }
}
