import Kernel

/// How a row is shown, and whether that suits what it counts.
extension FigureReader {
    /// The row's `show`, or what suits the indicator when the row does not say.
    func show(_ reader: MappingReader, _ indicator: Indicator?) -> Show? {
        guard let place = reader.optional("show") else {
            return indicator.map(usualShow)
        }
        guard let text = place.text(expected: Self.showRule) else { return nil }
        guard let show = Show(text) else {
            let near = nearestSpelling(to: text, in: Show.spellings)
            let hint = near.map { "; did you mean `\($0)`?" } ?? ""
            place.fault("`\(text)` is not a way to show a figure", expected: Self.showRule + hint)
            return nil
        }
        if let indicator, let problem = misfit(show, indicator) {
            place.fault(problem.problem, expected: problem.expected)
        }
        return show
    }

    private static let showRule =
        "number, percent, count-percent, count-of or pounds, alone or with "
        + "-whole, -truncated, -nearest-half, -one-decimal or -nearest-thousand"

    private func usualShow(_ indicator: Indicator) -> Show {
        if indicator.times != nil { return Show(form: .pounds, rounding: .whole) }
        return Show(form: indicator.of == nil ? .number : .countPercent, rounding: .whole)
    }

    private func misfit(
        _ show: Show,
        _ indicator: Indicator
    ) -> (problem: String, expected: String)? {
        let isTime =
            switch indicator.kind {
            case .mean, .median: true
            default: false
            }
        switch show.form {
        case .number:
            return nil
        case .percent, .countPercent, .countOf:
            if isTime {
                return (
                    "a length of time has no share",
                    "whole, truncated, nearest-half or one-decimal"
                )
            }
            guard indicator.of == nil else { return nil }
            return ("`\(show.form.rawValue)` needs something to divide by", "`of` in this row")
        case .pounds:
            if indicator.times != nil { return nil }
            if case .sum(.interventionCost, _) = indicator.kind { return nil }
            return ("this figure is not money", "`times`, or sum: intervention_cost_pence")
        }
    }
}
