import Programmes

/// The counts of one column of a table as an audience may see them.
struct ShownCounts {
    let method: DisclosureMethod
    /// The cases of a set as they are shown; nil if that is kept back.
    let shown: (_ set: Int) -> Int?
}

extension RowPlan {
    /// The row's cell as an audience may see it.
    ///
    /// - Parameters:
    ///   - group: the group's place in the scale; nil for all.
    ///   - counts: what may be shown of the group.
    func cell(_ result: TallyResult, group: Int?, _ counts: ShownCounts) -> ReportCell {
        let plain = cell(result, group: group)
        let count = counts.shown(numerator)
        var number = plain.numerator
        switch figure {
        case .one(.count):
            number = count.map { Ratio($0) }
        case .distinct:
            let different = plain.numerator?.whole ?? 0
            let isSmall = (1...counts.method.smallMax).contains(different)
            number = count == nil || isSmall ? nil : Ratio(counts.method.shown(different))
        case .one, .mean, .median:
            // Nothing to average is said as before.
            if count == nil { number = nil }
        }
        let isHidden = number == nil && plain.numerator != nil
        var denominator = plain.denominator
        var isWholeHidden = false
        if case .rows(let set) = beside {
            denominator = counts.shown(set)
            isWholeHidden = denominator == nil
        }
        var interval: Interval?
        if case .one(.count) = figure, case .rows = beside,
            let count, let denominator, plain.interval != nil
        {
            interval = Statistics.wilson(count, of: denominator)
        }
        return ReportCell(
            numerator: number,
            isWhole: plain.isWhole,
            denominator: denominator,
            shown: row.show.text(
                number,
                isHidden: isHidden,
                of: denominator,
                isWholeHidden: isWholeHidden,
                pence: pence(number),
                isCount: plain.isWhole
            ),
            interval: interval,
            leftOut: omissions.compactMap { omission in
                let shown = counts.shown(omission.set)
                guard shown != 0 else { return nil }
                return LeftOut(
                    reason: omission.reason,
                    count: shown ?? 0,
                    isHidden: shown == nil
                )
            },
            isHidden: isHidden || isWholeHidden && row.show.needsWhole
        )
    }
}

extension Show {
    /// What stands for a figure that is kept back.
    package static let hidden = "*"

    /// Whether the figure is nothing without what it is divided by.
    var needsWhole: Bool { form == .percent }

    /// Puts a figure into words of which a part may be kept back.
    func text(
        _ figure: Ratio?,
        isHidden: Bool,
        of denominator: Int?,
        isWholeHidden: Bool,
        pence: Ratio?,
        isCount: Bool
    ) -> String {
        if !isHidden, !isWholeHidden {
            return text(figure, of: denominator, pence: pence, isCount: isCount)
        }
        let count =
            isHidden
            ? Show.hidden
            : Show(form: form == .pounds ? .pounds : .number, rounding: rounding)
                .text(figure, of: nil, pence: pence, isCount: isCount)
        switch form {
        case .number, .pounds: return count
        case .percent: return Show.hidden
        case .countPercent: return isHidden ? Show.hidden : "\(count) (\(Show.hidden))"
        case .countOf:
            let whole = isWholeHidden ? Show.hidden : denominator.map(Show.thousands)
            return whole.map { "\(count) (of \($0))" } ?? count
        }
    }
}
