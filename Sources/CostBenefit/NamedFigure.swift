import Kernel
import Measures

/// A figure of a valuation that other documents refer to by name.
package struct NamedFigure: Sendable, Hashable {
    /// For example `bcr`.
    package var name: String
    /// What it is, in words.
    package var words: String
    /// Pounds, a ratio, or the calendar year in which the year of payback begins.
    package var value: Reckoned
    /// As it is shown.
    package var text: String
}

extension Valuation {
    /// Every figure that can be named, in order.
    package var namedFigures: [NamedFigure] {
        func pounds(_ name: String, _ words: String, _ value: Reckoned) -> NamedFigure {
            NamedFigure(name: name, words: words, value: value, text: value.text(Money.whole))
        }
        func ratio(_ name: String, _ words: String, _ value: Reckoned) -> NamedFigure {
            NamedFigure(name: name, words: words, value: value, text: value.text(Self.ratio))
        }
        func payback(_ name: String, _ words: String, _ payback: Payback) -> NamedFigure {
            NamedFigure(name: name, words: words, value: payback.value, text: payback.text)
        }
        var figures = [
            ratio("bcr", "Benefit-cost ratio, public value", publicValue.ratio),
            pounds("npv", "Net present value, public value", publicValue.net),
            payback("payback", "Paid back, public value", publicValue.payback),
            ratio("fiscal_bcr", "Benefit-cost ratio, fiscal", fiscal.ratio),
            pounds("fiscal_npv", "Net present value, fiscal", fiscal.net),
            payback("fiscal_payback", "Paid back, fiscal", fiscal.payback),
            pounds("spent", "Spent", costs.isEmpty ? .none : spent),
            pounds("cost", "Present value of costs", costs.isEmpty ? .none : cost),
            pounds("benefits", "Present value of benefits, public value", publicValue.benefits),
            pounds("fiscal_benefits", "Present value of benefits, fiscal", fiscal.benefits),
            pounds("avoided_cost", "Avoided cost", avoided),
        ]
        for line in outcomes {
            let words = "Spent for each: \(line.outcome.name)"
            figures.append(pounds("cost_each.\(line.outcome.id)", words, line.costEach))
        }
        return figures
    }

    /// The figure of a name, such as `bcr`, `npv`, `avoided_cost`, `cost_each.entered-work`.
    package func figure(_ name: String) -> NamedFigure? {
        namedFigures.first { $0.name == name }
    }

    /// A ratio in words, to two decimals: "1.25".
    package static func ratio(_ number: Double) -> String { Decimals.grouped(number, 2) }
}

extension Valuation.Payback {
    /// In words: "by 31 March 2027 (2026/27)".
    package var text: String {
        switch self {
        case .by(let year): "by the end of \(year.uk)"
        case .notWithin(let years): "not within \(years) \(years == 1 ? "year" : "years")"
        case .keptBack: "*"
        case .none: "–"
        }
    }

    /// The calendar year in which the year of payback begins.
    var value: Reckoned {
        switch self {
        case .by(let year): .known(Double(year.start))
        case .notWithin, .none: .none
        case .keptBack: .keptBack
        }
    }
}
