/// Figures that can be drawn and, the same ones, set out as a table.
package protocol Chart: Sendable {
    /// What it shows.
    var title: String { get }
    /// What can be seen in it, in a sentence or two.
    var says: String { get }
    /// Every figure that is drawn.
    var table: ChartTable { get }

    func drawn(in frame: Frame) -> Drawing
}

/// Figures as a table of texts, with a heading for each column; the first column names the row.
package struct ChartTable: Sendable, Hashable {
    package var headings: [String]
    package var rows: [[String]]

    package init(headings: [String], rows: [[String]]) {
        self.headings = headings
        self.rows = rows
    }
}

/// How a figure is put into words on a chart.
package enum NumberForm: Sendable, Hashable {
    case count
    /// Shares from 0 to 1.
    case percent
    case pounds
    case decimals(Int)
}
