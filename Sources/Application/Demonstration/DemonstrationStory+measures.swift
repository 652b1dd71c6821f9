import Casework
import Kernel
import Programmes

extension DemonstrationStory {
    /// The questionnaires of an occasion; answers grow better from the baseline to the exit.
    mutating func measures(_ occasion: Occasion, on day: CivilDate) -> [EventBody] {
        let better =
            switch occasion {
            case .baseline: 0
            case .review: 1
            default: 2
            }
        var bodies = [
            taken("confidence", occasion, score: ladder(4 + better)),
            taken("health", occasion, score: ladder(4 + better)),
        ]
        if occasion == .baseline || occasion == .exit {
            let access = random.weighted(("yes", 30 + better * 15), ("partly", 45), ("no", 25))
            bodies.append(taken("access", occasion, answers: ["reached-services": access]))
        }
        bodies.append(
            taken(
                "ons4",
                occasion,
                answers: [
                    "ons4-life-satisfaction": "\(ladder(5 + better))",
                    "ons4-worthwhile": "\(ladder(6 + better))",
                    "ons4-happiness": "\(ladder(5 + better))",
                    "ons4-anxiety": "\(ladder(6 - better))",
                ]
            )
        )
        let isLow = person.condition == "mental-health"
        guard random.chance(isLow ? 92 : 40) else { return bodies }
        let level = (isLow ? 150 : 90) - better * 35
        let isAlarming = occasion == .baseline && random.chance(isLow ? 8 : 2)
        bodies.append(taken("phq-9", occasion, answers: phq(level, isAlarming: isAlarming)))
        bodies.append(taken("gad-7", occasion, answers: frequencies("gad7", 7, level)))
        if isAlarming { settleRisk(on: day) }
        return bodies
    }

    /// Answers to PHQ-9; the last of them asks for a safety step when it is not "not at all".
    mutating func phq(_ level: Int, isAlarming: Bool) -> [String: String] {
        var answers = frequencies("phq9", 9, level)
        answers["phq9-9"] = isAlarming ? "several-days" : "not-at-all"
        return answers
    }

    func taken(
        _ instrument: String,
        _ occasion: Occasion,
        score: Int? = nil,
        answers: [String: String] = [:]
    ) -> EventBody {
        .measureTaken(
            MeasureTaken().with {
                $0.instrument = instrument
                $0.occasion = occasion
                $0.score = score
                $0.answers = answers
            }
        )
    }

    /// A risk that was raised is seen to on the same day.
    private mutating func settleRisk(on day: CivilDate) {
        let resolved = RiskRef().with {
            $0.risk = "phq-9-\(day.iso)"
            $0.text = "Talked it through, agreed a safety plan, told the GP with their agreement."
        }
        tell(day, .coach, at: 16 * 60 + 20, .riskResolved(resolved))
    }

    /// A number from 0 to 10 about a middle.
    private mutating func ladder(_ middle: Int) -> Int {
        min(10, max(0, middle + random.of(-2...2)))
    }

    /// How often something bothers the person; the level is a hundred times the usual score.
    private mutating func frequencies(
        _ prefix: String,
        _ count: Int,
        _ level: Int
    ) -> [String: String] {
        let words = [
            "not-at-all", "several-days", "more-than-half-the-days", "nearly-every-day",
        ]
        var answers: [String: String] = [:]
        for item in 1...count {
            let score = (level + random.of(-110...110) + 50) / 100
            answers["\(prefix)-\(item)"] = words[min(3, max(0, score))]
        }
        return answers
    }
}
