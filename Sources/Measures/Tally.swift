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
    /// The rows for each code of a column, blank among them.
    case codeCounts(Int, CodeField)
    /// The rows for each day of a milestone; every row of the set has one.
    case dayCounts(Int, Milestone)
    /// The rows for each change in an instrument's score, from the first occasion to the last; rows
    /// without two occasions are in none.
    case scoreChanges(Int, String)
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
/// Two such values over different rows are merged by adding.
struct Tallies {
    /// Where a tally's amounts lie.
    enum Layout {
        /// One number for each group, in `sums` from a place on.
        case sum(Int)
        /// A row of counts for each group, in `counts` from a place on.
        case counts(Int, width: Int)
        /// The entries themselves, in one of `lists`, when counts would be many and mostly 0.
        case list(Int)

        /// More counts than this are not kept for one tally.
        static let countsMax = 1 << 20
    }

    var sums: [Int]
    var counts: [UInt32]
    /// Entries with their group in the upper 32 bits.
    var lists: [[UInt64]]

    mutating func add(_ other: Tallies) {
        for place in sums.indices { sums[place] += other.sums[place] }
        for place in counts.indices { counts[place] += other.counts[place] }
        for place in lists.indices { lists[place] += other.lists[place] }
    }
}

extension Tallies {
    /// Makes room for one number for each group.
    mutating func layOutSum(_ groups: Int) -> Layout {
        sums += Array(repeating: 0, count: groups)
        return .sum(sums.count - groups)
    }

    /// Makes room for a row of counts for each group, or for a list of entries.
    mutating func layOutCounts(_ groups: Int, width: Int) -> Layout {
        guard width * groups <= Layout.countsMax else {
            lists.append([])
            return .list(lists.count - 1)
        }
        counts += Array(repeating: 0, count: width * groups)
        return .counts(counts.count - width * groups, width: width)
    }
}
