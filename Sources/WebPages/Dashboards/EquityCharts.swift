import Charts
import HTML
import Measures

/// Each share by each kind of group, as bars with their intervals beside everyone's.
enum EquityCharts {
    static func content(_ all: [Equity], _ links: DashboardLinks) -> HTML {
        var labels: [String] = []
        for shared in all where !labels.contains(shared.label) { labels.append(shared.label) }
        var html = HTML()
        for label in labels {
            let same = all.filter { $0.label == label }
            html.append(h3 { label })
            for shared in same { html.append(chart(shared, links)) }
            html.append(DashboardPanels.told(same.prefix(1).map { ($0.label, $0.definition) }))
        }
        html.append(
            p(.class("nhsuk-body-s")) {
                "A group of fewer than \(Equity.tooFew) is too small to say anything of. Each group is "
                "compared with everyone else; intervals are 95%."
            }
        )
        return html
    }

    private static func chart(_ shared: Equity, _ links: DashboardLinks) -> HTML {
        let hasUnknown = shared.notKnown.of > 0 || shared.notKnown.isHidden
        let groups = shared.groups + (hasUnknown ? [shared.notKnown] : [])
        let bars = groups.map { group in
            let isLeftOut = group.isTooFew || group.isHidden
            return BarChart.Bar(
                group.label,
                isLeftOut ? nil : Ratio(group.count, over: group.of)?.double,
                shown: group.shown,
                interval: group.interval,
                more: isLeftOut
                    ? ["", ""] : [group.interval?.text ?? "", group.ratio?.text ?? ""]
            )
        }
        let whole = shared.isHidden ? nil : Ratio(shared.count, over: shared.of)?.double
        let chart = BarChart(
            title: "\(shared.label), by \(shared.heading.lowercased())",
            says: shared.says,
            rowHeading: shared.heading,
            valueHeading: "Share",
            moreHeadings: ["95% interval", "Times everyone else"],
            bars: bars,
            reference: whole.map { ($0, "everyone, \(NumberForm.percent.text($0))") }
        )
        let id = "chart-" + shared.id.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        let opened = groups.map { group in links.link(group.label, "\(shared.id)/\(group.key)") }
        return chart.figure(id: id, level: 4, links: opened)
    }
}
