extension ReportTable {
    /// The report as a Markdown document with one table.
    package var markdown: String {
        let grid = grid
        var lines = ["# \(Self.escaped(title))", "", Self.escaped(subtitle), ""]
        lines.append(Self.line(grid.headings))
        lines.append("|" + grid.areFigures.map { $0 ? " ---: |" : " --- |" }.joined())
        lines += grid.rows.map(Self.line)
        if let keptBack { lines += ["", Self.escaped(keptBack.text)] }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func line(_ fields: [String]) -> String {
        "| " + fields.map(escaped).joined(separator: " | ") + " |"
    }

    /// Text in which nothing is taken for markup.
    private static func escaped(_ text: String) -> String {
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
}
