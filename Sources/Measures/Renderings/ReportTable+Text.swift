import Kernel
import Programmes

extension ReportTable {
    /// The report for a terminal, at most 100 characters wide: the figures in columns, and under
    /// them what the paper printed, what was left out, and notes.
    package var text: String {
        var lines = wrap(title, to: 100) + wrap(subtitle, to: 100) + [""]
        lines += figures
        // What agrees is only counted, so that what differs is seen.
        let judged = rows.filter { $0.verdict != nil }
        let differing = judged.filter { $0.verdict != "agrees" }
        var verdicts = differing.map { "\($0.label): \($0.verdict ?? "")" }
        if !judged.isEmpty {
            let agreeing = judged.count - differing.count
            verdicts.append("\(agreeing) of \(judged.count) figures agree.")
        }
        let omissions = rows.flatMap { row in
            row.whole.leftOut.map { "\(row.label): \($0.countText) \($0.reason)" }
        }
        let notes = rows.compactMap { row in row.note.map { "\(row.label): \($0)" } }
        lines += section("Beside what the paper printed", verdicts)
        lines += section("Left out", omissions)
        lines += section("Notes", notes)
        lines += section("Kept back", keptBack?.sentences ?? [])
        return lines.map { $0 + "\n" }.joined()
    }

    /// A heading with entries under it; nothing without entries.
    private func section(_ heading: String, _ entries: [String]) -> [String] {
        guard !entries.isEmpty else { return [] }
        return ["", heading]
            + entries.flatMap { entry in
                wrap(entry, to: 96).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
            }
    }

    /// The rows, each followed by its groups.
    private var figures: [String] {
        var entries = [("Row", ["Figure", "Count", "95% interval"])]
        for row in rows {
            entries.append((row.label, row.whole.columns))
            for (group, cell) in zip(groups, row.cells) {
                entries.append(("  \(group.label)", cell.columns))
            }
        }
        let widths = (0..<3).map { column in entries.map { $0.1[column].count }.max() ?? 0 }
        let longest = entries.map(\.0.count).max() ?? 0
        let labelWidth = max(20, min(longest, 100 - widths.reduce(0) { $0 + $1 + 2 }))
        var lines: [String] = []
        for (number, (label, columns)) in entries.enumerated() {
            let indent = label.hasPrefix("  ") ? "  " : ""
            let parts = wrap(label, to: labelWidth - indent.count).map { indent + $0 }
            lines += parts.dropLast()
            let cells = [
                pad(parts.last ?? "", to: labelWidth),
                pad(columns[0], to: widths[0], atStart: true),
                pad(columns[1], to: widths[1], atStart: true),
                pad(columns[2], to: widths[2], atStart: true),
            ]
            lines.append(trimmed(cells.joined(separator: "  ")))
            if number == 0 {
                let width = labelWidth + widths.reduce(0) { $0 + $1 + 2 }
                lines.append(String(repeating: "-", count: min(100, width)))
            }
        }
        return lines
    }

    private func pad(_ text: String, to width: Int, atStart: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - text.count))
        return atStart ? spaces + text : text + spaces
    }

    private func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }

    /// The lines of a text, broken between words, or within one that is longer than a line.
    private func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            var word = word
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            while word.count > width {
                lines.append(String(word.prefix(width)))
                word = word.dropFirst(width)
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }
}

extension ReportCell {
    /// The figure, the counts behind a share, and the interval.
    fileprivate var columns: [String] {
        let figure = isWhole ? numerator?.whole.map(Show.thousands) ?? "" : ""
        let count = isHidden && figure.isEmpty ? Show.hidden : figure
        let counts = denominator.map { "\(count) of \(Show.thousands($0))" } ?? ""
        return [shown, counts, interval?.text ?? ""]
    }
}
