import Dispatch
import Kernel
import Programmes

/// One pass over a table that makes a plan's sets and adds up tallies over them, by group.
///
/// The rows are cut into chunks, and runs of chunks are shared out over the processor's cores. Every
/// amount is a whole number, so the result does not depend on how they were shared out.
struct TallyRun {
    let plan: Plan
    let groups: GroupScale
    let tallies: [Tally]
    private let layouts: [Tallies.Layout]
    private let scales: [Span: SpanScale]
    private let empty: Tallies

    init(_ plan: Plan, _ tallies: [Tally], by groups: GroupScale, calendar: WorkingDayCalendar) {
        self.plan = plan
        self.groups = groups
        self.tallies = tallies
        var scales: [Span: SpanScale] = [:]
        var layouts: [Tallies.Layout] = []
        var sums = 0
        var counts = 0
        for tally in tallies {
            var width: Int?
            switch tally {
            case .count, .sum: break
            case .elapsedSum(_, let span):
                scales[span] = SpanScale(span, in: plan.table, calendar: calendar)
            case .elapsedCounts(_, let span):
                let scale = SpanScale(span, in: plan.table, calendar: calendar)
                scales[span] = scale
                width = scale.width
            case .codesSeen(_, let field):
                width = plan.table.codes[field.place].dictionary.count + 1
            }
            if let width {
                layouts.append(Tallies.Layout(isWide: true, start: counts, width: width))
                counts += width * groups.count
            } else {
                layouts.append(Tallies.Layout(isWide: false, start: sums, width: 1))
                sums += groups.count
            }
        }
        self.layouts = layouts
        self.scales = scales
        empty = Tallies(
            sums: Array(repeating: 0, count: sums),
            counts: Array(repeating: 0, count: counts)
        )
    }

    /// Adds everything up.
    func result() -> TallyResult {
        let chunks = Chunk.count(of: plan.table.count)
        // Pieces are more than cores, so that a slow one does not hold up the rest; fewer when each
        // has much to add up at the end.
        let pieces = min(chunks, empty.counts.count > 1 << 20 ? 4 : 16)
        var total = empty
        if pieces > 0 {
            var parts = [Tallies?](repeating: nil, count: pieces)
            parts.withUnsafeMutableBufferPointer { buffer in
                // Each call writes its own element, and all have ended before the buffer goes.
                nonisolated(unsafe) let buffer = buffer
                DispatchQueue.concurrentPerform(iterations: pieces) { piece in
                    let first = chunks * piece / pieces
                    buffer[piece] = part(first..<(chunks * (piece + 1) / pieces))
                }
            }
            for case .some(let part) in parts { total.add(part) }
        }
        return TallyResult(total, layouts, tallies, scales, groups.count)
    }

    /// Adds up some of the chunks.
    private func part(_ chunks: Range<Int>) -> Tallies {
        var result = empty
        let table = plan.table
        let setWords = plan.steps.count * Chunk.wordsMax
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: setWords) { sets in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Chunk.rowsMax) { bytes in
                withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Chunk.rowsMax) { group in
                    for number in chunks {
                        let chunk = Chunk(number, of: table.count)
                        let scan = ChunkScan(table: table, chunk: chunk, bytes: bytes)
                        for (place, step) in plan.steps.enumerated() {
                            scan.make(place, step, in: sets)
                        }
                        groups.write(chunk, of: table, to: group)
                        let adder = ChunkAdder(
                            table: table,
                            chunk: chunk,
                            sets: UnsafeBufferPointer(sets),
                            groupOf: UnsafeBufferPointer(group),
                            groupCount: groups.count
                        )
                        for (tally, layout) in zip(tallies, layouts) {
                            adder.add(tally, layout, scales, to: &result)
                        }
                    }
                }
            }
        }
        return result
    }
}

/// The amounts of each tally, by group and for the whole.
struct TallyResult {
    private let amounts: Tallies
    private let layouts: [Tally: Tallies.Layout]
    private let scales: [Span: SpanScale]
    private let groups: Int

    init(
        _ amounts: Tallies,
        _ layouts: [Tallies.Layout],
        _ tallies: [Tally],
        _ scales: [Span: SpanScale],
        _ groups: Int
    ) {
        self.amounts = amounts
        self.layouts = Dictionary(zip(tallies, layouts)) { first, _ in first }
        self.scales = scales
        self.groups = groups
    }

    /// The amount of a tally that is one number, in a group, or in all when it is nil.
    func sum(_ tally: Tally, group: Int?) -> Int {
        guard let layout = layouts[tally], !layout.isWide else { return 0 }
        if let group { return amounts.sums[layout.start + group] }
        return amounts.sums[layout.start..<(layout.start + groups)].reduce(0, +)
    }

    /// How many different codes were seen, blank not being one.
    func codesSeen(_ tally: Tally, group: Int?) -> Int {
        wide(tally, group: group).dropFirst().count { $0 > 0 }
    }

    /// Twice the median of some lengths of time, which is a whole number; nil if there are none.
    func twiceMedian(_ tally: Tally, _ span: Span, group: Int?) -> Int? {
        let counts = wide(tally, group: group)
        let total = counts.reduce(0, +)
        guard total > 0, let scale = scales[span] else { return nil }
        func length(_ rank: Int) -> Int {
            var passed = 0
            for (place, count) in counts.enumerated() {
                passed += count
                if passed > rank { return scale.least + place }
            }
            return scale.most
        }
        return length((total - 1) / 2) + length(total / 2)
    }

    private func wide(_ tally: Tally, group: Int?) -> [Int] {
        guard let layout = layouts[tally], layout.isWide else { return [] }
        var result = Array(repeating: 0, count: layout.width)
        for group in group.map({ $0...$0 }) ?? 0...(groups - 1) {
            let start = layout.start + group * layout.width
            for place in 0..<layout.width { result[place] += Int(amounts.counts[start + place]) }
        }
        return result
    }
}
