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

    /// Words take so many letters of a line at most, the first column's more; longer ones go on below.
    private static let (firstMax, wordsMax) = (44, 24)

    private func columns(_ table: ValueTable) -> [String] {
        let all = ([table.headings] + table.rows).map { row in
            row.enumerated().map { place, cell in
                table.numeric.contains(place)
                    ? [cell] : wrapped(cell, place == 0 ? Self.firstMax : Self.wordsMax)
            }
        }
        let widths = table.headings.indices.map { place in
            all.flatMap { $0[place].map(\.count) }.max() ?? 0
        }
        var lines: [String] = []
        for row in all {
            for number in 0..<(row.map(\.count).max() ?? 0) {
                let cells = row.enumerated().map { place, parts in
                    let part = parts.indices.contains(number) ? parts[number] : ""
                    let blank = String(repeating: " ", count: widths[place] - part.count)
                    return table.numeric.contains(place) ? blank + part : part + blank
                }
                var line = cells.joined(separator: "  ")[...]
                while line.last == " " { line = line.dropLast() }
                lines.append(String(line))
            }
            if lines.count == row.map(\.count).max() {
                lines.append(String(repeating: "-", count: widths.reduce(-2) { $0 + $1 + 2 }))
            }
        }
        return lines
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
        var lines = ["# \(Markup.markdown(title))", ""]
        for sentence in preamble { lines += [Markup.markdown(sentence), ""] }
        for table in tables {
            lines += ["## \(Markup.markdown(table.title))", ""]
            for sentence in table.says { lines += [Markup.markdown(sentence), ""] }
            lines.append(Markup.row(table.headings))
            let marks = table.headings.indices.map {
                table.numeric.contains($0) ? " ---: " : " --- "
            }
            lines.append("|" + marks.joined(separator: "|") + "|")
            lines += table.rows.map(Markup.row) + [""]
        }
        return lines.dropLast().map { $0 + "\n" }.joined()
    }
}
