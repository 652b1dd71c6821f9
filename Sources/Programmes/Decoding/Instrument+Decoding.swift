import Kernel

/// Measures: questionnaires and questions.
extension ProgrammeFile {
    static func instrument(_ place: Place) -> Instrument? {
        place.read("measure") { reader in
            let id = reader.required("id")?.define(.measure)
            let name = reader.name(or: id)
            let when = reader.required("occasions")
            let occasions = when.map(self.occasions) ?? []
            let scored = reader.optional("score")
            let score = scored?.read("score", score)
            let stem = reader.optional("stem")?.text()
            let summed = reader.optional("sum")
            let isSummed = summed?.word(["true"]) != nil
            let bands = reader.optional("bands")
            let clinical = reader.optional("clinical")
            let safety = reader.optional("safety")
            // Whoever asks about safety asks what nobody else may count.
            let isClinical = clinical?.word(["true"]) != nil || safety != nil
            let written = reader.optional("items")
            let faultsBefore = place.log.faults.count
            let items = reader.list("items").compactMap { item($0, of: id, sealed: isClinical) }
            // From items that could not be read whole nothing is worked out.
            let itemsAreRead = place.log.faults.count == faultsBefore
            if scored == nil {
                let expected = "`score` with its `min` and `max`"
                if written?.isEmptyList ?? true {
                    place.fault("a measure of nothing", expected: "`score`, `items` or both")
                }
                if isSummed { summed?.fault("a sum without a score", expected: expected) }
                bands?.fault("bands without a score", expected: expected)
            }
            if let when, when.isEmptyList {
                when.fault("a measure that is never taken", expected: "at least one occasion")
            }
            if let summed, isSummed, itemsAreRead, scored != nil || !items.isEmpty {
                checkSum(summed, score?.range, items)
            }
            guard let id, let name else { return nil }
            for occasion in occasions where scored != nil {
                place.log.names.allow(.occasion, "\(id).\(occasion.rawValue)")
            }
            return Instrument(
                id: id,
                name: name,
                occasions: occasions,
                score: score?.range,
                lowerIsBetter: score?.lowerIsBetter ?? false,
                items: items,
                stem: stem,
                isSummed: isSummed,
                bands: bands.map { self.bands($0, score?.range) } ?? [],
                isClinical: isClinical,
                safety: safety.map { itemsAreRead ? safetyItems($0, items) : [] } ?? []
            )
        }
    }

    private static func occasions(_ place: Place) -> [Occasion] {
        var occasions: [Occasion] = []
        for item in place.list() {
            guard let occasion = item.word(as: Occasion.self) else { continue }
            if occasions.contains(occasion) {
                let problem = "`\(occasion.rawValue)` stands there already"
                item.newFault(problem, expected: "each occasion once")
                continue
            }
            occasions.append(occasion)
        }
        return occasions
    }

    /// As far as it could be read: where the range could not, nothing is held to it.
    private typealias Score = (range: ClosedRange<Int>?, lowerIsBetter: Bool)

    private static func score(_ reader: MappingReader) -> Score? {
        let min = reader.required("min")?.whole(0...Place.large)
        let end = reader.required("max")
        let max = end?.whole(0...Place.large)
        let better = reader.required("better")?.word(["lower", "higher"])
        var score: Score = (nil, better == "lower")
        if let min, let max {
            if min < max {
                score.range = min...max
            } else {
                end?.fault("\(max) is not above \(min)", expected: "`max` greater than `min`")
            }
        }
        return score
    }

    /// An item: a coded question whose answers may score.
    private static func item(_ place: Place, of measure: String?, sealed: Bool) -> Question? {
        place.read("item") { reader in
            var question = question(
                reader,
                kind: sealed ? .sealedQuestion : .question,
                of: measure
            )
            guard let scores = reader.optional("scores") else { return question }
            let written = scores.list()
            if let count = question?.answers.count, written.count != count {
                scores.fault(
                    "\(written.count) score\(written.count == 1 ? "" : "s") for \(count) answers",
                    expected: "one score for each answer, in the same order"
                )
            }
            question?.scores = written.compactMap { $0.whole(0...1000) }
            return question
        }
    }

    /// The items add up, and to no more and no less than the score can be.
    private static func checkSum(_ place: Place, _ score: ClosedRange<Int>?, _ items: [Question]) {
        if let silent = items.first(where: \.scores.isEmpty) {
            place.fault("`\(silent.id)` has no scores to add", expected: "`scores` of each item")
            return
        }
        guard !items.isEmpty else {
            place.fault("there is nothing to add", expected: "`items` with their `scores`")
            return
        }
        let least = items.compactMap { $0.scores.min() }.reduce(0, +)
        let most = items.compactMap { $0.scores.max() }.reduce(0, +)
        guard let score, least < score.lowerBound || most > score.upperBound else { return }
        place.fault(
            "the items add to \(least) to \(most)",
            expected: "items within \(score.lowerBound) to \(score.upperBound)"
        )
    }

    private static func bands(_ place: Place, _ score: ClosedRange<Int>?) -> [Band] {
        var bands: [Band] = []
        var ids: Set<String> = []
        for (index, item) in place.list().enumerated() {
            let band = item.read("band") { reader -> Band? in
                let own = reader.required("id")
                let id = own?.id()
                if let id, !ids.insert(id).inserted {
                    own?.newFault("`\(id)` is defined twice", expected: "another name")
                }
                let name = reader.name(or: id)
                let start = reader.required("from")
                guard let from = start?.whole(score ?? (0...Place.large)), let id, let name else {
                    return nil
                }
                let least = bands.last.map { $0.from + 1 } ?? score?.lowerBound ?? from
                if index == 0 ? from != least : from < least {
                    start?.fault(
                        "the band begins at \(from)",
                        expected: index == 0 ? "the first at \(least)" : "\(least) or more"
                    )
                }
                return Band(id: id, name: name, from: from)
            }
            if let band { bands.append(band) }
        }
        return bands
    }

    private static func safetyItems(_ place: Place, _ items: [Question]) -> [SafetyItem] {
        place.entries().compactMap { key, value in
            guard let id = key.word(items.map(\.id)),
                let item = items.first(where: { $0.id == id })
            else { return nil }
            guard let most = item.scores.max() else {
                key.fault("`\(id)` has no scores", expected: "`scores` of that item")
                return nil
            }
            return value.whole(0...most).map { SafetyItem(item: id, from: $0) }
        }
    }

    /// Lets the file count what the published instruments leave in the facts.
    static func allowPublished(beside own: [Instrument], log: ReadingLog) {
        for known in Instrument.published where !own.contains(where: { $0.id == known.id }) {
            for occasion in known.occasions where known.score != nil {
                log.names.allow(.occasion, "\(known.id).\(occasion.rawValue)")
            }
            for item in known.items where !known.isClinical {
                log.names.allow(.question, item.id)
                item.answers.forEach { log.names.allow(.answer(to: item.id), $0) }
            }
        }
    }
}
