import Kernel

/// A share over a window of time that counts only the cases for which the window has passed.
package struct Maturity: Sendable, Hashable {
    /// The mature cases in which it came about within the window.
    package private(set) var reached = 0
    /// The cases for which the window has passed.
    package private(set) var mature = 0
    /// The others, which count neither above nor below the line.
    package private(set) var notYet = 0

    package let windowDays: Int
    package let asAt: CivilDate

    package init(windowDays: Int, asAt: CivilDate) {
        self.windowDays = windowDays
        self.asAt = asAt
    }

    /// Takes in a case by the day from which its window runs and the day on which it came about.
    ///
    /// A quick success does not count before its window has passed, for then the quick would be
    /// counted and the slow would not.
    package mutating func add(from start: CivilDate, reachedOn day: CivilDate?) {
        let end = start.adding(days: windowDays)
        guard end <= asAt else {
            notYet += 1
            return
        }
        mature += 1
        if let day, day <= end { reached += 1 }
    }

    /// The share with its Wilson interval; nil while no case is mature.
    package var share: Ratio? { Ratio(reached, over: mature) }
    package var interval: Interval? { Statistics.wilson(reached, of: mature) }
}
