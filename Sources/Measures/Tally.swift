import Programmes

/// Something added up over a set of rows, which is given by its place among a plan's steps.
enum Tally: Hashable {
    /// The rows.
    case count(Int)
    /// The days, or working days, between two dates; every row of the set has both.
    case elapsedSum(Int, Span)
    /// The rows for each length of time between two dates; every row of the set has both.
    case elapsedCounts(Int, Span)
    /// Whether each code of a column is there, as a number above 0.
    case codesSeen(Int, CodeField)
    /// The numbers of a column; every row of the set has one.
    case sum(Int, NumberField)
}

/// The time from one milestone to another, in days or working days.
struct Span: Hashable {
    var from: Milestone
    var to: Milestone
    var inWorkingDays: Bool
}

/// The amounts of some tallies, for each group.
///
/// Amounts that are one number lie in `sums`, group after group; those that are a row of counts lie
/// in `counts`. Two such values over different rows are merged by adding.
struct Tallies {
    /// Where a tally's amounts lie.
    struct Layout {
        var isWide: Bool
        /// Where the first group's amounts begin.
        var start: Int
        /// How many amounts each group has.
        var width: Int
    }

    var sums: [Int]
    var counts: [UInt32]

    mutating func add(_ other: Tallies) {
        for place in sums.indices { sums[place] += other.sums[place] }
        for place in counts.indices { counts[place] += other.counts[place] }
    }
}
