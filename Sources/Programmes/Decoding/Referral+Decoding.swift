import Kernel

/// Referral sources, questions and strands.
extension ProgrammeFile {
    static func referral(_ reader: MappingReader) -> ReferralRules? {
        let asks = reader.list("asks").compactMap(question)
        let place = reader.required("sources")
        let sources = place?.list().compactMap { source($0, asks: asks) } ?? []
        if let place, place.isEmptyList {
            place.fault("nobody can refer", expected: "at least one source")
        }
        return ReferralRules(sources: sources, asks: asks)
    }

    private static func source(_ place: Place, asks: [Question]) -> ReferralSource? {
        let all = asks.map(\.id)
        guard place.isMapping else {
            guard let id = place.define(.source) else { return nil }
            return ReferralSource(id: id, name: id.asName, asks: all)
        }
        return place.read("source") { reader in
            let id = reader.required("id")?.define(.source)
            let name = reader.name(or: id)
            let own = reader.optional("asks")?.list().compactMap { $0.use(.question) }
            guard let id, let name else { return nil }
            return ReferralSource(id: id, name: name, asks: own ?? all)
        }
    }

    /// A coded question of a referral.
    static func question(_ place: Place) -> Question? {
        place.read("question") { question($0, kind: .question) }
    }

    /// A coded question, of a referral or of a measure.
    static func question(
        _ reader: MappingReader,
        kind: NameKind,
        of measure: String? = nil
    ) -> Question? {
        let place = reader.required("id")
        let id = place?.define(kind)
        if let place, let id { checkName(id, of: kind, in: measure, at: place) }
        let words = reader.required("question")?.text()
        let answer = NameKind.answer(to: id ?? "it")
        let list = reader.required("answers")
        let answers = list?.list().compactMap { id == nil ? $0.id() : $0.define(answer) } ?? []
        if let list, list.isEmptyList {
            list.fault("a question without answers", expected: "at least one answer")
        }
        guard let id, let words else { return nil }
        return Question(id: id, question: words, answers: answers)
    }

    /// Ids of questions are one set, whoever asks and whatever becomes of the answers.
    private static func checkName(
        _ id: String,
        of kind: NameKind,
        in measure: String?,
        at place: Place
    ) {
        let other: NameKind = kind == .question ? .sealedQuestion : .question
        if place.log.names.contains(other, id) {
            place.fault("`\(id)` is defined twice", expected: "another name")
        }
        let known = Instrument.published.first { $0.item(id) != nil }
        if let known, known.id != measure {
            place.fault("`\(id)` is a question of \(known.name)", expected: "another name")
        }
    }

    static func strands(_ place: Place?) -> [Strand] {
        guard let place else { return [] }
        if place.isEmptyList {
            place.fault("a programme without strands", expected: "at least one strand")
        }
        return place.list().compactMap(strand)
    }

    private static func strand(_ place: Place) -> Strand? {
        place.read("strand") { reader in
            let id = reader.required("id")?.define(.strand)
            let name = reader.name(or: id)
            let provider = reader.required("provider")?.id()
            let partners = reader.list("partners").compactMap { $0.id() }
            let runs = reader.dateRange()
            let target = reader.optional("target")?.whole(0...Place.large)
            let funding = reader.optional("funding")?.pounds()
            let mix = reader.optional("mix").map(mix) ?? []
            let localities = localities(reader, target: target, funding: funding)
            let support = support(reader)
            let eligibility = reader.list("eligibility").compactMap(eligibilityRule)
            for organisation in [provider].compactMap({ $0 }) + partners {
                place.log.names.allow(.provider, organisation)
            }
            guard let id, let name, let provider, let runs else { return nil }
            return Strand(
                id: id,
                name: name,
                provider: provider,
                partners: partners,
                runs: runs,
                target: target,
                funding: funding,
                mix: mix,
                localities: localities,
                support: support,
                eligibility: eligibility
            )
        }
    }

    static func mix(_ place: Place) -> [MixTarget] {
        var mix: [MixTarget] = []
        for (key, value) in place.entries() {
            guard let status = key.word(as: EmploymentStatus.self) else { continue }
            guard let percent = value.whole(0...100) else { continue }
            mix.append(MixTarget(status: status.rawValue, percent: percent))
        }
        let sum = mix.map(\.percent).reduce(0, +)
        if sum != 100, mix.count == place.entryCount {
            place.fault("the shares add to \(sum)", expected: "shares that add to 100")
        }
        return mix
    }

    private static func localities(
        _ reader: MappingReader,
        target: Int?,
        funding: Pence?
    ) -> [LocalityTarget] {
        guard let place = reader.optional("localities") else { return [] }
        var ids: Set<String> = []
        let localities = place.list().compactMap { item in
            item.read("locality") { reader -> LocalityTarget? in
                let key = reader.required("id")
                let id = key?.id()
                let target = reader.required("target")?.whole(0...Place.large)
                let funding = reader.optional("funding")?.pounds()
                guard let id, let target else { return nil }
                if !ids.insert(id).inserted {
                    key?.fault("`\(id)` is defined twice", expected: "each locality once")
                }
                return LocalityTarget(id: id, target: target, funding: funding)
            }
        }
        let people = localities.map(\.target).reduce(0, +)
        if let target, people > target {
            place.fault("its localities' targets add to \(people)", expected: "at most \(target)")
        }
        let money = localities.compactMap(\.funding).reduce(.zero, +)
        if let funding, money > funding {
            place.fault("its localities' funding adds to \(money)", expected: "at most \(funding)")
        }
        return localities
    }
}
