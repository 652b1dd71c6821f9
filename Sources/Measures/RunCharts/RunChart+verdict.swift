/// What a sign means, given which way is better.
package enum RunJudgement: String, Sendable, CaseIterable {
    case commonCause = "common-cause"
    case improving
    case concerning
    /// A sign in a measure that is neither better high nor low.
    case neither
    /// Too few points to say.
    case notJudged = "not-judged"
}

/// What to expect of a figure beside its target, if nothing changes.
package enum RunAssurance: String, Sendable, CaseIterable {
    case meets = "will-meet"
    case misses = "will-miss"
    case mayMeet = "may-or-may-not-meet"

    /// In words, to follow "the target".
    package var words: String {
        switch self {
        case .meets: "will consistently be met"
        case .misses: "will consistently be missed"
        case .mayMeet: "may or may not be met"
        }
    }
}

extension RunChart {
    /// What a mark means.
    package func judgement(_ mark: Mark) -> RunJudgement {
        guard parts[mark.part].limits != nil else { return .notJudged }
        guard let cause = mark.cause else { return .commonCause }
        switch options.better {
        case .up: return cause.isUp ? .improving : .concerning
        case .down: return cause.isUp ? .concerning : .improving
        case .neither: return .neither
        }
    }

    /// What the latest point means, which is what the whole chart says.
    package var judgement: RunJudgement { marks.last.map(judgement) ?? .notJudged }

    /// What to expect beside the target; nil without a target, limits or a better way.
    package var assurance: RunAssurance? {
        guard let target = options.target, let limits else { return nil }
        switch options.better {
        case .up:
            return target < limits.lower ? .meets : target > limits.upper ? .misses : .mayMeet
        case .down:
            return target > limits.upper ? .meets : target < limits.lower ? .misses : .mayMeet
        case .neither:
            return nil
        }
    }

    /// The chart in a few sentences: variation, assurance, screening and rebases.
    package var verdict: String {
        ([variationWords] + [assuranceWords, screeningWords].compactMap { $0 } + rebaseWords)
            .joined(separator: " ")
    }

    private var variationWords: String {
        let few = "Too few points to say: \(RunChart.pointsMin) are needed"
        guard let last = marks.last else { return "\(few), and there are none." }
        guard let part = parts.last, part.limits != nil else {
            let since = part(last)
            return "\(few), and there \(since == 1 ? "is" : "are") \(since)"
                + (parts.count > 1 ? " since the limits were reckoned anew." : ".")
        }
        guard let cause = last.cause else {
            return "No significant change: the latest point is within what chance explains."
        }
        let what: String =
            switch judgement(last) {
            case .improving: "Improving"
            case .concerning: "Concerning"
            default: "A change"
            }
        return "\(what): the latest point, \(last.point.label), is \(cause.words)."
    }

    private func part(_ mark: Mark) -> Int { parts[mark.part].points.count }

    private var assuranceWords: String? {
        guard let target = options.target else { return nil }
        guard let assurance else { return nil }
        return "If nothing changes, the target of \(Decimals.short(target)) \(assurance.words)."
    }

    private var screeningWords: String? {
        let screened = parts.reduce(0) { $0 + ($1.limits?.screened ?? 0) }
        guard screened > 0 else { return nil }
        let are = screened == 1 ? "step from one point to the next is" : "steps between points are"
        return "\(screened) outlying \(are) left out of the limits."
    }

    /// From where limits are reckoned anew and why, in a sentence each.
    package var rebaseWords: [String] {
        parts.compactMap { part in
            part.reason.map {
                "Limits are reckoned anew from \(marks[part.points.lowerBound].point.label): \($0)."
            }
        }
    }
}
