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
    private let scores: [String: ScoreScale]
    private let empty: Tallies

    init(
        _ plan: Plan,
        _ tallies: [Tally],
        by groups: GroupScale,
        calendar: WorkingDayCalendar,
        instruments: [Instrument] = []
    ) {
        self.plan = plan
        self.groups = groups
        self.tallies = tallies
        var scales: [Span: SpanScale] = [:]
        var scores: [String: ScoreScale] = [:]
        var empty = Tallies(sums: [], counts: [], lists: [])
        layouts = tallies.map { tally in
            switch tally {
            case .count, .sum:
                return empty.layOutSum(groups.count)
            case .elapsedSum(_, let span):
                scales[span] = SpanScale(span, in: plan.table, calendar: calendar)
                return empty.layOutSum(groups.count)
            case .elapsedCounts(_, let span):
                let scale = SpanScale(span, in: plan.table, calendar: calendar)
                scales[span] = scale
                return empty.layOutCounts(groups.count, width: scale.width)
            case .dayCounts(_, let milestone):
                let column = plan.table.dates[milestone.place]
                let width = max(0, Int(column.highest) - Int(column.lowest) + 1)
                return empty.layOutCounts(groups.count, width: width)
            case .scoreChanges(_, let id):
                let instrument = instruments.first { $0.id == id }
                let scale = ScoreScale(instrument, in: plan.table)
                scores[id] = scale
                return empty.layOutCounts(groups.count, width: scale.width)
            case .codesSeen(_, let field), .codeCounts(_, let field):
                let width = plan.table.codes[field.place].dictionary.count + 1
                return empty.layOutCounts(groups.count, width: width)
            }
        }
        self.scales = scales
        self.scores = scores
        self.empty = empty
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
        let places = Dictionary(zip(tallies, layouts)) { first, _ in first }
        return TallyResult(total, places, scales, scores, plan.table, groups: groups.count)
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
                            adder.add(tally, layout, scales, scores, to: &result)
                        }
                    }
                }
            }
        }
        return result
    }
}
