import Casework
import Kernel
import Measures
import Programmes

/// What one measure of an incentive scheme earned in a financial year.
package struct IncentiveResult: Sendable, Hashable {
    package var key: ClaimKey
    package var claimant: String
    /// What it could have earned, and what it did.
    package var available: Pence
    package var amount: Pence
    package var day: CivilDate
    /// The figure in words: "83.3% (5 of 6); all from 90%".
    package var figure: String
}

extension IncentiveScheme {
    /// What a measure's figure earns of an amount.
    package static func earned(
        _ value: Ratio,
        _ measure: IncentiveMeasure,
        of available: Pence
    ) -> Pence {
        // Value as numerator / denominator; everything is compared in whole numbers.
        let reached = value.numerator - measure.target * value.denominator
        if reached >= 0 { return available }
        let above = value.numerator - measure.threshold * value.denominator
        let span = (measure.target - measure.threshold) * value.denominator
        guard measure.curve == .linear, above > 0 else { return .zero }
        let (high, low) = available.value.magnitude.multipliedFullWidth(by: UInt64(above))
        return Pence(Int64(UInt64(span).dividingFullWidth((high, low)).quotient))
    }
}

extension IncentiveResult {
    /// What the incentive schemes of a programme have earned by the end of a quarter.
    ///
    /// A financial year is settled once, by its last quarter; an indicator is taken over the people
    /// who were referred in that year, as their cases stood on its last day.
    ///
    /// - Parameters:
    ///   - reported: figures that no case can give, by measure and year: percent or numbers.
    ///   - facts: the facts of the programme's cases as they were on a day.
    package static func find(
        _ programme: Programme,
        quarter: Quarter,
        reported: [ReportedFigure: Int] = [:],
        facts: (CivilDate) throws -> FactTable
    ) rethrows -> [IncentiveResult] {
        var results: [IncentiveResult] = []
        for scheme in programme.funding?.incentives ?? [] {
            let pots = scheme.pot.split(by: scheme.measures.map(\.weight))
            for year in scheme.years {
                guard let last = Quarter(year: year + 1, number: 1), last <= quarter else {
                    continue
                }
                let table = try facts(last.lastDay).referred(inYear: year)
                for (measure, pot) in zip(scheme.measures, pots) {
                    let told = reported[ReportedFigure(measure: measure.id, year: year)]
                    let figure = measure.figure(programme, table, last.lastDay, told: told)
                    guard let figure else { continue }
                    results.append(
                        IncentiveResult(
                            key: ClaimKey(rule: measure.id, ordinal: year),
                            claimant: scheme.provider,
                            available: pot,
                            amount: IncentiveScheme.earned(figure.value, measure, of: pot),
                            day: last.lastDay,
                            figure: figure.words
                        )
                    )
                }
            }
        }
        return results
    }
}

/// Names a figure that is told when a claim is made.
package struct ReportedFigure: Sendable, Hashable {
    package var measure: String
    /// The year in which the financial year begins.
    package var year: Int

    package init(measure: String, year: Int) {
        self.measure = measure
        self.year = year
    }
}

extension IncentiveMeasure {
    /// The measure's figure; nil where it was not told, or there is nothing to divide by.
    fileprivate func figure(
        _ programme: Programme,
        _ table: FactTable,
        _ day: CivilDate,
        told: Int?
    ) -> (value: Ratio, words: String)? {
        switch source {
        case .reported:
            return told.map { (Ratio($0), "\($0), as reported; all from \(target)") }
        case .indicator(_, let indicator):
            let report = ReportTable.evaluate(
                programme: programme,
                table: table,
                request: ReportRequest(asAt: day),
                report: Report(of: [ReportRow(of: indicator, named: name)])
            )
            guard let cell = report.rows.first?.whole, let count = cell.numerator else {
                return nil
            }
            guard let whole = cell.denominator, indicator.of != nil else {
                return (count, "\(cell.shown); all from \(target)")
            }
            guard whole > 0, let share = Ratio(count.numerator * 100, over: whole) else {
                return nil
            }
            let tenths = share.numerator * 10 / share.denominator
            let words = "\(tenths / 10).\(tenths % 10)% (\(count.numerator) of \(whole))"
            return (share, "\(words); all from \(target)%")
        }
    }
}

extension FactTable {
    /// The cases that were referred in a financial year.
    fileprivate func referred(inYear year: Int) -> FactTable {
        let others = cases.indices.filter { row in
            date(.referred, row: row).map { Quarter(holding: $0).financialYear } != year
        }
        var table = self
        table.remove(Set(others.map { cases[$0] }))
        return table
    }
}
