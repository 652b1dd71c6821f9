import Measures

extension Valuation {
    /// What it is called.
    package var title: String { "Cost and benefit: \(appraisal.name)" }

    /// For a terminal: what is said, then each table in columns.
    package var text: String {
        var lines = wrapped(title, 100) + [""]
        for sentence in preamble { lines += wrapped(sentence, 100) }
        for table in tables {
            lines += ["", table.title]
            for sentence in table.says { lines += wrapped(sentence, 100) }
            lines += table.id == "assumptions" ? listed(table) : columns(table)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func columns(_ table: ValueTable) -> [String] {
        let all = [table.headings] + table.rows
        let widths = table.headings.indices.map { place in all.map { $0[place].count }.max() ?? 0 }
        return all.enumerated().flatMap { number, row -> [String] in
            let cells = row.enumerated().map { place, cell in
                let blank = String(repeating: " ", count: widths[place] - cell.count)
                return table.numeric.contains(place) ? blank + cell : cell + blank
            }
            var line = cells.joined(separator: "  ")[...]
            while line.last == " " { line = line.dropLast() }
            let rule = String(repeating: "-", count: widths.reduce(-2) { $0 + $1 + 2 })
            return number == 0 ? [String(line), rule] : [String(line)]
        }
    }

    /// The assumptions: the number on one line, where it is from under it.
    private func listed(_ table: ValueTable) -> [String] {
        table.rows.flatMap { row in
            let range = row[3].isEmpty ? "" : " (\(row[3]) to \(row[4]))"
            return ["  \(row[0]) = \(row[2])\(range)"]
                + wrapped("\(row[1]). \(row[5])", 92).map { "      " + $0 }
        }
    }

    private func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + [line]
    }

    /// As a Markdown document.
    package var markdown: String {
        var lines = ["# \(Self.plain(title))", ""]
        for sentence in preamble { lines += [Self.plain(sentence), ""] }
        for table in tables {
            lines += ["## \(Self.plain(table.title))", ""]
            for sentence in table.says { lines += [Self.plain(sentence), ""] }
            lines.append(Self.line(table.headings))
            let marks = table.headings.indices.map {
                table.numeric.contains($0) ? " ---: " : " --- "
            }
            lines.append("|" + marks.joined(separator: "|") + "|")
            lines += table.rows.map(Self.line) + [""]
        }
        return lines.dropLast().map { $0 + "\n" }.joined()
    }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.map(plain).joined(separator: " | ") + " |"
    }

    /// Text in which nothing is taken for markup.
    private static func plain(_ text: String) -> String {
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
