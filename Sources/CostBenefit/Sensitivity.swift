/// How far the benefit-cost ratio moves when one assumption alone is put at its least and greatest.
package struct Swing: Sendable, Hashable {
    package var assumption: Assumption
    package var low: Double
    package var high: Double
    /// The ratio of public value to costs at each.
    package var atLow: Double
    package var atHigh: Double

    package var span: Double { abs(atHigh - atLow) }
}

/// The value of one assumption at which benefits and costs are equal, all others staying.
package struct BreakEven: Sendable, Hashable {
    package enum Answer: Sendable, Hashable {
        case at(Double)
        /// Whatever it is, benefits stay above the costs, or below them.
        case always(isAbove: Bool)
    }

    package var assumption: Assumption
    /// The number that is reckoned with now.
    package var now: Double
    package var answer: Answer
}

extension Valuation {
    /// The assumptions that have a least and a greatest value, those that move the ratio most first.
    ///
    /// None where there is no ratio, or where it is kept back.
    package var swings: [Swing] {
        guard publicValue.ratio.number != nil else { return [] }
        let found = appraisal.assumptions.compactMap { one -> Swing? in
            guard let low = one.low, let high = one.high,
                let atLow = ratio(with: one.id, at: low),
                let atHigh = ratio(with: one.id, at: high)
            else { return nil }
            return Swing(assumption: one, low: low, high: high, atLow: atLow, atHigh: atHigh)
        }
        return found.enumerated()
            .sorted { ($1.element.span, $0.offset) < ($0.element.span, $1.offset) }
            .map(\.element)
    }

    /// Where each assumption that matters would make benefits equal to costs.
    package var breakEvens: [BreakEven] {
        guard publicValue.ratio.number != nil else { return [] }
        return appraisal.assumptions.compactMap { one in
            guard let now = one.value ?? count(ofAssumption: one.id),
                let answer = breakEven(one)
            else { return nil }
            return BreakEven(assumption: one, now: now, answer: answer)
        }
    }

    private func count(ofAssumption id: String) -> Double? {
        outcomes.first { $0.outcome.assumption(.count) == id }?.count.number
    }

    /// The same with one assumption at another value.
    private func moved(_ id: String, to number: Double) -> Valuation {
        var other = appraisal
        for place in other.assumptions.indices where other.assumptions[place].id == id {
            other.assumptions[place].value = number
        }
        return Valuation(other, basis)
    }

    private func ratio(with id: String, at number: Double) -> Double? {
        moved(id, to: number).publicValue.ratio.number
    }

    /// The place where the net value changes its sign; nil where the assumption moves nothing.
    ///
    /// By false position, with the stale end's value halved (the Illinois method): where the net value
    /// is a straight line of the assumption, as it mostly is, one step finds it.
    private func breakEven(_ one: Assumption) -> BreakEven.Answer? {
        func net(_ number: Double) -> Double? { moved(one.id, to: number).publicValue.net.number }
        var (low, high) = (one.unit.range.lowerBound, one.unit.range.upperBound)
        guard var atLow = net(low), var atHigh = net(high), atLow != atHigh else { return nil }
        if atLow == 0 { return .at(low) }
        if atHigh == 0 { return .at(high) }
        guard (atLow < 0) != (atHigh < 0) else { return .always(isAbove: atLow > 0) }
        let slack = 1e-9 * max(1, cost.number ?? 0)
        var isLowStale = false
        var isHighStale = false
        for _ in 0..<200 {
            let next = (low * atHigh - high * atLow) / (atHigh - atLow)
            guard next > low, next < high, let at = net(next) else { break }
            if abs(at) < slack { return .at(next) }
            if (at < 0) == (atLow < 0) {
                (low, atLow, isLowStale) = (next, at, false)
                if isHighStale { atHigh /= 2 }
                isHighStale = true
            } else {
                (high, atHigh, isHighStale) = (next, at, false)
                if isLowStale { atLow /= 2 }
                isLowStale = true
            }
        }
        return .at(abs(atLow) < abs(atHigh) ? low : high)
    }
}
