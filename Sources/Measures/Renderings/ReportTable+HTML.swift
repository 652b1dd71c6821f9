extension ReportTable {
    /// The table as a page of its own, to be opened or printed as it is.
    package var htmlPage: String {
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(title))</title>
        <style>
        body { font-family: Arial, sans-serif; color: #212b32; margin: 2rem; }
        table { border-collapse: collapse; }
        caption { font-weight: bold; text-align: left; padding-bottom: 0.5rem; }
        th, td { border-bottom: 1px solid #d8dde0; padding: 0.4rem 0.6rem; vertical-align: top; }
        th { text-align: left; }
        td { font-variant-numeric: tabular-nums; }
        </style>
        </head>
        <body>
        <main>
        \(html)</main>
        </body>
        </html>

        """
    }

    /// The report as an HTML table with a caption, and with a scope on every heading.
    ///
    /// Where figures are kept back a paragraph under it says so.
    package var html: String {
        let grid = grid
        var out = "<table>\n<caption>\(Self.escaped(title)). \(Self.escaped(subtitle))</caption>\n"
        out += "<thead>\n<tr>"
        for heading in grid.headings { out += "<th scope=\"col\">\(Self.escaped(heading))</th>" }
        out += "</tr>\n</thead>\n<tbody>\n"
        for row in grid.rows {
            out += "<tr>"
            for (column, field) in row.enumerated() {
                let text = Self.escaped(field)
                out += column == 0 ? "<th scope=\"row\">\(text)</th>" : "<td>\(text)</td>"
            }
            out += "</tr>\n"
        }
        out += "</tbody>\n</table>\n"
        return out + (keptBack.map { "<p>\(Self.escaped($0.text))</p>\n" } ?? "")
    }

    /// Text in which nothing is taken for markup.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
