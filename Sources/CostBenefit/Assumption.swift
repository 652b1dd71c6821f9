import Measures

/// A number that a value rests on, with where it comes from.
///
/// All of them can be put at another value; what the file says stays beside it.
package struct Assumption: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        case percent
        case pounds
        case years
        /// How many people, or things.
        case count

        /// The values that may be given.
        package var range: ClosedRange<Double> {
            switch self {
            case .percent: 0...100
            case .pounds: 0...1_000_000_000
            case .years: 0...30
            case .count: 0...1_000_000
            }
        }

        /// A value in words: "40%", "£234.13", "3 years", "252".
        package func text(_ value: Double) -> String {
            switch self {
            case .percent: Decimals.short(value) + "%"
            case .pounds: value == value.rounded() ? Money.whole(value) : Money.text(value)
            case .years: "\(Decimals.short(value)) \(value == 1 ? "year" : "years")"
            case .count: Decimals.grouped(value, value == value.rounded() ? 0 : 1)
            }
        }

        /// A value as it is typed: "40", "234.13".
        package func typed(_ value: Double) -> String {
            guard self == .pounds, value != value.rounded() else { return Decimals.short(value) }
            return Decimals.text(value, 2)
        }
    }

    /// What it is called on the command line and in addresses: `entered-work.deadweight`.
    package var id: String
    /// What it is, for those who read.
    package var name: String
    package var unit: Unit
    /// What is reckoned with; nil where a count comes from the report.
    package var value: Double?
    /// The least and the greatest that it may well be; nil where nobody has said.
    package var low: Double?
    package var high: Double?
    package var basis: Basis
    /// What the file says, where `value` was put at something else.
    package var filed: Double?
    package var isChanged = false

    /// The value in words.
    package var text: String? { value.map(unit.text) }
}

/// Where a number comes from.
package enum Basis: Sendable, Hashable {
    /// A document that says so: the title, with the page or paragraph, and a link where there is one.
    case source(String, link: String?)
    /// Nothing that can be pointed to: an example, and who should replace it.
    case assumed(String, replace: String)

    package var isAssumed: Bool {
        if case .assumed = self { return true }
        return false
    }

    /// The same in a sentence.
    package var text: String {
        switch self {
        case .source(let text, let link): link.map { "\(text), \($0)" } ?? text
        case .assumed(let text, let replace): "Assumed: \(text) To be replaced by \(replace)."
        }
    }
}

/// Amounts in words.
package enum Money {
    /// Pounds and pence, halves of a penny away from nothing: "£234.13", "−£5.00".
    package static func text(_ pounds: Double) -> String {
        let sign = pounds <= -0.005 ? "−" : ""
        return sign + "£" + Decimals.grouped(abs(pounds), 2)
    }

    /// Whole pounds, halves of a pound away from nothing: "£59,001".
    package static func whole(_ pounds: Double) -> String {
        let sign = pounds <= -0.5 ? "−" : ""
        return sign + "£" + Decimals.grouped(abs(pounds), 0)
    }
}
