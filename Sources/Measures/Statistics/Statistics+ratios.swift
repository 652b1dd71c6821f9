import Glibc

/// How many times one share or rate is another, with its 95% interval.
package struct RateRatio: Sendable, Hashable {
    package var value: Double
    package var interval: Interval

    /// The ratio in words: "1.25 (0.98 to 1.60)".
    package var text: String {
        "\(Decimals.text(value, 2)) (\(Decimals.text(interval.lower, 2)) to "
            + "\(Decimals.text(interval.upper, 2)))"
    }

    /// Whether the interval lies on one side of 1, so that chance alone is a poor explanation.
    package var differs: Bool { interval.lower > 1 || interval.upper < 1 }
}

extension Statistics {
    /// A share divided by another, with the interval of Katz and others (1978), on the log scale.
    ///
    /// Nil where nobody is counted above or below a line: there the interval has no end.
    package static func ratio(
        _ count: Int,
        of n: Int,
        to other: Int,
        of m: Int,
        z: Double = z95
    ) -> RateRatio? {
        guard count > 0, other > 0, count <= n, other <= m else { return nil }
        let (a, b) = (Double(count), Double(other))
        let error = (1 / a - 1 / Double(n) + 1 / b - 1 / Double(m)).squareRoot()
        return ratio((a / Double(n)) / (b / Double(m)), error: error, z)
    }

    /// A rate of events divided by another, with the interval of two Poisson counts on the log scale.
    package static func rateRatio(
        _ events: Int,
        over exposure: Double,
        to other: Int,
        over otherExposure: Double,
        z: Double = z95
    ) -> RateRatio? {
        guard events > 0, other > 0, exposure > 0, otherExposure > 0 else { return nil }
        let (a, b) = (Double(events), Double(other))
        let error = (1 / a + 1 / b).squareRoot()
        return ratio((a / exposure) / (b / otherExposure), error: error, z)
    }

    private static func ratio(_ value: Double, error: Double, _ z: Double) -> RateRatio {
        let factor = exp(z * error)
        return RateRatio(
            value: value,
            interval: Interval(lower: value / factor, upper: value * factor)
        )
    }
}
