/// The formulas that reports use.
package enum Statistics {
    /// The normal deviate of a 95% interval.
    package static let z95 = 1.959964

    /// The Wilson score interval of `count` out of `n`; nil if there are none.
    ///
    /// `(2O + z² ± z√(z² + 4Oq)) / (2(n + z²))`, where O is the count and q the share without (Wilson
    /// 1927; Newcombe 1998, method 3). 18 of 155 gives 7.5% to 17.6%.
    package static func wilson(_ count: Int, of n: Int, z: Double = z95) -> Interval? {
        guard n > 0, (0...n).contains(count) else { return nil }
        let observed = Double(count)
        let without = Double(n - count) / Double(n)
        let square = z * z
        let middle = 2 * observed + square
        let half = z * (square + 4 * observed * without).squareRoot()
        let whole = 2 * (Double(n) + square)
        return Interval(
            lower: max(0, (middle - half) / whole),
            upper: min(1, (middle + half) / whole)
        )
    }
}

/// A range that a figure is likely to lie in; of a share, each end is from 0 to 1.
package struct Interval: Sendable, Hashable {
    package var lower: Double
    package var upper: Double

    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// The interval in percent with one decimal: "7.5% to 17.6%".
    package var text: String { "\(Interval.percent(lower)) to \(Interval.percent(upper))" }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }
}
