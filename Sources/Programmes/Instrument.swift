/// A scored questionnaire, or a set of coded questions, taken on an occasion.
package struct Instrument: Sendable, Hashable {
    package var id: String
    package var name: String
    package var occasions: [Occasion]
    /// The least and greatest score; nil when it is not scored.
    package var score: ClosedRange<Int>?
    /// Whether a lower score is better, as in PHQ-9.
    package var lowerIsBetter: Bool
    package var items: [Question]
    /// The words that stand before all of the items.
    package var stem: String?
    /// Whether the score is the sum of the items' scores.
    package var isSummed = false
    /// What a score means, from the least score up; empty when nothing is said of it.
    package var bands: [Band] = []
    /// Whether the answers to single items are sealed, so that figures know the score alone.
    package var isClinical = false
    /// Items of which a high answer means that somebody must act at once.
    package var safety: [SafetyItem] = []

    /// What a score means; nil when nothing is said of it.
    package func band(of score: Int) -> Band? {
        bands.last { $0.from <= score }
    }

    package func item(_ id: String) -> Question? {
        items.first { $0.id == id }
    }
}

/// A name for scores from one number up to the next band.
package struct Band: Sendable, Hashable {
    package var id: String
    package var name: String
    package var from: Int
}

/// An item whose score, from a number up, raises a risk.
package struct SafetyItem: Sendable, Hashable {
    package var item: String
    package var from: Int
}

/// When a measure is taken.
package enum Occasion: String, Sendable, CaseIterable {
    case baseline
    case review
    case exit
    case tracking
}

extension Question {
    /// What an answer scores; nil when it is no answer here, or does not score.
    package func score(of answer: String) -> Int? {
        guard let place = answers.firstIndex(of: answer), place < scores.count else { return nil }
        return scores[place]
    }
}

extension Programme {
    /// Every instrument that can be used: the file's own, then the published ones.
    package var instruments: [Instrument] {
        let own = measures.map(\.withPublishedItems)
        return own + Instrument.published.filter { known in !own.contains { $0.id == known.id } }
    }

    package func instrument(_ id: String) -> Instrument? {
        if let own = measures.first(where: { $0.id == id }) { return own.withPublishedItems }
        return Instrument.published.first { $0.id == id }
    }
}

extension Instrument {
    /// A published instrument that a file names by its score alone keeps its published items.
    ///
    /// The file's occasions hold. Otherwise a file that only says when PHQ-9 is taken would lose the
    /// questions, and with them the safety step.
    fileprivate var withPublishedItems: Instrument {
        guard items.isEmpty, let known = Self.published.first(where: { $0.id == id }),
            score == known.score, lowerIsBetter == known.lowerIsBetter
        else { return self }
        var whole = known
        whole.name = name
        whole.occasions = occasions
        return whole
    }
}
