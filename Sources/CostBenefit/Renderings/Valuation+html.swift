import Measures

extension Valuation {
    /// As a page of its own, to be opened or printed as it is.
    package var htmlPage: String {
        var body = "<h1>\(Markup.html(title))</h1>\n"
        for sentence in preamble { body += "<p>\(Markup.html(sentence))</p>\n" }
        for table in tables {
            body += "<h2>\(Markup.html(table.title))</h2>\n"
            for sentence in table.says { body += "<p>\(Markup.html(sentence))</p>\n" }
            body += Self.html(table)
        }
        return Markup.page(
            title: title,
            style: """
                div { overflow-x: auto; }
                th, td { text-align: left; }
                .number { text-align: right; font-variant-numeric: tabular-nums; }
                """,
            body: body
        )
    }

    private static func html(_ table: ValueTable) -> String {
        func kind(_ place: Int) -> String {
            table.numeric.contains(place) ? " class=\"number\"" : ""
        }
        var out =
            "<div tabindex=\"0\" role=\"region\" aria-label=\"\(Markup.html(table.title))\">\n"
        out += "<table>\n<thead>\n<tr>"
        for (place, heading) in table.headings.enumerated() {
            out += "<th scope=\"col\"\(kind(place))>\(Markup.html(heading))</th>"
        }
        out += "</tr>\n</thead>\n<tbody>\n"
        for row in table.rows {
            out += "<tr>"
            for (place, cell) in row.enumerated() {
                let text = Markup.html(cell)
                out +=
                    place == 0
                    ? "<th scope=\"row\">\(text)</th>" : "<td\(kind(place))>\(text)</td>"
            }
            out += "</tr>\n"
        }
        return out + "</tbody>\n</table>\n</div>\n"
    }
}
