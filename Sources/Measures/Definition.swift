import Kernel
import Programmes

extension Indicator {
    /// What is counted, as a sentence.
    ///
    /// For example: "Cases with a first contact and with intensity high, divided by cases with a
    /// first contact."
    package func definition(in programme: Programme) -> String {
        let words = sentence(PopulationWords(programme), programme)
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    private func sentence(_ words: PopulationWords, _ programme: Programme) -> String {
        switch kind {
        case .count(let population):
            return words.cases(within(population, programme)) + divided(words) + multiplied
        case .mean(let elapsed, let over):
            return "mean \(elapsed.words), over \(words.cases(over))"
        case .median(let elapsed, let over):
            return "median \(elapsed.words), over \(words.cases(over))"
        case .distinct(let field, let over):
            return "number of different values of \(field.words) among "
                + words.cases(within(over, programme)) + divided(words)
        case .sum(let field, let over):
            let cases = words.cases(within(over, programme))
            return "sum of \(field.words) over \(cases)" + divided(words)
        case .met(let id):
            let clock = programme.clocks.first { $0.id == id }
            let name = clock.map { "“\($0.name)”" } ?? id
            if case .target = of { return "cases that met the clock \(name)" + divided(words) }
            return words.cases(whole) + " that met the clock \(name), divided by those that met or "
                + "missed it; a clock that is overdue counts as missed"
        case .outcome(let id):
            let rule = programme.outcomes.first { $0.id == id }
            let name = rule.map { "“\($0.name)”" } ?? id
            guard case .population = of else {
                return "cases with the outcome \(name)" + divided(words) + multiplied
            }
            let only = rule?.window.map { ", counting a case once \($0.words)" } ?? ""
            return words.cases(whole) + " with the outcome \(name), divided by "
                + words.cases(whole) + only
        }
    }

    private var whole: Population {
        if case .population(let population) = of { return population }
        return .everyone
    }

    /// A population within the denominator, naming the denominator first and only once.
    private func within(_ population: Population, _ programme: Programme) -> Population {
        guard case .population(let whole) = of, whole != population, whole != .everyone else {
            return population
        }
        if population == .everyone { return whole }
        guard case .all(let parts) = population.resolved(in: programme) else {
            return .all([whole, population])
        }
        return .all([whole] + parts.filter { $0 != whole })
    }

    private func divided(_ words: PopulationWords) -> String {
        switch of {
        case nil: ""
        case .population(let population): ", divided by \(words.cases(population))"
        case .target(let id, let value):
            ", divided by the target of \(Show.thousands(value)) (\(id))"
        }
    }

    private var multiplied: String { times.map { ", at \($0.text) each" } ?? "" }
}

extension Elapsed {
    /// "weeks from start of support to discharge".
    var words: String { "\(unit.words) from \(from.words) to \(to.words)" }
}
