import HTML

/// Several small charts of one kind beside each other, with one table for all.
package struct SmallMultiples: Sendable {
    package var title: String
    package var charts: [any Chart]

    package init(title: String, charts: [any Chart]) {
        self.title = title
        self.charts = charts
    }

    /// The rows of every chart, each after the name of its chart.
    package var table: ChartTable {
        let longest = charts.map(\.table.headings).max { $0.count < $1.count } ?? []
        let rows = charts.flatMap { chart in
            chart.table.rows.map { row in
                let blanks = Array(repeating: "", count: max(0, longest.count - row.count))
                return [chart.title] + row + blanks
            }
        }
        return ChartTable(headings: ["Chart"] + longest, rows: rows)
    }

    /// The charts in a grid that goes from one column to several as there is room.
    package func figure(id: String) -> HTML {
        let heading = HTML(element: "h3", [.class("nhsuk-heading-s")], HTML(title))
        var content = HTML(element: "figcaption", [], heading)
        var grid = HTML()
        for (number, chart) in charts.enumerated() {
            let part = "\(id)-\(number + 1)"
            let name = HTML(element: "h4", [.class("nhsuk-heading-xs")], HTML(chart.title))
            let says = HTML(element: "p", [.class("nhsuk-body-s")], HTML(chart.says))
            let picture = chart.svg(id: part, in: .narrow)
            grid.append(HTML(element: "div", [.id(part)], name + says + picture))
        }
        content.append(HTML(element: "div", [.class("gw-multiples")], grid))
        let table = table
        content.append(foldedTable(table.html(caption: title), rows: table.rows.count))
        return HTML(element: "figure", [.class("gw-charts"), .id(id)], content)
    }
}
