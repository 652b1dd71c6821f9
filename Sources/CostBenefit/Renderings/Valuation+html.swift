extension Valuation {
    /// As a page of its own, to be opened or printed as it is.
    package var htmlPage: String {
        var body = "<h1>\(Self.escaped(title))</h1>\n"
        for sentence in preamble { body += "<p>\(Self.escaped(sentence))</p>\n" }
        for table in tables {
            body += "<h2>\(Self.escaped(table.title))</h2>\n"
            for sentence in table.says { body += "<p>\(Self.escaped(sentence))</p>\n" }
            body += Self.html(table)
        }
        return """
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>
            body { font-family: Arial, sans-serif; color: #212b32; margin: 2rem; }
            div { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid #d8dde0; padding: 0.4rem 0.6rem; text-align: left; }
            th, td { vertical-align: top; }
            .number { text-align: right; font-variant-numeric: tabular-nums; }
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    private static func html(_ table: ValueTable) -> String {
        func kind(_ place: Int) -> String {
            table.numeric.contains(place) ? " class=\"number\"" : ""
        }
        var out = "<div tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(table.title))\">\n"
        out += "<table>\n<thead>\n<tr>"
        for (place, heading) in table.headings.enumerated() {
            out += "<th scope=\"col\"\(kind(place))>\(escaped(heading))</th>"
        }
        out += "</tr>\n</thead>\n<tbody>\n"
        for row in table.rows {
            out += "<tr>"
            for (place, cell) in row.enumerated() {
                let text = escaped(cell)
                out +=
                    place == 0
                    ? "<th scope=\"row\">\(text)</th>" : "<td\(kind(place))>\(text)</td>"
            }
            out += "</tr>\n"
        }
        return out + "</tbody>\n</table>\n</div>\n"
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
