import Kernel
import Programmes

extension Rules {
    func judgeMeasure(_ fields: MeasureTaken) throws(Refusal) {
        guard let instrument = programme.instrument(fields.instrument) else {
            return try known(
                fields.instrument,
                in: programme.instruments.map(\.id),
                "instrument"
            )
        }
        try known(fields.occasion.rawValue, in: instrument.occasions.map(\.rawValue), "occasion")
        try judgeAnswers(fields.answers, instrument.items)
        try judgeAnswers(fields.sealedAnswers, instrument.items)
        if instrument.isSummed { try judgeSum(fields, instrument) }
        guard let score = fields.score else { return }
        guard let range = instrument.score else {
            throw Refusal(.unknownValue, field: "score", "\(instrument.name) is not scored.")
        }
        if !range.contains(score) {
            throw Refusal(
                .outOfRange,
                subject: instrument.id,
                field: "score",
                "A score of \(instrument.name) is \(range.lowerBound) to \(range.upperBound), "
                    + "not \(score)."
            )
        }
    }

    /// The answers of a summed instrument make its score: all of them, and no other score.
    ///
    /// A score alone is taken as it is told; lists and letters carry nothing else.
    private func judgeSum(_ fields: MeasureTaken, _ instrument: Instrument) throws(Refusal) {
        let answers = fields.allAnswers
        guard !answers.isEmpty else { return }
        let missing = instrument.items.filter { answers[$0.id] == nil }
        if !missing.isEmpty {
            let places = instrument.items.indices.filter { answers[instrument.items[$0].id] == nil }
            let numbers = places.map { "\($0 + 1)" }.joined(separator: ", ")
            throw Refusal(
                .missingValue,
                subject: instrument.id,
                field: missing.first?.id,
                "Every question of \(instrument.name) needs an answer; missing: \(numbers)."
            )
        }
        let sum = instrument.sum(of: answers)
        if let score = fields.score, score != sum {
            throw Refusal(
                .outOfRange,
                subject: instrument.id,
                field: "score",
                "These answers of \(instrument.name) add up to \(sum ?? 0), not \(score)."
            )
        }
    }
}

extension MeasureTaken {
    /// The answers to single items, sealed ones included.
    package var allAnswers: [String: String] {
        answers.merging(sealedAnswers) { coded, _ in coded }
    }

    /// Works out what follows from the answers: where they belong, the score, its band.
    mutating func complete(in programme: Programme) {
        guard let instrument = programme.instrument(instrument) else { return }
        if instrument.isClinical {
            sealedAnswers = allAnswers
            answers = [:]
        }
        if instrument.isSummed, score == nil { score = instrument.sum(of: allAnswers) }
        band = score.flatMap { instrument.band(of: $0)?.id }
    }
}

extension Instrument {
    /// The sum of the items' scores; nil unless each has an answer that scores.
    package func sum(of answers: [String: String]) -> Int? {
        guard isSummed, !items.isEmpty else { return nil }
        var sum = 0
        for item in items {
            guard let score = answers[item.id].flatMap(item.score) else { return nil }
            sum += score
        }
        return sum
    }

    /// Whether an answer asks for somebody to act at once.
    package func isAlarming(_ answers: [String: String]) -> Bool {
        safety.contains { alarm in
            guard let item = item(alarm.item),
                let score = answers[alarm.item].flatMap(item.score)
            else { return false }
            return score >= alarm.from
        }
    }
}
