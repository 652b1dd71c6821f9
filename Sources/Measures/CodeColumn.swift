/// A text for each row, held as its code in a dictionary; 0 is blank.
///
/// Cells have one byte while 255 texts suffice, then two, then four.
struct CodeColumn: Sendable {
    enum Width: Sendable {
        case one
        case two
        case four
    }

    private(set) var dictionary = ByteDictionary()
    private(set) var width = Width.one
    /// The cells, in the one of these three that `width` names.
    private(set) var ones: [UInt8] = []
    private(set) var twos: [UInt16] = []
    private(set) var fours: [UInt32] = []

    var count: Int {
        switch width {
        case .one: ones.count
        case .two: twos.count
        case .four: fours.count
        }
    }

    /// The code of a row.
    func code(_ row: Int) -> UInt32 {
        switch width {
        case .one: UInt32(ones[row])
        case .two: UInt32(twos[row])
        case .four: fours[row]
        }
    }

    /// The text of a row; nil if it is blank.
    func text(_ row: Int) -> String? {
        let code = code(row)
        return code == 0 ? nil : dictionary[code]
    }

    /// Sets a cell of a row, which may be the one after the last, and gives its code.
    @discardableResult
    mutating func put(_ text: UnsafeBufferPointer<UInt8>, row: Int) -> UInt32 {
        let code = dictionary.code(of: text)
        switch width {
        case .one where code > 0xFF:
            twos = widened(ones)
            ones = []
            width = .two
        case .two where code > 0xFFFF:
            fours = widened(twos)
            twos = []
            width = .four
        default: break
        }
        store(code, row)
        return code
    }

    /// Adds blank cells until there are `rows`.
    mutating func fill(to rows: Int) {
        while count < rows { store(0, count) }
    }

    mutating func remove(_ rows: [Int]) {
        switch width {
        case .one: ones.remove(rows)
        case .two: twos.remove(rows)
        case .four: fours.remove(rows)
        }
    }

    /// Bytes of memory held.
    var memory: Int {
        ones.capacity + twos.capacity * 2 + fours.capacity * 4 + dictionary.memory
    }

    private mutating func store(_ code: UInt32, _ row: Int) {
        switch width {
        case .one: ones.put(UInt8(truncatingIfNeeded: code), at: row)
        case .two: twos.put(UInt16(truncatingIfNeeded: code), at: row)
        case .four: fours.put(code, at: row)
        }
    }

    /// The same cells with more bytes, and as much room as there was.
    private func widened<Narrow: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ cells: [Narrow]
    ) -> [Wide] {
        var wide: [Wide] = []
        wide.reserveCapacity(cells.capacity)
        for cell in cells { wide.append(Wide(truncatingIfNeeded: cell)) }
        return wide
    }
}
