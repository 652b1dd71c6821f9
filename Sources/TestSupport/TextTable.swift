import Web

/// A table written as text, for a policy reader to check: cells between bars, headings first.
package struct TextTable {
    package struct Row {
        /// Counted from 1, headings not included.
        package var number: Int
        package var cells: [String: String]

        /// A cell by its heading; empty when there is no such column.
        package subscript(heading: String) -> String { cells[heading] ?? "" }
    }

    package var rows: [Row] = []

    package init(_ text: String) {
        var headings: [String] = []
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { String($0).trimmed }
            if cells.allSatisfy({ $0.allSatisfy { $0 == "-" } }) { continue }
            if headings.isEmpty {
                headings = cells
            } else {
                let pairs = zip(headings, cells)
                rows.append(
                    Row(
                        number: rows.count + 1,
                        cells: Dictionary(pairs) { first, _ in first }
                    )
                )
            }
        }
    }
}
