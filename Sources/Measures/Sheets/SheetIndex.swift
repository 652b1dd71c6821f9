/// The counts of a sheet by line and column.
struct SheetIndex: Sendable, Hashable {
    private var lineOf: [CellName: Int] = [:]
    private var cells: [[String: ReleasedCell]]
    /// The dimensions that each line is set apart by.
    private var apart: [Set<Substring>]
    /// Those of them by which counts are withheld.
    private var withheld: [Set<Substring>]

    init(_ table: ReleasedTable) {
        cells = Array(repeating: [:], count: table.lines.count)
        apart = Array(repeating: [], count: table.lines.count)
        withheld = apart
        for (line, names) in table.lines.enumerated() {
            for name in names { lineOf[name] = line }
        }
        for cell in table.cells where cells.indices.contains(cell.line) {
            cells[cell.line][cell.column] = cell
            guard !cell.column.isEmpty else { continue }
            let dimension = SheetDimension.name(ofColumn: cell.column)
            apart[cell.line].insert(dimension)
            if cell.isWithheld { withheld[cell.line].insert(dimension) }
        }
    }

    /// The lines that have some of these names.
    func lines(_ names: [CellName]) -> [Int] {
        var found: [Int] = []
        for name in names {
            if let line = lineOf[name], !found.contains(line) { found.append(line) }
        }
        return found
    }

    /// Whether the counts of some lines are withheld in the columns of a dimension.
    func isWithheld(_ lines: [Int], by dimension: SheetDimension) -> Bool {
        lines.contains { withheld[$0].contains(dimension.name[...]) }
    }

    /// A count; nil if the sheet does not have it.
    func count(_ line: Int, _ column: String) -> ReleasedCell? {
        if let cell = cells[line][column] { return cell }
        guard !column.isEmpty, let whole = cells[line][""] else { return nil }
        // A group that is not listed had no cases, if the line was set apart in that way at all.
        let isApart = apart[line].contains(SheetDimension.name(ofColumn: column))
        guard whole.count == 0 || isApart else { return nil }
        return ReleasedCell(line: line, column: column, count: 0, isHidden: false)
    }

    /// The count of whichever of some lines shows it; that of another if none does.
    func count(_ lines: [Int], _ column: String) -> ReleasedCell? {
        var hidden: ReleasedCell?
        for line in lines {
            guard let found = count(line, column) else { continue }
            if !found.isHidden { return found }
            hidden = hidden ?? found
        }
        return hidden
    }
}
