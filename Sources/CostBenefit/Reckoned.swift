/// A number that may rest on a count that is kept back, or on nothing.
package enum Reckoned: Sendable, Hashable {
    case known(Double)
    /// A count that it rests on is kept back from its readers, and so is this.
    case keptBack
    /// There is nothing to divide by.
    case none

    /// The number, where it is known.
    package var number: Double? {
        if case .known(let number) = self { return number }
        return nil
    }

    package func map(_ change: (Double) -> Double) -> Reckoned {
        if case .known(let number) = self { return .known(change(number)) }
        return self
    }

    /// What is made of two numbers, when both are known.
    static func both(
        _ one: Reckoned,
        _ other: Reckoned,
        _ make: (Double, Double) -> Reckoned
    ) -> Reckoned {
        if one == .keptBack || other == .keptBack { return .keptBack }
        guard case .known(let one) = one, case .known(let other) = other else { return .none }
        return make(one, other)
    }

    static func + (a: Reckoned, b: Reckoned) -> Reckoned { both(a, b) { .known($0 + $1) } }
    static func - (a: Reckoned, b: Reckoned) -> Reckoned { both(a, b) { .known($0 - $1) } }
    static func / (a: Reckoned, b: Reckoned) -> Reckoned {
        both(a, b) { $1 == 0 ? .none : .known($0 / $1) }
    }

    /// The number in words; a star where it is kept back, a dash where there is none.
    package func text(_ words: (Double) -> String) -> String {
        switch self {
        case .known(let number): words(number)
        case .keptBack: "*"
        case .none: "–"
        }
    }
}

extension [Reckoned] {
    /// The sum; kept back where one of them is.
    var sum: Reckoned { reduce(.known(0), +) }
}
