import Programmes

/// The scores of one instrument, found among the tokens of a table's rows.
struct ScoreScale {
    /// The greatest change that there can be, either way.
    let reach: Int
    /// For each token by its code: the occasion's place times `stride` plus the score; −1 for others.
    private let places: [Int32]
    private static let stride: Int32 = 1 << 16

    /// How many changes there can be.
    var width: Int { reach * 2 + 1 }

    /// Nothing is found for an instrument that has no score.
    init(_ instrument: Instrument?, in table: FactTable) {
        let tokens = table.sets[SetField.scores.place].tokens
        var places = Array(repeating: Int32(-1), count: tokens.count + 1)
        guard let instrument, let range = instrument.score else {
            (reach, self.places) = (0, places)
            return
        }
        let keys = Occasion.allCases.map { Array("\(instrument.id).\($0.rawValue):".utf8) }
        for code in 0..<tokens.count {
            tokens.withText(of: UInt32(code + 1)) { token in
                for (occasion, key) in keys.enumerated() where token.starts(with: key) {
                    let text = String(decoding: token[key.count...], as: UTF8.self)
                    guard let score = Int(text), range.contains(score) else { continue }
                    let above = Int32(clamping: score - range.lowerBound)
                    places[code + 1] = Int32(occasion) * ScoreScale.stride + above
                }
            }
        }
        reach = min(range.count - 1, Int(ScoreScale.stride) - 1)
        self.places = places
    }

    /// The change of a row from its first occasion to its last, counted from `-reach`; nil if it has
    /// not two.
    func change(row: Int, in table: FactTable) -> Int? {
        let column = table.sets[SetField.scores.place]
        let text = Int(column.cells.code(row))
        guard text > 0 else { return nil }
        var first = Int32.max
        var last = Int32(-1)
        for place in column.ends[text - 1]..<column.ends[text] {
            let score = places[Int(column.tokensOfTexts[place])]
            guard score >= 0 else { continue }
            first = min(first, score)
            last = max(last, score)
        }
        guard last / ScoreScale.stride > first / ScoreScale.stride, last >= 0 else { return nil }
        return Int(last % ScoreScale.stride - first % ScoreScale.stride) + reach
    }
}
