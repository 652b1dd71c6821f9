import Casework
import Charts
import HTML
import Kernel
import Measures

/// Plans beside what came about, as a line and as a table of the parts.
enum TrajectoryCharts {
    static func content(_ all: [Trajectory], _ links: DashboardLinks) -> HTML {
        guard let whole = all.first else { return HTML() }
        let parts = Array(all.dropFirst())
        let months = whole.months.map { month in
            month.actualSoFar.flatMap { _ in links.link(month.month.uk, Trajectory.id(month.month))
            }
        }
        let strands = parts.map { part in
            part.part.strand.flatMap { links.link(part.name, Trajectory.id(strand: $0)) }
        }
        return chart(whole).figure(id: "plan", links: months)
            + (parts.isEmpty
                ? HTML() : table(parts).html(caption: "Plan and actual by strand", links: strands))
            + mix(whole, links)
    }

    private static func chart(_ whole: Trajectory) -> LineChart {
        let months = whole.months
        let hasPlan = whole.target != nil
        let actual = LineChart.Line("Actual", months.map { $0.actualSoFar.map(Double.init) })
        let planned = LineChart.Line("Planned", months.map { $0.plannedSoFar.map(Double.init) })
        // The range opens where what is known ends, and is said at the year's end.
        let range = whole.forecast.map { forecast in
            months.map { month -> ClosedRange<Double>? in
                if month.month == whole.asAt.civilMonth, let so = month.actualSoFar.map(Double.init)
                {
                    return so...so
                }
                guard month.month == forecast.by.civilMonth else { return nil }
                return forecast.range.lower...forecast.range.upper
            }
        }
        return LineChart(
            title: "So far, month by month",
            says: whole.verdict,
            pointHeading: "Month",
            points: months.map(\.month.uk),
            lines: hasPlan ? [planned, actual] : [actual],
            range: range.map { LineChart.Range("Forecast", $0) }
        )
    }

    private static func table(_ parts: [Trajectory]) -> ChartTable {
        ChartTable(
            headings: [
                "Strand", "Actual", "Planned by now", "Planned in all", "Needed a week", "Course",
            ],
            rows: parts.map { part in
                [
                    part.name,
                    part.isActualHidden ? KeptBack.sign : Decimals.grouped(Double(part.actual)),
                    part.plannedByNow.map { Decimals.grouped($0.double) } ?? "",
                    part.target.map { Decimals.grouped(Double($0)) } ?? "",
                    part.weeklyNeeded.map { Decimals.text($0.double, 1) } ?? "",
                    words(part.course),
                ]
            }
        )
    }

    private static func words(_ course: Trajectory.Course) -> String {
        switch course {
        case .reached: "reached"
        case .willReach: "on course"
        case .mayReach: "may or may not reach it"
        case .willMiss: "not on course"
        case .missed: "missed"
        case .unknown: "too soon to say"
        }
    }

    private static func mix(_ whole: Trajectory, _ links: DashboardLinks) -> HTML {
        guard whole.mix.contains(where: { $0.of > 0 || $0.isHidden }) else { return HTML() }
        let bars = whole.mix.map { share in
            let value = share.isHidden ? nil : Ratio(share.count, over: share.of)?.double
            let words = value.map { NumberForm.percent.text($0) } ?? "–"
            return BarChart.Bar(
                Words.capital(share.status),
                value,
                shown: share.isHidden
                    ? KeptBack.sign : "\(words) of \(Decimals.grouped(Double(share.of)))",
                interval: share.interval,
                more: [share.interval?.text ?? "", "\(share.wantedPercent)%"]
            )
        }
        let chart = BarChart(
            title: "In work and out of work",
            says: "Of those whose employment status at referral is known; "
                + "\(whole.statusNotKnownText) are not.",
            rowHeading: "At referral",
            valueHeading: "Share",
            moreHeadings: ["95% interval", "Wanted"],
            bars: bars
        )
        let opened = whole.mix.map { links.link(Words.capital($0.status), Trajectory.id($0)) }
        return chart.figure(id: "mix", links: opened)
    }
}
