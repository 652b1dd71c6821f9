import Kernel
import Programmes

/// The amounts of each tally, by group and for the whole.
struct TallyResult {
    private let amounts: Tallies
    private let layouts: [Tally: Tallies.Layout]
    private let scales: [Span: SpanScale]
    private let scores: [String: ScoreScale]
    private let table: FactTable
    private let groups: Int

    init(
        _ amounts: Tallies,
        _ layouts: [Tally: Tallies.Layout],
        _ scales: [Span: SpanScale],
        _ scores: [String: ScoreScale],
        _ table: FactTable,
        groups: Int
    ) {
        var amounts = amounts
        for place in amounts.lists.indices { amounts.lists[place].sort() }
        self.amounts = amounts
        self.layouts = layouts
        self.scales = scales
        self.scores = scores
        self.table = table
        self.groups = groups
    }

    /// The amount of a tally that is one number, in a group, or in all when it is nil.
    func sum(_ tally: Tally, group: Int?) -> Int {
        guard case .sum(let start) = layouts[tally] else { return 0 }
        if let group { return amounts.sums[start + group] }
        return amounts.sums[start..<(start + groups)].reduce(0, +)
    }

    /// How many different codes were seen, blank not being one.
    func codesSeen(_ tally: Tally, group: Int?) -> Int {
        entries(tally, group: group).count { $0.value > 0 }
    }

    /// Twice the median of some lengths of time, which is a whole number; nil if there are none.
    func twiceMedian(_ tally: Tally, _ span: Span, group: Int?) -> Int? {
        let entries = entries(tally, group: group)
        let total = entries.reduce(0) { $0 + $1.count }
        guard total > 0, let scale = scales[span] else { return nil }
        func length(_ rank: Int) -> Int {
            var passed = 0
            for entry in entries {
                passed += entry.count
                if passed > rank { return scale.least + entry.value }
            }
            return scale.most
        }
        return length((total - 1) / 2) + length(total / 2)
    }

    /// The length of time that a share of some lengths do not pass, by nearest rank; nil if there
    /// are none.
    func quantile(_ share: Ratio, _ tally: Tally, _ span: Span, group: Int?) -> Int? {
        let entries = entries(tally, group: group)
        let total = entries.reduce(0) { $0 + $1.count }
        guard total > 0, let scale = scales[span] else { return nil }
        let (whole, rest) = (total * share.numerator).quotientAndRemainder(
            dividingBy: share.denominator
        )
        let rank = max(1, whole + (rest > 0 ? 1 : 0))
        var passed = 0
        for entry in entries {
            passed += entry.count
            if passed >= rank { return scale.least + entry.value }
        }
        return scale.most
    }

    /// How many rows have each code of a column; the blank ones under "".
    func codes(_ tally: Tally) -> [String: Int] {
        guard case .codeCounts(_, let field) = tally else { return [:] }
        let dictionary = table.codes[field.place].dictionary
        var found: [String: Int] = [:]
        for entry in entries(tally, group: nil) {
            found[entry.value == 0 ? "" : dictionary[UInt32(entry.value)]] = entry.count
        }
        return found
    }

    /// How many rows have each day of a milestone, in order.
    func days(_ tally: Tally, group: Int? = nil) -> [(day: CivilDate, count: Int)] {
        guard case .dayCounts(_, let milestone) = tally else { return [] }
        let lowest = Int(table.dates[milestone.place].lowest)
        return entries(tally, group: group).compactMap { entry in
            DateColumn.date(Int16(clamping: lowest + entry.value)).map { ($0, entry.count) }
        }
    }

    /// The changes of an instrument's score within rows, of which `eligible` are looked at.
    func changes(_ tally: Tally, eligible: Int) -> PairedChange {
        guard case .scoreChanges(_, let id) = tally, let scale = scores[id] else {
            return PairedChange(eligible: eligible)
        }
        var change = PairedChange(eligible: eligible)
        for entry in entries(tally, group: nil) {
            change.add(entry.value - scale.reach, times: entry.count)
        }
        return change
    }

    /// The different values of a tally in a group, or in all, in order, and how often each came.
    private func entries(_ tally: Tally, group: Int?) -> [(value: Int, count: Int)] {
        switch layouts[tally] {
        case .counts(let start, let width):
            var totals = Array(repeating: 0, count: width)
            for group in group.map({ $0...$0 }) ?? 0...(groups - 1) {
                let first = start + group * width
                for place in 0..<width { totals[place] += Int(amounts.counts[first + place]) }
            }
            return totals.enumerated().filter { $1 > 0 }.map { (value: $0, count: $1) }
        case .list(let place):
            return counted(amounts.lists[place], group: group)
        case .sum, nil:
            return []
        }
    }

    /// The different values of a sorted list of entries, and how often each came.
    private func counted(_ list: [UInt64], group: Int?) -> [(value: Int, count: Int)] {
        let values: [Int]
        if let group {
            let from = firstPlace(in: list, of: UInt64(group) << 32)
            let to = firstPlace(in: list, of: UInt64(group + 1) << 32)
            values = list[from..<to].map { Int($0 & 0xFFFF_FFFF) }
        } else {
            values = list.map { Int($0 & 0xFFFF_FFFF) }.sorted()
        }
        var result: [(value: Int, count: Int)] = []
        for value in values {
            if let last = result.last, last.value == value {
                result[result.count - 1].count += 1
            } else {
                result.append((value, 1))
            }
        }
        return result
    }

    /// Where the entries that are not below a bound begin.
    private func firstPlace(in list: [UInt64], of bound: UInt64) -> Int {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
