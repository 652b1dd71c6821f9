import Kernel

/// What a valuation is made from besides the appraisal.
package struct ValuationBasis: Sendable, Hashable {
    /// The first and the last day of the programme.
    package var runs: ClosedRange<CivilDate>
    package var asAt: CivilDate
    /// The count of each row of the report; nil where it is kept back.
    package var counts: [String: Int?]

    package init(runs: ClosedRange<CivilDate>, asAt: CivilDate, counts: [String: Int?]) {
        self.runs = runs
        self.asAt = asAt
        self.counts = counts
    }
}

/// What a programme cost and what came of it, in money.
package struct Valuation: Sendable, Hashable {
    package struct CostLine: Sendable, Hashable {
        package var cost: Cost
        /// In the money of each year.
        package var spent: Reckoned
        /// At the appraisal's prices, with the correction for optimism.
        package var corrected: Reckoned
        package var present: Reckoned
    }

    package struct BenefitLine: Sendable, Hashable {
        package var outcome: Outcome
        package var value: UnitValue
        package var count: Reckoned
        /// The count times the value as it stands in the table, with nothing taken off.
        package var gross: Reckoned
        /// What is left for the programme, at the appraisal's prices, over all years.
        package var net: Reckoned
        package var present: Reckoned
    }

    package struct OutcomeLine: Sendable, Hashable {
        package var outcome: Outcome
        package var count: Reckoned
        /// What was spent for each, with nothing corrected or discounted.
        package var costEach: Reckoned
    }

    package struct YearLine: Sendable, Hashable {
        package var year: FinancialYear
        package var cost: Reckoned
        package var fiscal: Reckoned
        package var publicValue: Reckoned
        /// All benefits so far less all costs so far.
        package var fiscalSoFar: Reckoned
        package var publicSoFar: Reckoned
    }

    /// The year by whose end the benefits so far have reached all the costs.
    package enum Payback: Sendable, Hashable {
        case by(FinancialYear)
        case notWithin(years: Int)
        case keptBack
        case none
    }

    /// Benefits beside costs, from one point of view.
    package struct Case: Sendable, Hashable {
        package var benefits: Reckoned
        /// Benefits less costs: the net present value.
        package var net: Reckoned
        /// Benefits over costs.
        package var ratio: Reckoned
        package var payback: Payback
    }

    package var appraisal: Appraisal
    package var basis: ValuationBasis
    package var costs: [CostLine]
    package var benefits: [BenefitLine]
    package var outcomes: [OutcomeLine]
    package var years: [YearLine]
    /// What was spent, in the money of each year.
    package var spent: Reckoned
    /// The present value of all costs.
    package var cost: Reckoned
    /// What public bodies save or take in.
    package var fiscal: Case
    /// What everybody gains: without what only moves from one pocket to another.
    package var publicValue: Case
    /// What somebody would have had to pay otherwise: the counts times the values, nothing taken off.
    package var avoided: Reckoned

    /// The present value of the benefits of a kind.
    package func present(_ kind: UnitValue.Kind) -> Reckoned {
        benefits.filter { $0.value.kind == kind }.map(\.present).sum
    }

    /// The present value of what somebody gains.
    package func present(_ gainer: UnitValue.Gainer) -> Reckoned {
        benefits.filter { $0.value.gains == gainer }.map(\.present).sum
    }

    /// Those who gain something, in order.
    package var gainers: [UnitValue.Gainer] {
        UnitValue.Gainer.allCases.filter { one in benefits.contains { $0.value.gains == one } }
    }

    /// The rows whose counts are kept back and that something here rests on.
    package var rowsKeptBack: [String] {
        basis.counts.filter { $0.value == nil }.map(\.key).sorted()
    }
}
