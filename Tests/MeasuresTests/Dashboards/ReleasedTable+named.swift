@testable import Measures

extension ReleasedTable {
    /// The counts by their names, each as often as it has one.
    var named: [(name: CellName, column: String, count: Int, isHidden: Bool)] {
        cells.flatMap { cell in
            lines[cell.line].map { ($0, cell.column, cell.count, cell.isHidden) }
        }
    }
}
