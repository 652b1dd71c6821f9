extension ReportTable {
    /// The report as a Markdown document with one table.
    package var markdown: String {
        let grid = grid
        var lines = ["# \(Markup.markdown(title))", "", Markup.markdown(subtitle), ""]
        lines.append(Markup.row(grid.headings))
        lines.append("|" + grid.areFigures.map { $0 ? " ---: |" : " --- |" }.joined())
        lines += grid.rows.map(Markup.row)
        if let keptBack { lines += ["", Markup.markdown(keptBack.text)] }
        return lines.map { $0 + "\n" }.joined()
    }
}
