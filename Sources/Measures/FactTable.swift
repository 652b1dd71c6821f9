import Kernel
import Programmes

/// The facts of one programme's cases, column by column in memory: what reports are counted from.
///
/// Rows keep the order in which they were added. A cell that cannot hold its value (a date before
/// 1910-04-15 or after 2089-09-16, a number beyond 32 bits) is blank.
package struct FactTable: Sendable {
    /// The case of each row.
    package private(set) var cases: [CaseID] = []
    private(set) var dates = Array(repeating: DateColumn(), count: Milestone.allCases.count)
    private(set) var codes = Array(repeating: CodeColumn(), count: CodeField.allCases.count)
    private(set) var sets = Array(repeating: SetColumn(), count: SetField.allCases.count)
    private(set) var numbers = Array(repeating: NumberColumn(), count: NumberField.allCases.count)
    private var index = CaseIndex()

    /// An empty table.
    package init() {}

    /// The number of rows.
    package var count: Int { cases.count }

    /// Bytes of memory held by the columns, their dictionaries and the index of cases.
    package var bytes: Int {
        let columns =
            dates.reduce(0) { $0 + $1.memory } + codes.reduce(0) { $0 + $1.memory }
            + sets.reduce(0) { $0 + $1.memory } + numbers.reduce(0) { $0 + $1.memory }
        return columns + cases.capacity * 16 + index.memory
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

    /// Removes the rows of some cases; the others keep their order.
    ///
    /// The time taken grows with the table, not with the number removed.
    package mutating func remove(_ gone: Set<CaseID>) {
        let rows = gone.compactMap { row(of: $0) }.sorted()
        guard !rows.isEmpty else { return }
        cases.remove(rows)
        for place in dates.indices { dates[place].remove(rows) }
        for place in codes.indices { codes[place].remove(rows) }
        for place in sets.indices { sets[place].remove(rows) }
        for place in numbers.indices { numbers[place].remove(rows) }
        index.rebuild(cases)
    }

    // Loading from a database goes cell by cell, without making a `Facts` value or a `String`:
    //
    //     for each row { table.setDate(…); table.setCode(…); …; table.endRow(caseID: …) }
    //
    // Cells may come in any order; those not set are blank.

    /// Sets a date of the row being written.
    package mutating func setDate(_ milestone: Milestone, _ date: CivilDate?) {
        dates[milestone.place].put(date, row: count)
    }

    /// Sets a code of the row being written, from its UTF-8; an empty text is blank.
    package mutating func setCode(_ field: CodeField, _ text: UnsafeBufferPointer<UInt8>) {
        codes[field.place].put(text, row: count)
    }

    /// Sets the tokens of the row being written, from their UTF-8, one space between.
    package mutating func setSet(_ field: SetField, _ text: UnsafeBufferPointer<UInt8>) {
        sets[field.place].put(text, row: count)
    }

    /// Sets a number of the row being written.
    package mutating func setNumber(_ field: NumberField, _ number: Int?) {
        numbers[field.place].put(number, row: count)
    }

    /// Ends the row being written, which is that of a case not yet in the table.
    package mutating func endRow(caseID: CaseID) {
        cases.append(caseID)
        index.addLast(of: cases)
        for place in dates.indices { dates[place].fill(to: count) }
        for place in codes.indices { codes[place].fill(to: count) }
        for place in sets.indices { sets[place].fill(to: count) }
        for place in numbers.indices { numbers[place].fill(to: count) }
    }
}
