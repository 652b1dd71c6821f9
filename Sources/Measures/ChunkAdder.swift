import Programmes

/// Adds up tallies over the sets of one chunk.
struct ChunkAdder {
    let table: FactTable
    let chunk: Chunk
    /// The bits of every step of the plan.
    let sets: UnsafeBufferPointer<UInt64>
    /// The group of each row, when there are groups.
    let groupOf: UnsafeBufferPointer<UInt32>
    let groupCount: Int

    /// Adds one tally to the amounts so far.
    func add(
        _ tally: Tally,
        _ layout: Tallies.Layout,
        _ scales: [Span: SpanScale],
        _ scores: [String: ScoreScale],
        to result: inout Tallies
    ) {
        switch (tally, layout) {
        case (.count(let set), .sum(let start)):
            if groupCount == 1 {
                result.sums[start] += count(set)
            } else {
                eachRow(of: set) { row in result.sums[start + Int(groupOf[row])] += 1 }
            }
        case (.elapsedSum(let set, let span), .sum(let start)):
            guard let scale = scales[span] else { return }
            eachLength(of: set, scale) { row, length in
                result.sums[start + group(row)] += length
            }
        case (.elapsedCounts(let set, let span), .counts(let start, let width)):
            guard let scale = scales[span] else { return }
            eachLength(of: set, scale) { row, length in
                result.counts[start + group(row) * width + length - scale.least] += 1
            }
        case (.elapsedCounts(let set, let span), .list(let list)):
            guard let scale = scales[span] else { return }
            eachLength(of: set, scale) { row, length in
                result.lists[list].append(entry(row, length - scale.least))
            }
        case (.codesSeen(let set, let field), _):
            let column = table.codes[field.place]
            switch column.width {
            case .one: mark(column.ones, set, layout, &result)
            case .two: mark(column.twos, set, layout, &result)
            case .four: mark(column.fours, set, layout, &result)
            }
        case (.codeCounts(let set, let field), _):
            let column = table.codes[field.place]
            switch column.width {
            case .one: countValues(column.ones, from: 0, set, layout, &result)
            case .two: countValues(column.twos, from: 0, set, layout, &result)
            case .four: countValues(column.fours, from: 0, set, layout, &result)
            }
        case (.dayCounts(let set, let milestone), _):
            let column = table.dates[milestone.place]
            countValues(column.days, from: Int(column.lowest), set, layout, &result)
        case (.scoreChanges(let set, let instrument), .counts(let start, let width)):
            guard let scale = scores[instrument] else { return }
            eachRow(of: set) { row in
                guard let change = scale.change(row: chunk.start + row, in: table) else { return }
                result.counts[start + group(row) * width + change] += 1
            }
        case (.sum(let set, let field), .sum(let start)):
            table.numbers[field.place].numbers.withUnsafeBufferPointer { numbers in
                eachRow(of: set) { row in
                    result.sums[start + group(row)] += Int(numbers[chunk.start + row])
                }
            }
        default:
            break
        }
    }

    @inline(__always)
    private func group(_ row: Int) -> Int { groupCount == 1 ? 0 : Int(groupOf[row]) }

    @inline(__always)
    private func entry(_ row: Int, _ value: Int) -> UInt64 {
        UInt64(group(row)) << 32 | UInt64(value)
    }

    /// How many rows of the chunk are in a set.
    private func count(_ set: Int) -> Int {
        let base = set * Chunk.wordsMax
        var total = 0
        for word in base..<(base + chunk.words) { total &+= sets[word].nonzeroBitCount }
        return total
    }

    @inline(__always)
    private func mark<Cell: FixedWidthInteger>(
        _ cells: [Cell],
        _ set: Int,
        _ layout: Tallies.Layout,
        _ result: inout Tallies
    ) {
        cells.withUnsafeBufferPointer { cells in
            switch layout {
            case .counts(let start, let width):
                result.counts.withUnsafeMutableBufferPointer { counts in
                    eachRow(of: set) { row in
                        counts[start + group(row) * width + Int(cells[chunk.start + row])] = 1
                    }
                }
            case .list(let list):
                eachRow(of: set) { row in
                    result.lists[list].append(entry(row, Int(cells[chunk.start + row])))
                }
            case .sum:
                break
            }
        }
    }

    /// Counts the rows of a set for each value of their cells, the least value being `first`.
    @inline(__always)
    private func countValues<Cell: FixedWidthInteger>(
        _ cells: [Cell],
        from first: Int,
        _ set: Int,
        _ layout: Tallies.Layout,
        _ result: inout Tallies
    ) {
        cells.withUnsafeBufferPointer { cells in
            switch layout {
            case .counts(let start, let width):
                result.counts.withUnsafeMutableBufferPointer { counts in
                    eachRow(of: set) { row in
                        let value = Int(cells[chunk.start + row]) - first
                        counts[start + group(row) * width + value] += 1
                    }
                }
            case .list(let list):
                eachRow(of: set) { row in
                    let value = Int(cells[chunk.start + row]) - first
                    result.lists[list].append(entry(row, value))
                }
            case .sum:
                break
            }
        }
    }

    /// Calls `body` with each row of a set, counted from the start of the chunk.
    @inline(__always)
    private func eachRow(of set: Int, _ body: (Int) -> Void) {
        let base = set * Chunk.wordsMax
        for word in 0..<chunk.words {
            var bits = sets[base + word]
            while bits != 0 {
                body(word * 64 + bits.trailingZeroBitCount)
                bits &= bits &- 1
            }
        }
    }

    /// Calls `body` with each row of a set and its length of time.
    @inline(__always)
    private func eachLength(of set: Int, _ scale: SpanScale, _ body: (Int, Int) -> Void) {
        table.dates[scale.span.from.place].days.withUnsafeBufferPointer { from in
            table.dates[scale.span.to.place].days.withUnsafeBufferPointer { to in
                guard scale.span.inWorkingDays else {
                    eachRow(of: set) { row in
                        body(row, Int(to[chunk.start + row]) - Int(from[chunk.start + row]))
                    }
                    return
                }
                scale.workingDays.withUnsafeBufferPointer { days in
                    eachRow(of: set) { row in
                        let begun = days[Int(from[chunk.start + row]) - scale.firstCell]
                        let ended = days[Int(to[chunk.start + row]) - scale.firstCell]
                        body(row, Int(ended) - Int(begun))
                    }
                }
            }
        }
    }
}
