@testable import Measures

extension ReleasedTable {
    /// The counts by their names, each as often as it has one.
    var named: [(name: CellName, column: String, count: Int, isHidden: Bool)] {
        cells.flatMap { cell in
            lines[cell.line].map { ($0, cell.column, cell.count, cell.isHidden) }
        }
    }
}

extension CountRelease {
    /// Adds a count as a sheet shows it.
    ///
    /// One of a withheld row that is not in the sheet is naught, which nobody knows.
    mutating func append(_ cell: ReleasedCell?) {
        append(cell?.count)
        isHidden[values.count - 1] = cell?.isHidden ?? false
        isWithheld[values.count - 1] = cell?.isWithheld ?? false
    }
}
