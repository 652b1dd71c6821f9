import Programmes

/// A fraction of whole numbers, kept exact until it is shown.
package struct Ratio: Sendable, Hashable {
    package let numerator: Int
    /// Above 0.
    package let denominator: Int

    /// A fraction; nil if it would divide by zero.
    package init?(_ numerator: Int, over denominator: Int) {
        guard denominator != 0 else { return nil }
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = abs(denominator)
    }

    /// A whole number.
    package init(_ whole: Int) {
        numerator = whole
        denominator = 1
    }

    /// The nearest floating-point number.
    package var double: Double { Double(numerator) / Double(denominator) }

    /// The whole number that it was made from, if it was.
    package var whole: Int? { denominator == 1 ? numerator : nil }

    /// The fraction in units of 1/`parts`, to the nearest whole number of them, halves up.
    func rounded(toParts parts: Int) -> Int {
        let (quotient, rest) = (numerator * parts * 2 + denominator).quotientAndRemainder(
            dividingBy: denominator * 2
        )
        return rest < 0 ? quotient - 1 : quotient
    }

    private var thousands: Ratio { Ratio(numerator, over: denominator * 1000) ?? self }

    /// The fraction in tenths after a named rounding.
    func tenths(_ rounding: Show.Rounding) -> Int {
        switch rounding {
        case .whole: rounded(toParts: 1) * 10
        case .truncated: numerator / denominator * 10
        case .nearestHalf: rounded(toParts: 2) * 5
        case .oneDecimal: rounded(toParts: 10)
        case .nearestThousand: thousands.rounded(toParts: 1) * 10_000
        }
    }

    /// The fraction to four decimal places, halves up: "7.9699".
    package var fourPlaces: String {
        let parts = rounded(toParts: 10_000)
        let digits = String(parts.magnitude % 10_000)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        return "\(parts < 0 ? "-" : "")\(parts.magnitude / 10_000).\(zeros)\(digits)"
    }
}
