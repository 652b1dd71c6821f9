/// A table written as text, for a policy reader to check: cells between bars, headings first.
struct TextTable {
    struct Row {
        /// Counted from 1, headings not included.
        var number: Int
        var cells: [String: String]

        /// A cell by its heading; empty when there is no such column.
        subscript(heading: String) -> String { cells[heading] ?? "" }
    }

    var rows: [Row] = []

    init(_ text: String) {
        var headings: [String] = []
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmed }
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

extension StringProtocol {
    /// Without blanks at either end.
    var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part = part.dropFirst() }
        while part.last?.isWhitespace == true { part = part.dropLast() }
        return String(part)
    }
}
