import Charts
import Funding
import HTML
import Kernel
import Measures
import Programmes

/// Tables, each with a number and a caption.
extension Paper {
    mutating func draw(_ table: PackTable) -> HTML {
        switch table.content {
        case .report(let rows, let by): return report(table.title, rows, by)
        case .trajectory: return trajectories(table.title)
        case .funding: return funding(table.title)
        case .claims: return claims(table.title)
        case .written(let headings, let lines):
            var rows: [[HTML]] = []
            for line in lines {
                var cells: [HTML] = []
                for cell in line { cells.append(words(cell)) }
                rows.append(cells)
            }
            return dataTable(table.title ?? "", headings, rows)
        }
    }

    /// A table with a caption; the first cell of a row names it.
    mutating func dataTable(
        _ title: String,
        _ headings: [String],
        _ rows: [[HTML]],
        numeric: Set<Int> = [],
        kind: String = ""
    ) -> HTML {
        let number = nextTable()
        let words = title.isEmpty ? "Table \(number)" : "Table \(number): \(title)"
        return Paper.grid(words, headings, rows, numeric: numeric, kind: kind)
    }

    private static let rowsWhole = 12

    /// The table itself, which scrolls alone where it is wider than a screen.
    static func grid(
        _ words: String,
        _ headings: [String],
        _ rows: [[HTML]],
        numeric: Set<Int>,
        kind: String = ""
    ) -> HTML {
        func isNumber(_ column: Int) -> Attribute? {
            numeric.contains(column) ? .class("number") : nil
        }
        // A short table stands on one page.
        return div(
            .class(rows.count <= rowsWhole ? "scroll whole" : "scroll"),
            .role("region"),
            .aria("label", words),
            Attribute("tabindex", "0")
        ) {
            table(.class("data \(kind)".trimmed)) {
                caption { words }
                thead {
                    tr {
                        for (column, heading) in headings.enumerated() {
                            th(.scope("col"), isNumber(column)) { heading }
                        }
                    }
                }
                tbody {
                    for row in rows {
                        tr {
                            for (column, cell) in row.enumerated() {
                                if column == 0 {
                                    th(.scope("row")) { cell }
                                } else {
                                    td(isNumber(column)) { cell }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func report(_ title: String?, _ labels: [String], _ by: Grouping?) -> HTML {
        guard let table = data.reports[by] else { return HTML() }
        let lines =
            labels.isEmpty
            ? table.rows : labels.compactMap { label in table.rows.first { $0.label == label } }
        if let by {
            let headings = ["Measure", "All"] + table.groups.map(\.label)
            return dataTable(
                title ?? "\(table.title), by \(by.heading.lowercased())",
                headings,
                lines.map { line in
                    [HTML(line.label)] + ([line.whole] + line.cells).map { HTML($0.said) }
                },
                numeric: Set(1..<headings.count)
            )
        }
        let hasInterval = lines.contains { $0.whole.interval != nil }
        let hasLeftOut = lines.contains { !$0.whole.leftOut.isEmpty }
        return dataTable(
            title ?? table.title,
            ["Measure", "Figure"] + (hasInterval ? ["95% interval"] : [])
                + (hasLeftOut ? ["Left out"] : []),
            lines.map { line in
                let left = line.whole.leftOut.map { "\($0.countText) \($0.reason)" }
                var note = HTML()
                if let words = line.note { note = span(.class("note")) { " \(words)" } }
                return [HTML(line.label) + note, HTML(line.whole.said)]
                    + (hasInterval ? [HTML(line.whole.interval?.text ?? "")] : [])
                    + (hasLeftOut ? [HTML(left.joined(separator: "; "))] : [])
            },
            numeric: hasInterval ? [1, 2] : [1]
        )
    }

    private mutating func trajectories(_ title: String?) -> HTML {
        let rows = data.trajectories.map { one -> [HTML] in
            let isHidden = one.isActualHidden
            let hasForecast = !isHidden && !one.isForecastHidden
            let texts = [
                isHidden ? "held back" : Decimals.grouped(Double(one.actual)),
                one.plannedByNow.map { Decimals.grouped($0.double) } ?? "",
                one.target.map { Decimals.grouped(Double($0)) } ?? "",
                isHidden || one.course == .reached
                    ? "" : one.weeklyNeeded.map { Decimals.text($0.double, 1) } ?? "",
                !hasForecast ? "" : one.forecast.map { "\($0.lowText) to \($0.highText)" } ?? "",
                !hasForecast && one.course != .reached ? "" : one.course.words.capitalisedFirst,
            ]
            return [HTML(one.name)] + texts.map { HTML($0) }
        }
        let end = data.trajectories.first?.yearEnd.uk
        return dataTable(
            title ?? "Plan and actual",
            [
                "Part", "So far", "Planned by now", "Planned by " + (end ?? "the end"),
                "Needed a week", "Forecast, 95% range", "Course",
            ],
            rows,
            numeric: [1, 2, 3, 4, 5]
        )
    }

    private mutating func funding(_ title: String?) -> HTML {
        guard let table = FundingTable(data.programme) else { return HTML() }
        let rows = (table.rows + [table.total]).map { row in
            [
                row.name, row.people.map { Decimals.grouped(Double($0)) } ?? "", row.amount.short,
                row.guaranteed.short, row.performance.short, row.perHead?.short ?? "",
            ]
            .map { HTML($0) }
        }
        return dataTable(
            title ?? "The programme’s money",
            ["Part", "People", "Money", "Guaranteed", "By performance", "Per person"],
            rows,
            numeric: [1, 2, 3, 4, 5],
            kind: "total"
        )
    }

    private mutating func claims(_ title: String?) -> HTML {
        let claims = data.claims
        var rows: [[HTML]] = []
        if !claims.isSplitHidden {
            rows = claims.claims.map { claim in
                [
                    claim.quarter.uk, data.names[claim.claimant] ?? claim.claimant,
                    claim.state.name, claims.shown(claim.amount).short,
                ]
                .map { HTML($0) }
            }
        }
        let total = claims.amount(.claimed, in: nil)
        rows.append([HTML("All"), HTML(""), HTML(""), HTML(total?.short ?? "held back")])
        let table = dataTable(
            title ?? "Claims that were submitted",
            ["Quarter", "Organisation", "State", "Amount"],
            rows,
            numeric: [3],
            kind: "total"
        )
        var notes: [String] = []
        if claims.isSplitHidden {
            notes.append("Single claims are held back: one is for few people.")
        }
        if let pounds = claims.roundedTo { notes.append("Amounts are to the nearest £\(pounds).") }
        return notes.isEmpty ? table : table + p(.class("note")) { notes.joined(separator: " ") }
    }
}

extension ReportCell {
    /// As the report shows it, a figure that is kept back in words.
    var said: String { shown == Show.hidden ? "held back" : shown }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
