import Programmes

/// Puts a population into words that follow "cases": "with a first contact and with intensity high".
struct PopulationWords {
    let programme: Programme
    /// Names that are being put into words, so that a circle ends.
    private var open: Set<String> = []

    init(_ programme: Programme) { self.programme = programme }

    /// The words; nil for everyone, who need none.
    func words(_ population: Population) -> String? {
        switch population {
        case .everyone:
            return nil
        case .named(let id):
            guard let inner = programme.populations.first(where: { $0.id == id })?.population,
                !open.contains(id)
            else { return "in \(id)" }
            var words = self
            words.open.insert(id)
            return words.words(inner)
        case .all(let parts):
            let all = parts.compactMap { part(of: $0, isAny: isAny($0)) }
            return all.isEmpty ? nil : listed(all, "and")
        case .any(let parts):
            if parts.contains(where: { words($0) == nil }) { return nil }
            let any = parts.compactMap { part(of: $0, isAny: isAll($0)) }
            return any.isEmpty ? "that do not exist" : listed(any, "or")
        case .not(let inner):
            guard let words = words(inner) else { return "that do not exist" }
            return isAll(inner) || isAny(inner) ? "not (\(words))" : "not \(words)"
        case .reached(let milestone):
            return milestone.reachedWords
        case .code(let field, let values):
            return "with \(field.words) \(listed(values, "or"))"
        case .blank(let field):
            return "with no \(field.words)"
        case .token(let field, let key, let values):
            return "with \(field.word) \(key)" + (values.isEmpty ? "" : " \(listed(values, "or"))")
        case .number(let field, let from, let to):
            return "with \(field.words)\(bounds(from, to))"
        }
    }

    /// "cases with …", or "all cases".
    func cases(_ population: Population) -> String {
        words(population).map { "cases \($0)" } ?? "all cases"
    }

    private func part(of population: Population, isAny: Bool) -> String? {
        guard let words = words(population) else { return nil }
        return isAny ? "(\(words))" : words
    }

    private func bounds(_ from: Int?, _ to: Int?) -> String {
        switch (from, to) {
        case (nil, nil): " known"
        case (let from?, nil): " at least \(from)"
        case (nil, let to?): " at most \(to)"
        case (let from?, let to?): from == to ? " \(from)" : " from \(from) to \(to)"
        }
    }

    private func isAny(_ population: Population) -> Bool {
        if case .any(let parts) = population.resolved(in: programme) { return parts.count > 1 }
        return false
    }

    private func isAll(_ population: Population) -> Bool {
        if case .all(let parts) = population.resolved(in: programme) { return parts.count > 1 }
        return false
    }
}

extension Population {
    /// What a name stands for; any other population is itself.
    func resolved(in programme: Programme) -> Population {
        var population = self
        for _ in programme.populations {
            guard case .named(let id) = population,
                let inner = programme.populations.first(where: { $0.id == id })
            else { break }
            population = inner.population
        }
        return population
    }

    /// Something asked about each case to which there may be no answer.
    enum Question: Hashable {
        case code(CodeField)
        case number(NumberField)
        case answer(String)

        /// That there is no answer, to follow "with".
        var unknownWords: String {
            switch self {
            case .code(let field): "\(field.words) not known"
            case .number(let field): "\(field.words) not known"
            case .answer(let key): "no answer to \(key)"
            }
        }
    }

    /// The questions that a case must answer one way to belong, each once, in order.
    func questions(_ programme: Programme) -> [Question] {
        var found: [Question] = []
        var names: Set<String> = []
        func visit(_ population: Population) {
            switch population {
            case .named(let id):
                guard names.insert(id).inserted else { return }
                programme.populations.first { $0.id == id }.map { visit($0.population) }
            case .all(let parts):
                parts.forEach(visit)
            case .code(let field, _) where field.blankIsUnknown:
                found.append(.code(field))
            case .number(.age, _, _):
                found.append(.number(.age))
            case .token(.answers, let key, let values) where !values.isEmpty:
                found.append(.answer(key))
            default:
                break
            }
        }
        visit(self)
        var seen: Set<Question> = []
        return found.filter { seen.insert($0).inserted }
    }
}
