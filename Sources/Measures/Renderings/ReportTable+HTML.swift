extension ReportTable {
    /// The table as a page of its own, to be opened or printed as it is.
    package var htmlPage: String {
        Markup.page(
            title: title,
            style: """
                caption { font-weight: bold; text-align: left; padding-bottom: 0.5rem; }
                th { text-align: left; }
                td { font-variant-numeric: tabular-nums; }
                """,
            body: html
        )
    }

    /// The report as an HTML table with a caption, and with a scope on every heading.
    ///
    /// Where figures are kept back a paragraph under it says so.
    package var html: String {
        let grid = grid
        var out = "<table>\n<caption>\(Markup.html(title)). \(Markup.html(subtitle))</caption>\n"
        out += "<thead>\n<tr>"
        for heading in grid.headings { out += "<th scope=\"col\">\(Markup.html(heading))</th>" }
        out += "</tr>\n</thead>\n<tbody>\n"
        for row in grid.rows {
            out += "<tr>"
            for (column, field) in row.enumerated() {
                let text = Markup.html(field)
                out += column == 0 ? "<th scope=\"row\">\(text)</th>" : "<td>\(text)</td>"
            }
            out += "</tr>\n"
        }
        out += "</tbody>\n</table>\n"
        return out + (keptBack.map { "<p>\(Markup.html($0.text))</p>\n" } ?? "")
    }
}
