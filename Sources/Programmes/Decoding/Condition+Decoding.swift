import Kernel

/// Eligibility rules and their conditions.
extension ProgrammeFile {
    static func eligibilityRule(_ place: Place) -> EligibilityRule? {
        place.read("eligibility-rule") { reader in
            let id = reader.required("id")?.define(.rule)
            let require = reader.required("require")
            let condition = require?.condition()
            let says = reader.required("says")?.text()
            if let id, let condition {
                for word in condition.alternatives {
                    place.log.names.allow(.rule, "\(id).\(word)")
                }
            }
            guard let id, let condition, let says else { return nil }
            return EligibilityRule(id: id, require: condition, says: says)
        }
    }

    /// A rule of who is seen first.
    static func priorityRule(_ place: Place) -> PriorityRule? {
        place.read("priority-rule") { reader in
            let id = reader.required("id")?.define(.priority)
            let when = reader.required("when")?.condition()
            let says = reader.required("says")?.text()
            guard let id, let when, let says else { return nil }
            return PriorityRule(id: id, when: when, says: says)
        }
    }
}

extension Condition {
    /// The words by which the alternatives of its `any` are told apart in the facts.
    ///
    /// An alternative is called after its key with hyphens, such as `gp-area`; an answer after its
    /// question.
    fileprivate var alternatives: [String] {
        switch self {
        case .any(let parts): parts.compactMap(\.word) + parts.flatMap(\.alternatives)
        case .all(let parts): parts.flatMap(\.alternatives)
        case .not(let part): part.alternatives
        default: []
        }
    }

    /// What an alternative is called in the trace of a decision, and so in the facts.
    package var word: String? {
        switch self {
        case .all, .any, .not: nil
        case .age: "age"
        case .residence: "residence"
        case .practiceArea: "gp-area"
        case .jobcentreArea: "jobcentre-area"
        case .employmentStatus: "employment-status"
        case .benefit: "benefit"
        case .condition: "condition"
        case .source: "source"
        case .answer(let question, _): question
        }
    }
}

extension Place {
    /// A condition: a mapping with one or more keys, all of which must hold.
    func condition() -> Condition? {
        read("condition") { reader in
            var parts: [Condition?] = []
            if let place = reader.optional("all") { parts.append(.all(place.conditions())) }
            if let place = reader.optional("any") { parts.append(.any(place.conditions())) }
            if let place = reader.optional("not") {
                parts.append(place.condition().map { .not($0) })
            }
            if let place = reader.optional("age") {
                parts.append(
                    place.read("bounds") { reader in
                        let bounds = reader.bounds()
                        return .age(from: bounds.from, to: bounds.to)
                    }
                )
            }
            let lists: [(key: String, kind: NameKind?, make: ([String]) -> Condition)] = [
                ("residence", .area, Condition.residence),
                ("gp_area", .area, Condition.practiceArea),
                ("jobcentre_area", .area, Condition.jobcentreArea),
                ("benefit", nil, Condition.benefit),
                ("condition", nil, Condition.condition),
                ("source", .source, Condition.source),
            ]
            for (key, kind, make) in lists {
                guard let place = reader.optional(key) else { continue }
                parts.append(make(place.names(kind)))
            }
            if let place = reader.optional("employment_status") {
                let statuses = place.listOrOne().compactMap { $0.word(as: EmploymentStatus.self) }
                parts.append(.employmentStatus(statuses.map(\.rawValue)))
            }
            if let place = reader.optional("answer") {
                for (key, value) in place.entries() {
                    guard let question = key.use(.question) else { continue }
                    let answers = value.names(.answer(to: question))
                    parts.append(.answer(question: question, answers: answers))
                }
            }
            return reader.joined(parts) { .all($0) }
        }
    }

    private func conditions() -> [Condition] {
        let items = list()
        if isEmptyList {
            fault("an empty list of conditions", expected: "at least one condition")
        }
        return items.compactMap { $0.condition() }
    }

    /// One name or a list of names, of a kind that the file defines, or any names.
    func names(_ kind: NameKind?) -> [String] {
        let places = listOrOne()
        if isEmptyList { fault("an empty list", expected: "at least one") }
        return places.compactMap { place in
            kind.map { place.use($0) } ?? place.id()
        }
    }
}

extension MappingReader {
    /// The parts of a mapping, all of which must hold: one alone stands for itself.
    func joined<Part>(_ parts: [Part?], all: ([Part]) -> Part) -> Part? {
        guard !parts.isEmpty else {
            if place.isEmptyMapping {
                place.fault("nothing is asked for", expected: "at least one key")
            }
            return nil
        }
        let sound = parts.compactMap { $0 }
        return sound.count == 1 ? sound.first : all(sound)
    }
}
