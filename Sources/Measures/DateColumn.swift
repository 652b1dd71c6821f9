import Kernel

/// A date for each row, as days since 2000-01-01 in 16 bits.
///
/// It holds 1910-04-15 to 2089-09-16. A date outside is not bent to fit: the cell is left blank.
struct DateColumn: Sendable {
    /// What stands for a blank cell: above every date, so that "up to a day" is one comparison.
    static let blank = Int16.max
    /// The latest date that can be held.
    static let latest = Int16.max - 1
    /// The day of 2000-01-01 in a `CivilDate`.
    private static let origin = 10_957

    private(set) var days: [Int16] = []
    /// The least and greatest day ever put in, which bound every cell.
    private(set) var lowest = Int16.max
    private(set) var highest = Int16.min

    /// The cell for a date, or nil if it lies outside what a cell can hold.
    static func cell(_ date: CivilDate) -> Int16? {
        let day = Int(date.day) - origin
        return (Int(Int16.min)...Int(latest)).contains(day) ? Int16(day) : nil
    }

    /// The last cell that is not after a date: how a day of reporting is compared with the column.
    static func limit(_ date: CivilDate) -> Int16? {
        let day = Int(date.day) - origin
        guard day >= Int(Int16.min) else { return nil }
        return Int16(min(day, Int(latest)))
    }

    /// The date of a cell; nil if it is blank.
    static func date(_ cell: Int16) -> CivilDate? {
        cell == blank ? nil : CivilDate(day: Int32(Int(cell) + origin))
    }

    /// The `CivilDate` day of a cell that is not blank.
    static func day(_ cell: Int16) -> Int32 { Int32(Int(cell) + origin) }

    /// Sets a cell of a row, which may be the one after the last.
    mutating func put(_ date: CivilDate?, row: Int) {
        let held = date.flatMap { DateColumn.cell($0) }
        if let held {
            lowest = min(lowest, held)
            highest = max(highest, held)
        }
        days.put(held ?? DateColumn.blank, at: row)
    }

    /// Adds blank cells until there are `rows`.
    mutating func fill(to rows: Int) {
        while days.count < rows { days.append(DateColumn.blank) }
    }

    mutating func remove(_ rows: [Int]) { days.remove(rows) }

    /// Bytes of memory held.
    var memory: Int { days.capacity * 2 }
}

extension Array {
    /// Sets the element at a place, which may be the one after the last.
    mutating func put(_ element: Element, at place: Int) {
        if place == count {
            append(element)
        } else {
            self[place] = element
        }
    }

    /// Removes the elements at some places, given in order; the others keep their order.
    mutating func remove(_ places: [Int]) {
        var next = 0
        var kept = 0
        for place in indices {
            if next < places.count, places[next] == place {
                next += 1
                continue
            }
            if kept != place { self[kept] = self[place] }
            kept += 1
        }
        removeLast(count - kept)
    }
}
