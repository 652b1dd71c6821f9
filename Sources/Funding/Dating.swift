import Casework
import Kernel
import Measures
import Programmes

/// Finds out on which day a case came into a population.
///
/// The day is that of the latest milestone or outcome that the population asks for, and of several
/// that will do, the earliest. A population that asks for none has the day of referral.
struct Dating {
    /// What a population asks for that has a date.
    indirect enum Asked: Hashable {
        case milestone(Milestone)
        case outcome(String)
        case latest([Asked])
        case earliest([Asked])
    }

    private let named: [String: Population]

    init(_ programme: Programme) {
        let pairs = programme.populations.map { ($0.id, $0.population) }
        named = Dictionary(pairs) { first, _ in first }
    }

    /// What a population asks for, which is a referral at least.
    func asked(_ population: Population) -> Asked { part(population) ?? .milestone(.referred) }

    private func part(_ population: Population) -> Asked? {
        switch population {
        case .everyone, .not, .code, .blank, .number: nil
        case .named(let id): named[id].flatMap(part)
        case .reached(let milestone): .milestone(milestone)
        case .token(let field, let key, _): field == .outcomes ? .outcome(key) : nil
        case .all(let parts): Self.joined(parts.compactMap(part)) { .latest($0) }
        case .any(let parts): Self.joined(parts.compactMap(part)) { .earliest($0) }
        }
    }

    private static func joined(_ parts: [Asked], _ join: ([Asked]) -> Asked) -> Asked? {
        parts.count <= 1 ? parts.first : join(parts)
    }
}

extension Dating.Asked {
    /// The day, from a case's row of facts; that of the table if it has none of what is asked for.
    func day(_ table: FactTable, row: Int, asAt: CivilDate) -> CivilDate {
        found(asAt) { milestone in
            table.date(milestone, row: row)
        } outcome: { id in
            Self.date(of: id, in: table.set(.outcomes, row: row))
        } ?? asAt
    }

    /// The milestones and outcomes that are asked for.
    var names: (milestones: [Milestone], outcomes: [String]) {
        switch self {
        case .milestone(let milestone): ([milestone], [])
        case .outcome(let id): ([], [id])
        case .latest(let parts), .earliest(let parts):
            (parts.flatMap(\.names.milestones), parts.flatMap(\.names.outcomes))
        }
    }

    private func found(
        _ asAt: CivilDate,
        milestone: (Milestone) -> CivilDate?,
        outcome: (String) -> CivilDate?
    ) -> CivilDate? {
        switch self {
        case .milestone(let one): return milestone(one).flatMap { $0 <= asAt ? $0 : nil }
        case .outcome(let id): return outcome(id).flatMap { $0 <= asAt ? $0 : nil }
        case .latest(let parts):
            return parts.compactMap { $0.found(asAt, milestone: milestone, outcome: outcome) }.max()
        case .earliest(let parts):
            return parts.compactMap { $0.found(asAt, milestone: milestone, outcome: outcome) }.min()
        }
    }

    /// The date of one of the tokens `id@date`.
    private static func date(of id: String, in tokens: String) -> CivilDate? {
        for token in tokens.split(separator: " ") where token.hasPrefix(id) {
            let rest = token.dropFirst(id.count)
            if rest.first == "@", let date = CivilDate(iso: rest.dropFirst()) { return date }
        }
        return nil
    }
}
