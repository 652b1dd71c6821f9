/// The counts of a sheet by line and column.
struct SheetIndex: Sendable, Hashable {
    private var lineOf: [CellName: Int] = [:]
    private var cells: [[String: ReleasedCell]]
    /// The dimensions that each line is set apart by.
    private var apart: [Set<Substring>]

    init(_ table: ReleasedTable) {
        cells = Array(repeating: [:], count: table.lines.count)
        apart = Array(repeating: [], count: table.lines.count)
        for (line, names) in table.lines.enumerated() {
            for name in names { lineOf[name] = line }
        }
        for cell in table.cells where cells.indices.contains(cell.line) {
            cells[cell.line][cell.column] = cell
            if !cell.column.isEmpty {
                apart[cell.line].insert(SheetDimension.name(ofColumn: cell.column))
            }
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

    /// A count, and whether it is hidden; nil if the sheet does not have it.
    func count(_ line: Int, _ column: String) -> (count: Int, isHidden: Bool)? {
        if let cell = cells[line][column] { return (cell.count, cell.isHidden) }
        guard !column.isEmpty, let whole = cells[line][""] else { return nil }
        // A group that is not listed had no cases, if the line was set apart in that way at all.
        let isApart = apart[line].contains(SheetDimension.name(ofColumn: column))
        return whole.count == 0 || isApart ? (0, false) : nil
    }

    /// The count of whichever of some lines shows it; that of another if none does.
    func count(_ lines: [Int], _ column: String) -> (count: Int, isHidden: Bool)? {
        var hidden: (count: Int, isHidden: Bool)?
        for line in lines {
            guard let found = count(line, column) else { continue }
            if !found.isHidden { return found }
            hidden = hidden ?? found
        }
        return hidden
    }
}
