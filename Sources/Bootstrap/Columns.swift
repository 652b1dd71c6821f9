/// Rows put into columns for a terminal.
enum Columns {
    /// The rows with their cells one below the other.
    static func aligned(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }

    /// The same set in, without the columns that have nothing below their heading.
    static func text(_ rows: [[String]]) -> String {
        let used = (rows.first ?? []).indices.filter { column in
            rows.dropFirst().contains { $0[column] != "" }
        }
        return aligned(rows.map { row in [""] + used.map { row[$0] } })
    }
}
