import Casework
import Kernel
import Measures
import Programmes

/// Makes facts and populations at random, over few values so that they meet often.
struct RandomFacts {
    var random: RandomGenerator

    init(seed: UInt64) { random = RandomGenerator(seed: seed) }

    /// A day of January to April 2015.
    mutating func day() -> CivilDate { CivilDate(day: 16_436 + Int32(random.below(120))) }

    mutating func facts(_ number: Int) -> Facts {
        var facts = Facts(
            caseID: CaseID(high: 0, low: UInt64(number)),
            programme: "example",
            programmeVersion: 1,
            reference: "R\(number)"
        )
        facts.lastOccurredOn = day()
        facts.lastRecordedAt = Instant(milliseconds: Int64(random.below(1 << 40)))
        for milestone in Milestone.allCases where random.below(3) > 0 { facts[milestone] = day() }
        for field in CodeField.allCases where random.below(4) > 0 { facts[field] = code(field) }
        for field in SetField.allCases {
            let tokens = (0..<random.below(4)).map { _ in token(field) }
            facts[field] = Set(tokens).sorted().joined(separator: " ")
        }
        for field in NumberField.allCases where random.below(4) > 0 {
            facts[field] = random.below(12) - 2
        }
        return facts
    }

    /// A population of at most so many levels.
    mutating func population(depth: Int) -> Population {
        switch random.below(depth > 0 ? 11 : 6) {
        case 0: return .reached(pick(Milestone.allCases))
        case 1:
            let field = pick(CodeField.allCases)
            return .code(field, (0...random.below(6)).map { _ in code(field) })
        case 2: return .blank(pick(CodeField.allCases))
        case 3:
            let field = pick(SetField.allCases)
            let values = (0..<random.below(3)).map { _ in value(field) }
            return .token(field, key: key(), values: values)
        case 4:
            let from = random.below(10) - 2
            return .number(
                pick(NumberField.allCases),
                from: random.below(3) == 0 ? nil : from,
                to: random.below(3) == 0 ? nil : from + random.below(5) - 1
            )
        case 5: return .everyone
        case 6, 7: return .all(parts(depth))
        case 8, 9: return .any(parts(depth))
        default: return .not(population(depth: depth - 1))
        }
    }

    private mutating func parts(_ depth: Int) -> [Population] {
        (0..<random.below(4)).map { _ in population(depth: depth - 1) }
    }

    /// A code; some fields have few and some have many.
    private mutating func code(_ field: CodeField) -> String {
        if field == .deprivation { return "\(1 + random.below(10))" }
        return "\(field.rawValue)-\(random.below(field.place % 3 == 0 ? 3 : 60))"
    }

    private mutating func key() -> String { pick(["job", "job-2", "plan", "phq-9.exit"]) }

    private mutating func value(_ field: SetField) -> String {
        switch field {
        case .appointments: pick(["booked", "attended", "unrecorded"])
        case .clocks: pick(["running", "met", "missed"])
        default: pick(["yes", "no", "4", "14"])
        }
    }

    private mutating func token(_ field: SetField) -> String {
        let key = key()
        switch random.below(4) {
        case 0: return key
        case 1: return "\(key)@\(day().iso)"
        case 2: return "\(key):\(value(field))@\(day().iso)"
        default: return "\(key):\(value(field))"
        }
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[random.below(elements.count)]
    }
}
