import Kernel
import Programmes

/// What one row of a report adds up, and over which sets of rows.
struct RowPlan {
    /// Where the figure comes from.
    enum Figure {
        case one(Tally)
        /// A sum over a count of as many units each.
        case mean(Tally, over: Tally, unit: Int)
        case median(Tally, Span, unit: Int)
        case distinct(Tally)
    }

    /// What the figure stands beside.
    enum Beside {
        case nothing
        case rows(Int)
        case target(Int)
    }

    /// Rows that the figure does not cover.
    struct Omission {
        var reason: String
        var set: Int
    }

    let row: ReportRow
    let figure: Figure
    /// The rows behind the figure.
    let numerator: Int
    let beside: Beside
    let omissions: [Omission]

    init(_ row: ReportRow, in plan: inout Plan, of programme: Programme) {
        self.row = row
        var maker = RowPlanMaker(plan: plan, programme: programme, of: row.indicator.of)
        (figure, numerator, beside) = maker.make(row.indicator.kind)
        omissions = maker.omissions
        plan = maker.plan
    }

    /// Everything that has to be added up.
    var tallies: [Tally] {
        var result = omissions.map { Tally.count($0.set) }
        if case .rows(let set) = beside { result.append(.count(set)) }
        switch figure {
        case .one(let tally), .median(let tally, _, _), .distinct(let tally):
            result.append(tally)
        case .mean(let tally, let over, _):
            result += [tally, over]
        }
        return result
    }

    /// The row's cell for a group, or for all when it is nil.
    func cell(_ result: TallyResult, group: Int?) -> ReportCell {
        let number = number(result, group)
        var denominator: Int?
        var interval: Interval?
        switch beside {
        case .nothing: break
        case .target(let value):
            // A target is that of the whole programme: a group has no part of it.
            denominator = group == nil ? value : nil
        case .rows(let set):
            let count = result.sum(.count(set), group: group)
            denominator = count
            if case .one(.count) = figure, let number = number?.whole {
                interval = Statistics.wilson(number, of: count)
            }
        }
        return ReportCell(
            numerator: number,
            isWhole: isWhole,
            denominator: denominator,
            shown: row.show.text(
                number,
                of: denominator,
                pence: pence(number),
                isCount: isWhole
            ),
            interval: interval,
            leftOut: omissions.compactMap { omission in
                let count = result.sum(.count(omission.set), group: group)
                return count > 0 ? LeftOut(reason: omission.reason, count: count) : nil
            }
        )
    }

    /// Whether the figure is a whole number of things.
    private var isWhole: Bool {
        switch figure {
        case .one, .distinct: true
        case .mean, .median: false
        }
    }

    private func number(_ result: TallyResult, _ group: Int?) -> Ratio? {
        switch figure {
        case .one(let tally):
            return Ratio(result.sum(tally, group: group))
        case .distinct(let tally):
            return Ratio(result.codesSeen(tally, group: group))
        case .mean(let tally, let over, let unit):
            let count = result.sum(over, group: group)
            return Ratio(result.sum(tally, group: group), over: count * unit)
        case .median(let tally, let span, let unit):
            guard let twice = result.twiceMedian(tally, span, group: group) else { return nil }
            return Ratio(twice, over: 2 * unit)
        }
    }

    /// The amount in pence, for a figure that is one or is multiplied by one.
    func pence(_ number: Ratio?) -> Ratio? {
        guard let number else { return nil }
        if let times = row.indicator.times {
            return Ratio(number.numerator * Int(times.value), over: number.denominator)
        }
        if case .one(.sum(_, .interventionCost)) = figure { return number }
        return nil
    }
}
