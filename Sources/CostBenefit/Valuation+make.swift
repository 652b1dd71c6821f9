import Kernel

extension Valuation {
    /// Reckons what a programme cost and what came of it.
    package init(_ appraisal: Appraisal, _ basis: ValuationBasis) {
        let course = Course(appraisal, basis)
        let places = 0..<appraisal.years
        let none: [Reckoned] = places.map { _ in .keptBack }
        func reckoned(_ years: [Double]?) -> [Reckoned] {
            years.map { $0.map(Reckoned.known) } ?? none
        }
        func discounted(_ years: [Reckoned], isHealth: Bool = false) -> [Reckoned] {
            zip(places, years).map { place, amount in
                amount.map { $0 * course.discountFactor(place, isHealth: isHealth) }
            }
        }

        let spentByYear = appraisal.costs.map { reckoned(course.spent($0)) }
        let correctedByYear = appraisal.costs.map { reckoned(course.corrected($0)) }
        let costsByYear = correctedByYear.map { discounted($0) }
        let costs = appraisal.costs.indices.map { place in
            CostLine(
                cost: appraisal.costs[place],
                spent: spentByYear[place].sum,
                corrected: correctedByYear[place].sum,
                present: costsByYear[place].sum
            )
        }

        var benefits: [BenefitLine] = []
        var benefitsByYear: [[Reckoned]] = []
        for outcome in appraisal.outcomes {
            for value in appraisal.values(of: outcome) {
                let years = reckoned(course.worth(outcome, value))
                let present = discounted(years, isHealth: value.isHealth)
                let count = course.count(outcome)
                benefits.append(
                    BenefitLine(
                        outcome: outcome,
                        value: value,
                        count: count,
                        // In whole pence, so that it is exact.
                        gross: count.map { $0 * course.pence(of: value) / 100 },
                        net: years.sum,
                        present: present.sum
                    )
                )
                benefitsByYear.append(present)
            }
        }

        let spent = costs.map(\.spent).sum
        self.appraisal = appraisal
        self.basis = basis
        self.costs = costs
        self.benefits = benefits
        self.spent = spent
        cost = costs.map(\.present).sum
        avoided = benefits.filter(\.value.isAvoided).map(\.gross).sum
        outcomes = appraisal.outcomes.map { outcome in
            let count = course.count(outcome)
            let each = costs.isEmpty ? Reckoned.none : spent / count
            return OutcomeLine(outcome: outcome, count: count, costEach: each)
        }
        years = Self.years(
            appraisal,
            costs: costsByYear,
            fiscal: zip(benefits, benefitsByYear).filter { $0.0.value.isFiscal }.map(\.1),
            publicValue: zip(benefits, benefitsByYear).filter { !$0.0.value.isTransfer }.map(\.1)
        )
        let hasCosts = !costs.isEmpty
        fiscal = Case(
            benefits: years.map(\.fiscal).sum,
            cost: hasCosts ? cost : .none,
            balance: years.map { ($0.year, $0.fiscalSoFar) }
        )
        publicValue = Case(
            benefits: years.map(\.publicValue).sum,
            cost: hasCosts ? cost : .none,
            balance: years.map { ($0.year, $0.publicSoFar) }
        )
    }

    private static func years(
        _ appraisal: Appraisal,
        costs: [[Reckoned]],
        fiscal: [[Reckoned]],
        publicValue: [[Reckoned]]
    ) -> [YearLine] {
        var lines: [YearLine] = []
        var (fiscalSoFar, publicSoFar) = (Reckoned.known(0), Reckoned.known(0))
        for place in 0..<appraisal.years {
            let cost = costs.map { $0[place] }.sum
            let saved = fiscal.map { $0[place] }.sum
            let gained = publicValue.map { $0[place] }.sum
            fiscalSoFar = fiscalSoFar + saved - cost
            publicSoFar = publicSoFar + gained - cost
            lines.append(
                YearLine(
                    year: appraisal.firstYear.adding(place),
                    cost: cost,
                    fiscal: saved,
                    publicValue: gained,
                    fiscalSoFar: fiscalSoFar,
                    publicSoFar: publicSoFar
                )
            )
        }
        return lines
    }
}

extension Valuation.Case {
    /// - Parameter balance: for each year, benefits so far less costs so far.
    fileprivate init(
        benefits: Reckoned,
        cost: Reckoned,
        balance: [(year: FinancialYear, soFar: Reckoned)]
    ) {
        self.benefits = benefits
        net = benefits - cost
        ratio = benefits / cost
        payback = Self.payback(cost, balance)
    }

    /// The first year from whose end on the balance is never below nothing again.
    private static func payback(
        _ cost: Reckoned,
        _ balance: [(year: FinancialYear, soFar: Reckoned)]
    ) -> Valuation.Payback {
        guard cost != .none, cost != .known(0) else { return .none }
        let amounts = balance.compactMap(\.soFar.number)
        guard cost != .keptBack, amounts.count == balance.count else { return .keptBack }
        let below = amounts.lastIndex { $0 < 0 } ?? -1
        guard below + 1 < balance.count else { return .notWithin(years: balance.count) }
        return .by(balance[below + 1].year)
    }
}

extension UnitValue {
    /// Whether it counts where public money is looked at alone.
    package var isFiscal: Bool { kind == .fiscal }
}

extension Appraisal {
    /// The values that an outcome uses, in its order.
    package func values(of outcome: Outcome) -> [UnitValue] {
        outcome.values.compactMap { code in values.first { $0.code == code } }
    }
}
