import Kernel
import Programmes

/// The facts of one programme's cases, column by column in memory: what reports are counted from.
///
/// Rows keep the order in which they were added. A cell that cannot hold its value (a date before
/// 1910-04-15 or after 2089-09-16, a number beyond 32 bits) is blank, and `unkept` counts it.
package struct FactTable: Sendable {
    /// The case of each row.
    package private(set) var cases: [CaseID] = []
    private var lastOccurred: [Int32] = []
    private var lastRecorded: [Int64] = []
    private(set) var dates = Array(repeating: DateColumn(), count: Milestone.allCases.count)
    private(set) var codes = Array(repeating: CodeColumn(), count: CodeField.allCases.count)
    private(set) var sets = Array(repeating: SetColumn(), count: SetField.allCases.count)
    private(set) var numbers = Array(repeating: NumberColumn(), count: NumberField.allCases.count)
    private var index = CaseIndex()
    /// How many cells of a row could not hold their value; most rows are not here.
    private var unkeptCells: [CaseID: Int] = [:]
    /// The same for the row that is being written.
    private var unkeptNow = 0

    /// An empty table, with room for a number of rows.
    package init(reserving rows: Int = 0) {
        guard rows > 0 else { return }
        cases.reserveCapacity(rows)
        lastOccurred.reserveCapacity(rows)
        lastRecorded.reserveCapacity(rows)
        for place in dates.indices { dates[place].reserve(rows) }
        for place in codes.indices { codes[place].reserve(rows) }
        for place in sets.indices { sets[place].reserve(rows) }
        for place in numbers.indices { numbers[place].reserve(rows) }
        index.reserve(rows)
    }

    /// The number of rows.
    package var count: Int { cases.count }

    /// How many cells are blank because they could not hold their value.
    package var unkept: Int { unkeptCells.values.reduce(0, +) }

    /// Bytes of memory held by the columns, their dictionaries and the index of cases.
    package var bytes: Int {
        let columns =
            dates.reduce(0) { $0 + $1.memory } + codes.reduce(0) { $0 + $1.memory }
            + sets.reduce(0) { $0 + $1.memory } + numbers.reduce(0) { $0 + $1.memory }
        return columns + cases.capacity * 16 + lastOccurred.capacity * 4
            + lastRecorded.capacity * 8 + index.memory
    }

    /// The row of a case, or nil.
    package func row(of id: CaseID) -> Int? { index.row(of: id, in: cases) }

    /// The day that a row has for a milestone.
    package func date(_ milestone: Milestone, row: Int) -> CivilDate? {
        DateColumn.date(dates[milestone.place].days[row])
    }

    /// The code that a row has in a field.
    package func code(_ field: CodeField, row: Int) -> String? { codes[field.place].text(row) }

    /// The tokens that a row has in a field, one space between.
    package func set(_ field: SetField, row: Int) -> String {
        sets[field.place].cells.text(row) ?? ""
    }

    /// The number that a row has in a field.
    package func number(_ field: NumberField, row: Int) -> Int? {
        NumberColumn.number(numbers[field.place].numbers[row])
    }

    /// The latest day on which anything in a row happened.
    package func lastOccurredOn(row: Int) -> CivilDate { CivilDate(day: lastOccurred[row]) }

    /// When we were last told anything of a row's case.
    package func lastRecordedAt(row: Int) -> Instant { Instant(milliseconds: lastRecorded[row]) }

    /// Removes the rows of some cases; the others keep their order.
    ///
    /// The time taken grows with the table, not with the number removed.
    package mutating func remove(_ gone: Set<CaseID>) {
        let rows = gone.compactMap { row(of: $0) }.sorted()
        guard !rows.isEmpty else { return }
        cases.remove(rows)
        lastOccurred.remove(rows)
        lastRecorded.remove(rows)
        for place in dates.indices { dates[place].remove(rows) }
        for place in codes.indices { codes[place].remove(rows) }
        for place in sets.indices { sets[place].remove(rows) }
        for place in numbers.indices { numbers[place].remove(rows) }
        for id in gone { unkeptCells[id] = nil }
        index.rebuild(cases)
    }

    // Cells of a row, which may be the one after the last: `FactTable+Writing.swift` puts these
    // into words.

    mutating func put(_ date: CivilDate?, in milestone: Milestone, row: Int) {
        if !dates[milestone.place].put(date, row: row) { unkeptNow += 1 }
    }

    mutating func put(_ text: UnsafeBufferPointer<UInt8>, in field: CodeField, row: Int) {
        codes[field.place].put(text, row: row)
    }

    mutating func put(_ text: UnsafeBufferPointer<UInt8>, in field: SetField, row: Int) {
        sets[field.place].put(text, row: row)
    }

    mutating func put(_ number: Int?, in field: NumberField, row: Int) {
        if !numbers[field.place].put(number, row: row) { unkeptNow += 1 }
    }

    /// Ends the writing of a row, new or old.
    mutating func finish(row: Int, _ id: CaseID, _ occurred: CivilDate, _ recorded: Instant) {
        lastOccurred.put(occurred.day, at: row)
        lastRecorded.put(recorded.milliseconds, at: row)
        if row == cases.count {
            let rows = row + 1
            cases.append(id)
            index.addLast(of: cases)
            for place in dates.indices { dates[place].fill(to: rows) }
            for place in codes.indices { codes[place].fill(to: rows) }
            for place in sets.indices { sets[place].fill(to: rows) }
            for place in numbers.indices { numbers[place].fill(to: rows) }
        }
        if unkeptNow > 0 || !unkeptCells.isEmpty {
            unkeptCells[id] = unkeptNow > 0 ? unkeptNow : nil
            unkeptNow = 0
        }
    }
}
