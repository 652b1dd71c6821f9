import Kernel

/// What one programme costs and what comes of it: the model that a value is reckoned from.
///
/// Counts are not in it. They come from the rows of the programme's report, so that they are the
/// figures that the same reader sees there.
package struct Appraisal: Sendable, Hashable {
    /// Where in its year money falls, for the discount.
    package enum Timing: String, Sendable, CaseIterable {
        /// The first year is not discounted, the second by one year: the Green Book's tables.
        case start
        case middle
        case end

        /// The years by which the first year is discounted.
        package var shift: Double {
            switch self {
            case .start: 0
            case .middle: 0.5
            case .end: 1
            }
        }

        package var words: String {
            switch self {
            case .start: "as at the start of each year, so that the first is not discounted"
            case .middle: "as at the middle of each year"
            case .end: "as at the end of each year"
            }
        }
    }

    package var id: String
    package var version: Int
    package var name: String
    package var programme: String
    package var source: String
    package var unitCosts: UnitCostsVersion
    /// The first year; what falls in others is brought to it.
    package var firstYear: FinancialYear
    /// How many years are looked at.
    package var years: Int
    /// The year whose prices everything is brought to.
    package var prices: FinancialYear
    package var timing: Timing
    package var costs: [Cost]
    package var outcomes: [Outcome]
    /// The values that outcomes use, each once.
    package var values: [UnitValue]
    /// Every number that can be put at another value, in the order in which it is shown.
    package var assumptions: [Assumption]

    /// The assumption of an id.
    package func assumption(_ id: String) -> Assumption? { assumptions.first { $0.id == id } }
}

/// The version of a table of unit costs.
package struct UnitCostsVersion: Sendable, Hashable {
    package var id: String
    package var version: Int
    package var name: String
}

/// Something that is spent.
package struct Cost: Sendable, Hashable {
    /// How much of it is spent by the day described.
    package enum Earned: Sendable, Hashable {
        /// Evenly over the days of the programme.
        case byDay
        /// As a count nears a number of the programme's targets, and no more than all.
        case byCount(row: String, target: Int)
        /// As stated for each year; within a year evenly over its days.
        case byYear([FinancialYear])
    }

    package var id: String
    package var name: String
    /// Who spends it.
    package var payer: String
    package var earned: Earned

    /// The assumptions of its amount: one, or one a year.
    package var amounts: [String] {
        guard case .byYear(let years) = earned else { return ["cost.\(id)"] }
        return years.map { "cost.\(id).\($0.text)" }
    }
    package var bias: String { "cost.\(id).bias" }
}

/// Something that comes of the programme, with what it is worth.
package struct Outcome: Sendable, Hashable {
    package var id: String
    package var name: String
    /// The row of the programme's report that counts it; nil where the file assumes the count.
    package var row: String?
    /// The codes of unit values.
    package var values: [String]

    /// The id of one of its assumptions.
    package func assumption(_ part: OutcomePart) -> String { "\(id).\(part.rawValue)" }
}

/// What is assumed of an outcome.
package enum OutcomePart: String, Sendable, CaseIterable {
    case count
    /// The share that would have come about anyway.
    case deadweight
    /// The share of the rest that this programme brought about, rather than others.
    case attribution
    /// The correction for optimism about the evidence.
    case bias
    /// Years from the outcome until it is worth something.
    case lag
    /// For how many years it is worth something.
    case lasts
    /// The share that is lost each year.
    case dropOff = "drop-off"

    package var unit: Assumption.Unit {
        switch self {
        case .count: .count
        case .lag, .lasts: .years
        case .deadweight, .attribution, .bias, .dropOff: .percent
        }
    }

    package var words: String {
        switch self {
        case .count: "how many"
        case .deadweight: "deadweight"
        case .attribution: "attribution"
        case .bias: "optimism bias"
        case .lag: "lag"
        case .lasts: "how long it lasts"
        case .dropOff: "drop-off each year"
        }
    }
}
