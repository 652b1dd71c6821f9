import Kernel

/// What an appraisal gives in each of its years, with its assumptions as they stand.
///
/// Amounts are pounds and are not rounded; `docs/cost-benefit.md` has each formula.
struct Course {
    let appraisal: Appraisal
    private let assumed: [String: Double]
    private let counts: [String: Int?]
    private let runs: ClosedRange<CivilDate>
    private let asAt: CivilDate

    init(_ appraisal: Appraisal, _ basis: ValuationBasis) {
        self.appraisal = appraisal
        assumed = Dictionary(
            appraisal.assumptions.compactMap { one in one.value.map { (one.id, $0) } }
        ) { first, _ in first }
        counts = basis.counts
        runs = basis.runs
        asAt = basis.asAt
    }

    /// The number of an assumption; 0 where the file has none.
    func number(_ id: String) -> Double { assumed[id] ?? 0 }

    /// A value's amount in whole pence.
    func pence(of value: UnitValue) -> Double { (number("value.\(value.code)") * 100).rounded() }

    private func share(_ id: String) -> Double { number(id) / 100 }

    /// How many came of an outcome: as assumed, or as the report's row counts.
    func count(_ outcome: Outcome) -> Reckoned {
        if let stated = assumed[outcome.assumption(.count)] { return .known(stated) }
        return outcome.row.map(count(ofRow:)) ?? .none
    }

    private func count(ofRow row: String) -> Reckoned {
        guard let known = counts[row] else { return .none }
        return known.map { .known(Double($0)) } ?? .keptBack
    }

    // MARK: - Years

    private var yearPlaces: Range<Int> { 0..<appraisal.years }

    private func year(_ place: Int) -> FinancialYear { appraisal.firstYear.adding(place) }

    /// The programme's days so far in a year, over all its days so far.
    private func shareSoFar(_ place: Int) -> Double {
        let end = min(asAt, runs.upperBound)
        let all = end - runs.lowerBound + 1
        guard all > 0 else { return 0 }
        return Double(year(place).days(from: runs.lowerBound, to: end)) / Double(all)
    }

    /// What turns a year's money into that of the appraisal's prices.
    func priceFactor(of year: FinancialYear) -> Double {
        power(1 + share("inflation"), Double(appraisal.prices.start - year.start))
    }

    /// What turns a year's money into that of the first year.
    func discountFactor(_ place: Int, isHealth: Bool) -> Double {
        let rate = share(isHealth ? "discount-health" : "discount")
        return power(1 + rate, -(Double(place) + appraisal.timing.shift))
    }

    // MARK: - Costs

    /// What was spent in each year, in the money of that year; nil where it is kept back.
    func spent(_ cost: Cost) -> [Double]? {
        switch cost.earned {
        case .byDay:
            let all = Double(runs.upperBound - runs.lowerBound + 1)
            let end = min(asAt, runs.upperBound)
            return yearPlaces.map { place in
                let days = year(place).days(from: runs.lowerBound, to: end)
                return number("cost.\(cost.id)") * Double(days) / all
            }
        case .byCount(let row, let target):
            guard case .known(let count) = count(ofRow: row) else { return nil }
            let part = target > 0 ? min(1, count / Double(target)) : 1
            return yearPlaces.map { number("cost.\(cost.id)") * part * shareSoFar($0) }
        case .byYear(let years):
            return yearPlaces.map { place in
                let year = year(place)
                guard years.contains(year),
                    let first = CivilDate(year: year.start, month: 4, day: 1),
                    let next = CivilDate(year: year.start + 1, month: 4, day: 1)
                else { return 0 }
                let days = year.days(from: first, to: asAt)
                return number("cost.\(cost.id).\(year.text)") * Double(days) / Double(next - first)
            }
        }
    }

    /// The same at the appraisal's prices, raised by the correction for optimism.
    func corrected(_ cost: Cost) -> [Double]? {
        let raised = 1 + share(cost.bias)
        return spent(cost)?.enumerated().map { place, amount in
            amount * raised * priceFactor(of: year(place))
        }
    }

    // MARK: - Benefits

    /// What one outcome's value is worth in each year, at the appraisal's prices; nil where it is
    /// kept back.
    func worth(_ outcome: Outcome, _ value: UnitValue) -> [Double]? {
        let found = count(outcome)
        if found == .keptBack { return nil }
        let one = number("value.\(value.code)") * priceFactor(of: value.prices)
        let kept = (1 - share(outcome.assumption(.bias))) * (1 - share("value.\(value.code).bias"))
        let net =
            (1 - share(outcome.assumption(.deadweight)))
            * share(outcome.assumption(.attribution))
        let all = (found.number ?? 0) * one * net * kept
        let schedule = schedule(outcome, value)
        return yearPlaces.map { place in
            (0...place).reduce(0) { sum, cohort in
                sum + all * shareSoFar(cohort) * schedule[place - cohort]
            }
        }
    }

    /// How much of a year's value falls in the year of the outcome and in each after it.
    ///
    /// The value of the n-th year of an outcome, from 0, is `(1 − drop-off)ⁿ`. A lag or a duration of
    /// part of a year divides it between the two years that it reaches into.
    private func schedule(_ outcome: Outcome, _ value: UnitValue) -> [Double] {
        let lag = number(outcome.assumption(.lag))
        let isOnce = value.recurrence == .once
        let lasts = isOnce ? 1 : number(outcome.assumption(.lasts))
        let keeps = isOnce ? 1 : 1 - share(outcome.assumption(.dropOff))
        var found = Array(repeating: 0.0, count: appraisal.years)
        var weight = 1.0
        var age = 0.0
        while age < lasts {
            let (from, to) = (lag + age, lag + min(age + 1, lasts))
            for place in yearPlaces {
                let (start, end) = (max(from, Double(place)), min(to, Double(place + 1)))
                if end > start { found[place] += weight * (end - start) }
            }
            weight *= keeps
            age += 1
        }
        return found
    }
}
