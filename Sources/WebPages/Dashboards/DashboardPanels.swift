import Charts
import HTML
import Kernel
import Measures
import Programmes

/// The charts and tables of a dashboard's panels.
enum DashboardPanels {
    static func content(
        _ panel: Dashboard.Panel,
        _ programme: Programme,
        _ links: DashboardLinks,
        _ rebases: RebaseForm?
    ) -> HTML {
        switch panel.content {
        case .stages(let figures):
            return stages(figures, links) + definitions(figures)
        case .trajectory(let all):
            return TrajectoryCharts.content(all, links)
                + told(all.map { ($0.name, $0.definition(in: programme)) })
        case .runs(let runs):
            return joined(
                runs.enumerated().map { number, run in
                    let picture = RunPicture(
                        title: run.title,
                        chart: run.chart,
                        valueHeading: "Cases"
                    )
                    let shown = run.points.filter { !$0.cell.isHidden }
                    let points = shown.map { links.link($0.label, $0.id) }
                    return picture.figure(id: "run-\(number + 1)", links: points)
                        + keptBack(run) + (rebases?.under(run) ?? HTML())
                }
            ) + definitions(runs.compactMap { $0.points.last })
        case .shares(let figures), .counts(let figures):
            return bars(panel.id, title(panel), figures, links) + definitions(figures)
        case .waits(let waits):
            return self.waits(waits, links)
                + definitions(waits.flatMap { [$0.median, $0.ninetieth] })
        case .equity(let all):
            return EquityCharts.content(all, links)
        case .changes(let changes):
            return self.changes(changes, links)
        case .answers(let all):
            return joined(
                all.enumerated().map { number, answers in
                    let says = "\(answers.completion.cell.shown) answered."
                    return bars(
                        "answers-\(number + 1)",
                        answers.question,
                        answers.figures,
                        links,
                        says
                    )
                        + definitions(answers.figures + [answers.completion])
                }
            )
        }
    }

    /// Which months a run chart lacks.
    private static func keptBack(_ run: Dashboard.Run) -> HTML {
        let months = run.points.filter(\.cell.isHidden).map(\.label)
        guard !months.isEmpty else { return HTML() }
        return p(.class("nhsuk-body-s")) {
            "Kept back, and left out of the chart and of its limits: "
            months.joined(separator: ", ")
            "."
        }
    }

    /// What the bars of a panel are, so that no heading stands twice.
    private static func title(_ panel: Dashboard.Panel) -> String {
        switch panel.id {
        case "clocks": "Met, of those met or missed"
        case "caseload": "Open cases"
        case "quality": "What is not known, or lacks its record"
        default: panel.title
        }
    }

    static func joined(_ parts: [HTML]) -> HTML { parts.reduce(HTML()) { $0 + $1 } }

    private static func stages(_ figures: [Dashboard.Figure], _ links: DashboardLinks) -> HTML {
        let chart = StageFlow(
            title: "How far cases have come",
            stages: figures.map {
                .init(
                    $0.label,
                    $0.cell.isHidden ? nil : $0.cell.numerator?.numerator ?? 0,
                    follows: !$0.isOutcome
                )
            }
        )
        return chart.figure(id: "flow", links: figures.map { links.link($0.label, $0.id) })
    }

    /// Shares as bars with their intervals; what stands alone as it is.
    private static func bars(
        _ id: String,
        _ title: String,
        _ figures: [Dashboard.Figure],
        _ links: DashboardLinks,
        _ says: String = ""
    ) -> HTML {
        let leavesOut = figures.contains { !$0.cell.leftOut.isEmpty }
        let bars = figures.map { figure in
            let cell = figure.cell
            let more = [cell.interval?.text ?? ""] + (leavesOut ? [cell.leftOutText] : [])
            let share = cell.denominator.flatMap { whole in
                cell.numerator.flatMap { Ratio($0.numerator, over: whole)?.double }
            }
            // Drawn beside shares, a bare count would be a bar of another kind.
            let isShare = figures.contains { $0.cell.denominator != nil }
            return BarChart.Bar(
                figure.label,
                cell.isHidden ? nil : isShare ? share : cell.numerator?.double,
                shown: cell.shown,
                interval: cell.interval,
                more: more
            )
        }
        let chart = BarChart(
            title: title,
            says: says,
            rowHeading: "What",
            valueHeading: "Cases",
            moreHeadings: leavesOut ? ["95% interval", "Left out"] : ["95% interval"],
            bars: bars
        )
        return chart.figure(id: "chart-\(id)", links: figures.map { links.link($0.label, $0.id) })
    }

    /// Waits of one unit share a chart, so that its bars can be compared.
    private static func waits(_ waits: [Dashboard.Wait], _ links: DashboardLinks) -> HTML {
        var units: [Period.Unit] = []
        for wait in waits where !units.contains(wait.unit) { units.append(wait.unit) }
        return joined(
            units.map { unit in self.waits(waits.filter { $0.unit == unit }, in: unit, links) }
        )
    }

    private static func waits(
        _ waits: [Dashboard.Wait],
        in unit: Period.Unit,
        _ links: DashboardLinks
    ) -> HTML {
        let words = unit.rawValue.replacing("_", with: " ")
        let bars = waits.map { wait in
            let (median, ninetieth) = (wait.median.cell, wait.ninetieth.cell)
            let hasCases = median.numerator != nil || median.isHidden
            return BarChart.Bar(
                wait.median.label,
                median.numerator?.double,
                shown: hasCases
                    ? said(median.shown, ninetieth.shown, words, isHidden: median.isHidden)
                    : "no cases",
                ghost: ninetieth.numerator?.double,
                more: [hasCases ? median.leftOutText : ""]
            )
        }
        let chart = BarChart(
            title: "How long people wait, in \(words)",
            says: "The bar is the median; the lighter one the time that nine in ten did not pass.",
            rowHeading: "Wait",
            valueHeading: "Median, and nine in ten",
            moreHeadings: ["Left out"],
            bars: bars
        )
        return chart.figure(
            id: "wait-\(unit.rawValue)",
            links: waits.map { links.link($0.median.label, $0.median.id) }
        )
    }

    private static func said(
        _ median: String,
        _ ninetieth: String,
        _ unit: String,
        isHidden: Bool
    ) -> String {
        isHidden ? KeptBack.sign : "\(median) \(unit); nine in ten within \(ninetieth)"
    }

    private static func changes(_ changes: [Dashboard.Change], _ links: DashboardLinks) -> HTML {
        guard !changes.isEmpty else {
            return p {
                "Nobody has two scores yet. Take each measure at the start and again later."
            }
        }
        let table = ChartTable(
            headings: [
                "Measure", "People with two scores", "Of those started", "Mean change",
                "95% interval", "Missing",
            ],
            rows: changes.map { change in
                if change.isHidden {
                    return [change.instrument] + Array(repeating: KeptBack.sign, count: 5)
                }
                let (paired, name) = (change.change, change.instrument)
                let interval = paired.interval.map {
                    "\(Decimals.text($0.lower, 2)) to \(Decimals.text($0.upper, 2))"
                }
                let share = paired.completion.map { NumberForm.percent.text($0.double) }
                return [
                    name, Decimals.grouped(Double(paired.paired)), share ?? "",
                    paired.mean.map { Decimals.text($0.double, 2) } ?? "", interval ?? "",
                    Decimals.grouped(Double(paired.missing)),
                ]
            }
        )
        let better = changes.map {
            "\($0.instrument): \($0.lowerIsBetter ? "lower" : "higher") is better."
        }
        return p { better.joined(separator: " ") }
            + table.html(
                caption: "Change within people",
                links: changes.map { links.link($0.instrument, $0.id) }
            )
            + told(changes.map { ($0.instrument, $0.definition) })
    }

    /// What each figure counts, folded away.
    static func definitions(_ figures: [Dashboard.Figure]) -> HTML {
        told(figures.map { ($0.label, $0.definition) })
    }

    static func told(_ definitions: [(String, String)]) -> HTML {
        guard !definitions.isEmpty else { return HTML() }
        return reveal("What is counted") {
            dl {
                for (label, definition) in definitions {
                    dt { strong { label } }
                    dd { definition }
                }
            }
        }
    }
}
