import Kernel
import Programmes

extension Show {
    /// What stands where there is nothing to divide by, or nothing to average.
    package static let nothing = "–"

    /// Puts a figure into words.
    ///
    /// - Parameters:
    ///   - figure: the count, mean, median or sum; nil if there is none.
    ///   - denominator: what the figure is divided by; nil if it stands alone.
    ///   - pence: the amount that `pounds` shows; the figure itself, in pounds, if nil.
    ///   - isCount: whether the figure counts things, which are shown without decimals.
    package func text(
        _ figure: Ratio?,
        of denominator: Int?,
        pence: Ratio? = nil,
        isCount: Bool = true
    ) -> String {
        guard let figure else { return Show.nothing }
        switch form {
        case .number:
            return number(figure, isCount)
        case .percent:
            return percent(figure, of: denominator)
        case .countPercent:
            guard denominator != nil else { return number(figure, isCount) }
            return "\(number(figure, isCount)) (\(percent(figure, of: denominator)))"
        case .countOf:
            guard let denominator else { return number(figure, isCount) }
            return "\(number(figure, isCount)) (of \(Show.thousands(denominator)))"
        case .pounds:
            return pounds(pence ?? Ratio(figure.numerator * 100, over: figure.denominator))
        }
    }

    private func percent(_ figure: Ratio, of denominator: Int?) -> String {
        let whole = figure.denominator * (denominator ?? 0)
        guard let share = Ratio(figure.numerator * 100, over: whole) else { return Show.nothing }
        return Show.decimal(share.tenths(rounding), rounding, Show.thousands) + "%"
    }

    private func number(_ figure: Ratio, _ isCount: Bool) -> String {
        if isCount, let whole = figure.whole, form != .number || rounding != .nearestThousand {
            return Show.thousands(whole)
        }
        return Show.decimal(figure.tenths(rounding), rounding, Show.thousands)
    }

    private func pounds(_ pence: Ratio?) -> String {
        guard let pence, let pounds = Ratio(pence.numerator, over: pence.denominator * 100) else {
            return Show.nothing
        }
        let tenths = pounds.tenths(rounding)
        return (tenths < 0 ? "-£" : "£") + Show.decimal(abs(tenths), rounding, grouped)
    }

    /// A number of tenths, with the decimal only where the rounding asks for one.
    private static func decimal(
        _ tenths: Int,
        _ rounding: Rounding,
        _ whole: (Int) -> String
    ) -> String {
        let text = (tenths < 0 ? "-" : "") + whole(abs(tenths) / 10)
        let tenth = abs(tenths) % 10
        return rounding == .oneDecimal || tenth != 0 ? "\(text).\(tenth)" : text
    }

    /// A whole number with commas between thousands, from 10,000 on.
    package static func thousands(_ number: Int) -> String {
        abs(number) < 10_000 ? String(number) : grouped(number)
    }
}
