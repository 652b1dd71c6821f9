/// Words put into documents of HTML and Markdown, so that nothing in them is taken for markup.
package enum Markup {
    package static func html(_ text: String) -> String {
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

    /// A page of its own, to be opened or printed as it is; `body` and `style` are markup already.
    package static func page(title: String, style: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(html(title))</title>
        <style>
        body { font-family: Arial, sans-serif; color: #212b32; margin: 2rem; }
        table { border-collapse: collapse; }
        th, td { border-bottom: 1px solid #d8dde0; padding: 0.4rem 0.6rem; vertical-align: top; }
        \(style)
        </style>
        </head>
        <body>
        <main>
        \(body)</main>
        </body>
        </html>

        """
    }

    package static func markdown(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\", "|", "*", "_", "`", "[", "]", "#": result += "\\\(character)"
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case _ where character.isNewline: result += " "
            default: result.append(character)
            }
        }
        return result
    }

    /// A row of a table in Markdown.
    package static func row(_ cells: [String]) -> String {
        "| " + cells.map(markdown).joined(separator: " | ") + " |"
    }
}
