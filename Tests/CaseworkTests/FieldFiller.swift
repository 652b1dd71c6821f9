import Kernel

@testable import Casework

/// Fills every blank field of an event: sealed ones with a word to be looked for.
struct FieldFiller: FieldVisitor {
    static let secret = "Sécret \"of\" the person\n"

    mutating func field(_ name: String, _ value: inout String) {
        if value.isEmpty { value = "." }
    }
    mutating func field(_ name: String, _ value: inout String?) {
        // The closed sets that may be left out.
        value = ["audience": "referrer", "for": "support"][name] ?? "?"
    }
    mutating func field(_ name: String, _ value: inout Int) { value = 7 }
    mutating func field(_ name: String, _ value: inout Int?) { value = 8 }
    mutating func field(_ name: String, _ value: inout Bool?) { value = true }
    mutating func field(_ name: String, _ value: inout CivilDate) { value = CivilDate(day: 20_000) }
    mutating func field(_ name: String, _ value: inout CivilDate?) { value = .init(day: 20_001) }
    mutating func field(_ name: String, _ value: inout [String]) { value = ["a", "b"] }
    mutating func field(_ name: String, _ value: inout [String: String]) { value = ["q": "a"] }
    mutating func sealed(_ name: String, _ value: inout String?) { value = Self.secret + name }
    mutating func sealed(_ name: String, _ value: inout [String: String]) {
        value = ["q": Self.secret + name]
    }
}

/// Fills the fields of an event with anything at all, the greatest and the least included.
struct FieldScrambler: FieldVisitor {
    var random: RandomGenerator
    /// Words that mean something now and then.
    let words: [String]

    private mutating func text() -> String {
        switch random.below(6) {
        case 0: ""
        case 1: String(repeating: "ä€\u{1F600} ", count: random.below(40))
        case 2: "\u{0}\u{7F}\u{202E}\"\\"
        default: random.pick(words) ?? ""
        }
    }

    private mutating func number() -> Int {
        switch random.below(6) {
        case 0: .max
        case 1: .min
        case 2: -1
        default: random.below(120)
        }
    }

    private mutating func date() -> CivilDate {
        switch random.below(6) {
        case 0: CivilDate(day: .max)
        case 1: CivilDate(day: .min)
        default: CivilDate(day: 20_000 + Int32(random.below(400)))
        }
    }

    mutating func field(_ name: String, _ value: inout String) {
        // What is one of a few words stays so: a reader lets nothing else in.
        if value.isEmpty || random.below(3) == 0, !Self.closed.contains(name) { value = text() }
    }
    mutating func field(_ name: String, _ value: inout String?) {
        if name == "audience" {
            value = random.pick(["team", "referrer", "person"])
            return
        }
        if name == "for" {
            value = random.pick(ReopeningPurpose.allCases.map(\.rawValue))
            return
        }
        value = random.below(2) == 0 ? nil : text()
    }
    mutating func field(_ name: String, _ value: inout Int) { value = number() }
    mutating func field(_ name: String, _ value: inout Int?) {
        value = random.below(3) == 0 ? nil : number()
    }
    mutating func field(_ name: String, _ value: inout Bool?) { value = random.below(2) == 0 }
    mutating func field(_ name: String, _ value: inout CivilDate) { value = date() }
    mutating func field(_ name: String, _ value: inout CivilDate?) {
        value = random.below(3) == 0 ? nil : date()
    }
    mutating func field(_ name: String, _ value: inout [String]) { value = [text(), text()] }
    mutating func field(_ name: String, _ value: inout [String: String]) {
        value = random.below(2) == 0 ? [:] : [text(): text()]
    }
    mutating func sealed(_ name: String, _ value: inout String?) { value = text() }
    mutating func sealed(_ name: String, _ value: inout [String: String]) {
        value = random.below(2) == 0 ? [:] : [text(): text()]
    }

    private static let closed: Set<String> = [
        "verdict", "reason", "outcome", "scope", "occasion", "to", "way",
    ]
}
