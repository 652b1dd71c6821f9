import Charts
import HTML
import Kernel
import Measures
import Programmes

/// Charts as pictures, each with its numbers as a table under it.
extension Paper {
    mutating func draw(_ chart: PackChart) -> HTML {
        let drawn: (any Chart)? =
            switch chart.content {
            case .stages: bars("stages/", chart, "How far cases have come", ghost: true)
            case .clocks: bars("clocks/", chart, "Promises kept, of those met or missed")
            case .waits: waits(chart)
            case .trajectory: trajectory(chart)
            case .run(let kind): run(kind, chart)
            case .rows(let labels): rows(labels, chart)
            }
        guard let drawn else {
            return p(.class("note")) {
                "A chart is held back here: it would show counts that are too small."
            }
        }
        let number = nextChart()
        let id = "chart-\(number)"
        let heading = "Figure \(number): \(drawn.title)"
        let says = chart.says.map { words($0) } ?? HTML(drawn.says)
        let missing = monthsKeptBack(chart)
        let counted = definitions(chart)
        // The table stands after the figure, so that a long one can go on over the page.
        return figure(.class("chart"), .id(id)) {
            figcaption {
                strong { heading }
                if !says.isEmpty { p { says } }
            }
            for frame in Frame.allCases { drawn.svg(id: id, in: frame) }
            if !missing.isEmpty {
                p(.class("note")) { "Held back: \(missing.joined(separator: ", "))." }
            }
            for words in rebases(chart) { p(.class("note")) { words } }
        }
            + Paper.grid(
                "\(heading), the numbers",
                drawn.table.headings + (counted.isEmpty ? [] : ["What is counted"]),
                drawn.table.rows.enumerated().map { place, row in
                    (row + counted.dropFirst(place).prefix(1)).map { HTML($0.withoutPoint) }
                },
                numeric: drawn.table.numeric,
                kind: "small"
            )
    }

    /// The dashboard's figures whose ids begin so, as bars.
    private func bars(
        _ prefix: String,
        _ chart: PackChart,
        _ title: String,
        ghost: Bool = false
    ) -> (any Chart)? {
        guard let table = data.dashboard else { return nil }
        let labels = Dictionary(
            Dashboard.rows(of: data.programme).map { ($0.id, $0.row.row) },
            uniquingKeysWith: { first, _ in first }
        )
        let lines = ghost ? stages(table) : table.rows.filter { $0.label.hasPrefix(prefix) }
        let all = lines.first?.whole.denominator.map(Double.init)
        let bars = lines.map { line in
            let cell = line.whole
            let count = cell.isHidden ? nil : cell.numerator?.double
            let share = cell.denominator.flatMap { of in
                Ratio(cell.numerator?.whole ?? 0, over: of)?.double
            }
            return BarChart.Bar(
                labels[line.label] ?? line.label,
                cell.isHidden ? nil : ghost ? count : share,
                shown: cell.said,
                interval: ghost ? nil : cell.interval,
                ghost: ghost ? all : nil,
                more: ghost ? [] : [cell.interval?.text ?? ""]
            )
        }
        return BarChart(
            title: chart.title ?? title,
            says: "",
            rowHeading: ghost ? "Stage" : "What",
            valueHeading: ghost ? "Cases" : "Met",
            moreHeadings: ghost ? [] : ["95% interval"],
            bars: bars
        )
    }

    /// The stages that a programme has: one that nobody reached is none of its own.
    private func stages(_ table: ReportTable) -> [ReportLine] {
        let always = ["stages/referred", "stages/started", "stages/discharged"]
        return table.rows.filter { line in
            guard line.label.hasPrefix("stages/") else { return false }
            return line.whole.numerator != Ratio(0) || always.contains(line.label)
        }
    }

    /// What each row of the stages counts, since an outcome may be counted elsewhere of others.
    private func definitions(_ chart: PackChart) -> [String] {
        guard case .stages = chart.content, let table = data.dashboard else { return [] }
        return stages(table).map(\.definition)
    }

    private func waits(_ chart: PackChart) -> (any Chart)? {
        guard let table = data.dashboard else { return nil }
        let rows = Dashboard.rows(of: data.programme).filter { $0.id.hasPrefix("waits/") }
        let bars = rows.compactMap { id, row -> BarChart.Bar? in
            guard let cell = table.rows.first(where: { $0.label == id })?.whole else { return nil }
            var unit = ""
            if case .median(let elapsed, _) = row.indicator.kind {
                unit = elapsed.unit == .workingDays ? "working days" : elapsed.unit.rawValue
            }
            let shown = cell.isHidden ? "held back" : "\(cell.shown) \(unit)"
            let isThere = cell.numerator != nil
            return BarChart.Bar(
                row.row,
                cell.numerator?.double,
                shown: isThere || cell.isHidden ? shown : "no cases"
            )
        }
        return BarChart(
            title: chart.title ?? "How long people wait",
            says: "The median: half of the people waited no longer. Each bar is in its own unit.",
            rowHeading: "Wait",
            valueHeading: "Median",
            bars: bars
        )
    }

    /// Rows of the report as shares, with their intervals.
    private func rows(_ labels: [String], _ chart: PackChart) -> (any Chart)? {
        guard let table = data.reports[nil] else { return nil }
        let lines = labels.compactMap { label in table.rows.first { $0.label == label } }
        let areShares = lines.allSatisfy { $0.whole.denominator != nil || $0.whole.isHidden }
        let bars = lines.map { line in
            let cell = line.whole
            let share = cell.denominator.flatMap { of in
                Ratio(cell.numerator?.numerator ?? 0, over: of)?.double
            }
            let value = areShares ? share : cell.numerator?.double
            return BarChart.Bar(
                line.label,
                cell.isHidden ? nil : value,
                shown: cell.said,
                interval: areShares ? cell.interval : nil,
                more: [cell.interval?.text ?? ""]
            )
        }
        return BarChart(
            title: chart.title ?? table.title,
            says: "",
            rowHeading: "Measure",
            valueHeading: "Figure",
            moreHeadings: ["95% interval"],
            bars: bars
        )
    }

    private func trajectory(_ chart: PackChart) -> (any Chart)? {
        guard let whole = data.trajectory(of: nil), !whole.isActualHidden else { return nil }
        let months = whole.months
        let actual = months.map { $0.actualSoFar.map(Double.init) }
        let planned = LineChart.Line("Planned", months.map { $0.plannedSoFar.map(Double.init) })
        let range = whole.forecast.map { forecast in
            months.map { month -> ClosedRange<Double>? in
                if month.month == whole.asAt.civilMonth {
                    return Double(whole.actual)...Double(whole.actual)
                }
                guard month.month == forecast.by.civilMonth else { return nil }
                return forecast.range.lower...forecast.range.upper
            }
        }
        let lines = [LineChart.Line("Actual", actual)]
        return LineChart(
            title: chart.title ?? "Plan and actual, so far, month by month",
            says: whole.courseVerdict,
            pointHeading: "Month",
            points: months.map(\.month.uk),
            lines: whole.target == nil ? lines : [planned] + lines,
            range: range.map { LineChart.Range("Forecast", $0) }
        )
    }

    /// The months that a run chart lacks.
    private func monthsKeptBack(_ chart: PackChart) -> [String] {
        guard case .run(let kind) = chart.content else { return [] }
        return data.runs[kind]?.points.filter(\.cell.isHidden).map(\.label) ?? []
    }

    /// What must be said of a chart though the pack has words of its own for it.
    private func rebases(_ chart: PackChart) -> [String] {
        guard chart.says != nil, case .run(let kind) = chart.content else { return [] }
        return data.runs[kind]?.chart.rebaseWords ?? []
    }

    private func run(_ kind: MonthlyChart, _ chart: PackChart) -> (any Chart)? {
        guard let run = data.runs[kind], !run.chart.marks.isEmpty else { return nil }
        return RunPicture(title: chart.title ?? run.title, chart: run.chart, valueHeading: "Cases")
    }
}

extension ChartTable {
    /// The columns that hold numbers.
    fileprivate var numeric: Set<Int> {
        Set(
            headings.indices.dropFirst().filter { column in
                rows.allSatisfy { row in
                    guard column < row.count, let first = row[column].first else { return true }
                    return first.isNumber || "−£–".contains(first)
                }
            }
        )
    }
}

extension String {
    /// Nothing for a range from a number to itself, by which a forecast's area begins.
    fileprivate var withoutPoint: String {
        let ends = split(separator: " to ")
        return ends.count == 2 && ends[0] == ends[1] ? "" : self
    }
}
