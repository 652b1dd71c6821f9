import Foundation
import Kernel

@testable import CostBenefit

/// A model of costs and benefits made up at random, for the oracle and for the properties.
struct RandomModel {
    var appraisal: Appraisal
    var basis: ValuationBasis

    init(_ random: inout RandomGenerator) {
        let begins = CivilDate(day: Int32(14_000 + random.below(8_000)))
        let ends = begins.adding(days: 30 + random.below(1_500))
        let asAt = begins.adding(days: random.below(2_500))
        let first = FinancialYear(holding: begins).adding(-random.below(2))
        let years = 1 + random.below(12)
        var counts: [String: Int?] = [:]
        var assumptions: [Assumption] = []
        func percent(_ id: String, _ most: Double) {
            assume(id, .percent, (random.unit() * most * 100).rounded() / 100)
        }
        func assume(_ id: String, _ unit: Assumption.Unit, _ value: Double?) {
            let basis = Basis.source("at random", link: nil)
            assumptions.append(
                Assumption(id: id, name: id, unit: unit, value: value, basis: basis)
            )
        }
        func pounds(_ id: String, _ most: Int) {
            assume(id, .pounds, Double(1 + random.below(most * 100)) / 100)
        }

        let costs = (0...random.below(3)).map { place -> Cost in
            let id = "c\(place)"
            let earned: Cost.Earned
            switch random.below(3) {
            case 0: earned = .byDay
            case 1:
                counts["row-\(id)"] = random.below(3_000)
                earned = .byCount(row: "row-\(id)", target: 1 + random.below(2_000))
            default:
                earned = .byYear((0...random.below(4)).map { first.adding($0) })
            }
            let cost = Cost(id: id, name: id, payer: "somebody", earned: earned)
            for amount in cost.amounts { pounds(amount, 1_000_000) }
            percent(cost.bias, 60)
            return cost
        }
        let values = (0...random.below(4)).map { place -> UnitValue in
            let code = "v\(place)"
            pounds("value.\(code)", 20_000)
            if random.below(2) == 0 { percent("value.\(code).bias", 40) }
            return UnitValue(
                code: code,
                what: code,
                unit: "person",
                amount: assumptions[assumptions.count - 1],
                prices: first.adding(random.below(8) - 4),
                kind: UnitValue.Kind.allCases[random.below(3)],
                gains: UnitValue.Gainer.allCases[random.below(6)],
                recurrence: random.below(2) == 0 ? .once : .year,
                isAvoided: random.below(2) == 0,
                isTransfer: random.below(3) == 0,
                isHealth: random.below(3) == 0
            )
        }
        let outcomes = (0...random.below(3)).map { place -> Outcome in
            let outcome = Outcome(
                id: "o\(place)",
                name: "o\(place)",
                row: "row-o\(place)",
                values: values.filter { _ in random.below(2) == 0 }.map(\.code)
            )
            counts["row-o\(place)"] = random.below(1_000)
            assume(outcome.assumption(.count), .count, nil)
            for part in [OutcomePart.deadweight, .attribution, .bias, .dropOff] {
                percent(outcome.assumption(part), 100)
            }
            // Whole years and quarters of years.
            assume(outcome.assumption(.lag), .years, Double(random.below(12)) / 4)
            assume(outcome.assumption(.lasts), .years, Double(random.below(30)) / 4)
            return outcome
        }
        percent("discount", 10)
        percent("discount-health", 5)
        percent("inflation", 10)
        appraisal = Appraisal(
            id: "random",
            version: 1,
            name: "Random",
            programme: "random",
            source: "none",
            unitCosts: UnitCostsVersion(id: "random", version: 1, name: "Random"),
            firstYear: first,
            years: years,
            prices: first.adding(random.below(3)),
            timing: Appraisal.Timing.allCases[random.below(3)],
            costs: costs,
            outcomes: outcomes,
            values: values,
            assumptions: assumptions
        )
        basis = ValuationBasis(runs: begins...ends, asAt: asAt, counts: counts)
    }

    /// Puts an assumption at a value.
    mutating func put(_ id: String, _ value: Double) {
        for place in appraisal.assumptions.indices where appraisal.assumptions[place].id == id {
            appraisal.assumptions[place].value = value
        }
    }

    var valuation: Valuation { Valuation(appraisal, basis) }

    /// Our figures, in the order in which the oracle gives its own.
    var figures: [Double] {
        let found = valuation
        let figures =
            [found.spent, found.cost, found.fiscal.benefits, found.publicValue.benefits]
            + UnitValue.Kind.allCases.map { found.present($0) }
            + [found.avoided, found.fiscal.ratio, found.publicValue.ratio, found.publicValue.net]
            + found.years.map(\.publicSoFar)
        return figures.map { $0.number ?? .nan }
    }

    /// The model as the oracle reads it.
    var json: String {
        func object(_ entries: [(String, String)]) -> String {
            "{" + entries.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
        }
        func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
        func text(_ text: String) -> String { "\"\(text)\"" }
        func count(_ row: String) -> String { String((basis.counts[row] ?? nil) ?? 0) }
        let costs = appraisal.costs.map { cost -> String in
            switch cost.earned {
            case .byDay: return object([("id", text(cost.id)), ("kind", text("day"))])
            case .byCount(let row, let target):
                return object([
                    ("id", text(cost.id)), ("kind", text("count")), ("count", count(row)),
                    ("target", String(target)),
                ])
            case .byYear(let years):
                return object([
                    ("id", text(cost.id)), ("kind", text("years")),
                    ("years", list(years.map { String($0.start) })),
                ])
            }
        }
        let values = appraisal.values.map { value in
            (
                value.code,
                object([
                    ("prices", String(value.prices.start)), ("kind", text(value.kind.rawValue)),
                    ("once", String(value.recurrence == .once)),
                    ("avoided", String(value.isAvoided)),
                    ("transfer", String(value.isTransfer)), ("health", String(value.isHealth)),
                ])
            )
        }
        let outcomes = appraisal.outcomes.map { outcome in
            object([
                ("id", text(outcome.id)), ("count", count(outcome.row ?? "")),
                ("values", list(outcome.values.map(text))),
            ])
        }
        let numbers = appraisal.assumptions.compactMap { one in one.value.map { (one.id, "\($0)") }
        }
        return object([
            ("first", String(appraisal.firstYear.start)), ("years", String(appraisal.years)),
            ("prices", String(appraisal.prices.start)),
            ("timing", text(appraisal.timing.rawValue)),
            ("from", text(basis.runs.lowerBound.iso)), ("to", text(basis.runs.upperBound.iso)),
            ("as_at", text(basis.asAt.iso)), ("numbers", object(numbers)),
            ("costs", list(costs)), ("values", object(values)), ("outcomes", list(outcomes)),
        ])
    }
}
