import Casework
import Kernel
import Programmes

/// Judges one case after the other in the plainest way: what the engine is compared with.
struct NaiveEvaluator {
    let asAt: CivilDate

    func holds(_ population: Population, _ facts: Facts) -> Bool {
        switch population {
        case .everyone: return true
        case .named: return false
        case .all(let parts): return parts.allSatisfy { holds($0, facts) }
        case .any(let parts): return parts.contains { holds($0, facts) }
        case .not(let part): return !holds(part, facts)
        case .reached(let milestone): return facts[milestone].map { $0 <= asAt } ?? false
        case .code(let field, let values): return facts[field].map(values.contains) ?? false
        case .blank(let field): return facts[field] == nil
        case .token(let field, let key, let values):
            let tokens = facts[field].split(separator: " ").map(String.init)
            return tokens.contains { passes($0, field, key, values) }
        case .number(let field, let from, let to):
            guard let number = facts[field] else { return false }
            return number >= from ?? number && number <= to ?? number
        }
    }

    private func passes(
        _ token: String,
        _ field: SetField,
        _ key: String,
        _ values: [String]
    ) -> Bool {
        let halves = token.split(separator: "@", maxSplits: 1).map(String.init)
        let date = halves.count > 1 ? CivilDate(iso: halves[1]) : nil
        let parts = halves[0].split(separator: ":", maxSplits: 1).map(String.init)
        guard parts[0] == key else { return false }
        var value = parts.count > 1 ? parts[1] : ""
        if let date {
            if field == .outcomes, date > asAt { return false }
            if field == .clocks, value == "running", date < asAt { value = "missed" }
            if field == .appointments, value == "booked", date <= asAt { value = "unrecorded" }
        }
        return values.isEmpty || values.contains(value)
    }
}
