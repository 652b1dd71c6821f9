/// A stretch of rows that is worked on at once: few enough that its bit sets stay in cache.
struct Chunk {
    /// Rows in a chunk; the last may have fewer.
    static let rowsMax = 1 << 14
    /// Words of a bit set over a chunk.
    static let wordsMax = rowsMax / 64

    let start: Int
    let rows: Int

    /// The chunks of a table of so many rows, by number.
    init(_ number: Int, of total: Int) {
        start = number * Chunk.rowsMax
        rows = min(Chunk.rowsMax, total - start)
    }

    /// How many chunks a table of so many rows has.
    static func count(of total: Int) -> Int { (total + rowsMax - 1) / rowsMax }

    /// Words of a bit set over these rows.
    var words: Int { (rows + 63) / 64 }

    /// The bits of the last word that stand for rows.
    var lastWord: UInt64 { rows % 64 == 0 ? ~0 : (1 << UInt64(rows % 64)) - 1 }
}

/// Makes the bit sets of a plan's steps over one chunk.
///
/// The loops are plain so that the compiler turns them into vector instructions: a test of each
/// cell gives a byte, 0 or 1, and eight bytes are then folded into eight bits by a multiplication.
struct ChunkScan {
    let table: FactTable
    let chunk: Chunk
    /// Room for a byte for each row.
    let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Makes one step's bits in `sets`, which holds those of the steps before it.
    func make(_ place: Int, _ step: Plan.Step, in sets: UnsafeMutableBufferPointer<UInt64>) {
        let words = chunk.words
        let base = place * Chunk.wordsMax
        let out = UnsafeMutableBufferPointer(rebasing: sets[base..<(base + words)])
        func set(_ place: Int) -> UnsafeMutableBufferPointer<UInt64> {
            let base = place * Chunk.wordsMax
            return UnsafeMutableBufferPointer(rebasing: sets[base..<(base + words)])
        }
        switch step {
        case .everyone:
            out.update(repeating: ~0)
            trim(out)
        case .nobody:
            out.update(repeating: 0)
        case .dateUpTo(let column, let limit):
            scan(table.dates[column].days, into: out) { $0 <= limit }
        case .lanes(let column, let codes):
            lanes(column, codes, into: out)
        case .table(let column, let flags):
            lookUp(column, flags, into: out)
        case .number(let column, let least, let most):
            scan(table.numbers[column].numbers, into: out) { $0 >= least && $0 <= most }
        case .all(let parts):
            combine(parts.map(set), into: out) { $0 & $1 }
        case .any(let parts):
            combine(parts.map(set), into: out) { $0 | $1 }
        case .not(let part):
            let other = set(part)
            for word in 0..<words { out[word] = ~other[word] }
            trim(out)
        }
    }

    private func trim(_ out: UnsafeMutableBufferPointer<UInt64>) {
        if let last = out.indices.last { out[last] &= chunk.lastWord }
    }

    private func lanes(
        _ column: Plan.Column,
        _ codes: [UInt32],
        into out: UnsafeMutableBufferPointer<UInt64>
    ) {
        let cells = cells(column)
        switch cells.width {
        case .one: lanes(cells.ones, codes, into: out)
        case .two: lanes(cells.twos, codes, into: out)
        case .four: lanes(cells.fours, codes, into: out)
        }
    }

    @inline(__always)
    private func lanes<Cell: FixedWidthInteger>(
        _ cells: [Cell],
        _ codes: [UInt32],
        into out: UnsafeMutableBufferPointer<UInt64>
    ) {
        let wanted = codes.map { Cell(truncatingIfNeeded: $0) }
        switch wanted.count {
        case 1:
            let a = wanted[0]
            scan(cells, into: out) { $0 == a }
        case 2:
            let (a, b) = (wanted[0], wanted[1])
            scan(cells, into: out) { $0 == a || $0 == b }
        default:
            let (a, b) = (wanted[0], wanted[1])
            let (c, d) = (wanted[2], wanted[wanted.count - 1])
            scan(cells, into: out) { $0 == a || $0 == b || $0 == c || $0 == d }
        }
    }

    private func lookUp(
        _ column: Plan.Column,
        _ flags: [UInt8],
        into out: UnsafeMutableBufferPointer<UInt64>
    ) {
        let cells = cells(column)
        flags.withUnsafeBufferPointer { flags in
            switch cells.width {
            case .one: scan(cells.ones, into: out) { flags[Int($0)] != 0 }
            case .two: scan(cells.twos, into: out) { flags[Int($0)] != 0 }
            case .four: scan(cells.fours, into: out) { flags[Int($0)] != 0 }
            }
        }
    }

    private func cells(_ column: Plan.Column) -> CodeColumn {
        switch column {
        case .code(let place): table.codes[place]
        case .set(let place): table.sets[place].cells
        }
    }

    @inline(__always)
    private func combine(
        _ parts: [UnsafeMutableBufferPointer<UInt64>],
        into out: UnsafeMutableBufferPointer<UInt64>,
        _ operation: (UInt64, UInt64) -> UInt64
    ) {
        let (first, second) = (parts[0], parts[1])
        for word in 0..<out.count { out[word] = operation(first[word], second[word]) }
        for part in parts.dropFirst(2) {
            for word in 0..<out.count { out[word] = operation(out[word], part[word]) }
        }
    }

    @inline(__always)
    private func scan<Cell>(
        _ cells: [Cell],
        into out: UnsafeMutableBufferPointer<UInt64>,
        _ test: (Cell) -> Bool
    ) {
        cells.withUnsafeBufferPointer { all in
            let cells = UnsafeBufferPointer(
                rebasing: all[chunk.start..<(chunk.start + chunk.rows)]
            )
            for row in 0..<chunk.rows { bytes[row] = test(cells[row]) ? 1 : 0 }
            for row in chunk.rows..<(chunk.words * 64) { bytes[row] = 0 }
            pack(into: out)
        }
    }

    /// Folds the bytes, each 0 or 1, into bits.
    @inline(__always)
    private func pack(into out: UnsafeMutableBufferPointer<UInt64>) {
        let raw = UnsafeRawBufferPointer(bytes)
        for word in 0..<out.count {
            var bits: UInt64 = 0
            for eighth in 0..<8 {
                let lanes = raw.loadUnaligned(
                    fromByteOffset: word * 64 + eighth * 8,
                    as: UInt64.self
                )
                let folded = (UInt64(littleEndian: lanes) &* 0x0102_0408_1020_4080) >> 56
                bits |= folded << UInt64(eighth * 8)
            }
            out[word] = bits
        }
    }
}
