import Casework
import Kernel
import Programmes

/// A seeded, believable year of WorkWell Manchester, in which nobody is real.
///
/// The same seed on the same day makes the same cases. Every case is made by commands that
/// `Casework.decide` judges on the day on which they would have been given; nothing is written past
/// the rules. What is told ends on the day before, so that the hour of the making does not matter.
package struct Demonstration: Sendable {
    package var seed: UInt64
    /// How many cases are made.
    package var cases: Int

    package init(seed: UInt64 = 2_026, cases: Int = Demonstration.wholeYear) {
        self.seed = seed
        self.cases = cases
    }

    /// The number of cases for which the coaches' capacity is meant.
    package static let wholeYear = 2_000
    static let programme = "workwell-manchester"

    /// A generator for one purpose, so that a change in one place does not stir all others.
    func random(_ purpose: Int) -> RandomGenerator {
        RandomGenerator(seed: seed &* 1_000_003 &+ UInt64(purpose))
    }

    /// A number that is meant for the whole year, made smaller with the number of cases.
    func scaled(_ number: Int, atLeast least: Int = 1) -> Int {
        max(least, (number * cases + Self.wholeYear / 2) / Self.wholeYear)
    }
}

/// Somebody whom a visitor of the demonstration can be.
package struct DemonstrationSignIn: Sendable, Hashable {
    package var login: String
    package var name: String
    /// What they are here for, in words: `coach at Be Well`.
    package var role: String
}

/// What making the demonstration came to.
package struct DemonstrationResult: Sendable, Hashable {
    package var cases = 0
    package var events = 0
    /// What the rules refused: each a fault of the generator.
    package var refusals: [String] = []
}

extension RandomGenerator {
    /// Whether something happens that happens so often in a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// A whole number of a range, each as likely.
    mutating func of(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// One of some values, each as often as its weight says.
    mutating func weighted<T>(_ first: (T, Int), _ rest: (T, Int)...) -> T {
        weighted(first, rest)
    }

    mutating func weighted<T>(_ first: (T, Int), _ rest: [(T, Int)]) -> T {
        var left = below(first.1 + rest.reduce(0) { $0 + $1.1 }) - first.1
        if left < 0 { return first.0 }
        for (value, weight) in rest {
            left -= weight
            if left < 0 { return value }
        }
        return first.0
    }

    /// One of a list of texts.
    mutating func text(_ texts: [String]) -> String { pick(texts) ?? "" }
}
