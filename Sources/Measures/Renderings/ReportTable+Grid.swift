import Kernel

/// A report laid out as headings and rows of text, before it is marked up.
struct ReportGrid {
    let headings: [String]
    /// Whether each column holds figures, which are set to the right.
    let areFigures: [Bool]
    /// The label of each row first.
    let rows: [[String]]
}

extension ReportTable {
    /// The figures as a grid: with groups, a column for all cases and one for each group; without,
    /// everything that is known about each figure.
    var grid: ReportGrid {
        guard grouping == nil else {
            return ReportGrid(
                headings: ["Row", "All"] + groups.map(\.label),
                areFigures: [false, true] + groups.map { _ in true },
                rows: rows.map { row in [row.label, row.whole.shown] + row.cells.map(\.shown) }
            )
        }
        let wasPrinted = rows.contains { $0.printed != nil }
        return ReportGrid(
            headings: ["Row", "Figure", "Numerator", "Denominator", "95% interval", "Left out"]
                + (wasPrinted ? ["Printed", "Verdict"] : []) + ["What is counted"],
            areFigures: [false, true, true, true, true, false]
                + (wasPrinted ? [true, false] : []) + [false],
            rows: rows.map { row in
                let cell = row.whole
                var fields = [
                    row.label,
                    cell.shown,
                    cell.numeratorText,
                    cell.denominator.map(String.init) ?? "",
                    cell.interval?.text ?? "",
                    cell.leftOutText,
                ]
                if wasPrinted { fields += [row.printed ?? "", row.verdict ?? ""] }
                fields.append([row.definition, row.note].compactMap { $0 }.joined(separator: " "))
                return fields
            }
        )
    }

    /// Whose figures these are and of which day: "Fit for Work, version 1. As at 31 January 2015."
    package var subtitle: String {
        var text = "\(programmeName), version \(programmeVersion). As at \(asAt.uk)."
        if let knownAt { text += " Known at \(knownAt)." }
        if let grouping { text += " By \(grouping.heading.lowercased())." }
        return text
    }
}
