/// A whole number for each row, in 32 bits.
///
/// A number outside them is left blank.
struct NumberColumn: Sendable {
    /// What stands for a blank cell.
    static let blank = Int32.min

    private(set) var numbers: [Int32] = []

    /// The number of a cell; nil if it is blank.
    static func number(_ cell: Int32) -> Int? { cell == blank ? nil : Int(cell) }

    /// Sets a cell of a row, which may be the one after the last.
    mutating func put(_ number: Int?, row: Int) {
        numbers.put(number.flatMap { Int32(exactly: $0) } ?? NumberColumn.blank, at: row)
    }

    /// Adds blank cells until there are `rows`.
    mutating func fill(to rows: Int) {
        while numbers.count < rows { numbers.append(NumberColumn.blank) }
    }

    mutating func remove(_ rows: [Int]) { numbers.remove(rows) }

    /// Bytes of memory held.
    var memory: Int { numbers.capacity * 4 }
}
