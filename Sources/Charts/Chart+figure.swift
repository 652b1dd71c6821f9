import HTML

extension Chart {
    /// The chart with its title, what it says and the same numbers as a table.
    ///
    /// It is drawn wide and narrow; the style sheet shows the one that fits. A long table is folded
    /// away on a screen, and open in print.
    ///
    /// - Parameters:
    ///   - id: unique within the page.
    ///   - level: the level of the heading, 2 to 4.
    package func figure(id: String, level: Int = 3, links: [HTML?] = []) -> HTML {
        var content = HTML(element: "figcaption", [], heading(level) + paragraph(says))
        for frame in Frame.allCases { content.append(svg(id: id, in: frame)) }
        content.append(folded(table.html(caption: title, links: links)))
        return HTML(element: "figure", [.class("gw-chart"), .id(id)], content)
    }

    /// The picture alone, for a document or a file.
    package func svg(id: String, in frame: Frame) -> HTML {
        drawn(in: frame).svg(
            id: "\(id)-\(frame.rawValue)",
            title: title,
            says: says,
            kind: frame.rawValue
        )
    }

    private func heading(_ level: Int) -> HTML {
        switch level {
        case 2: HTML(element: "h2", [.class("nhsuk-heading-m")], HTML(title))
        case 3: HTML(element: "h3", [.class("nhsuk-heading-s")], HTML(title))
        default: HTML(element: "h4", [.class("nhsuk-heading-xs")], HTML(title))
        }
    }

    private func paragraph(_ text: String) -> HTML {
        text.isEmpty ? HTML() : HTML(element: "p", [], HTML(text))
    }

    private func folded(_ table: HTML) -> HTML {
        foldedTable(table, rows: self.table.rows.count)
    }
}

/// So many rows are shown at once; longer tables are folded away.
private let rowsOpen = 8

func foldedTable(_ table: HTML, rows: Int) -> HTML {
    guard rows > rowsOpen else { return table }
    let words = HTML(element: "span", [.class("nhsuk-details__summary-text")], HTML("The numbers"))
    let summary = HTML(element: "summary", [.class("nhsuk-details__summary")], words)
    let text = HTML(element: "div", [.class("nhsuk-details__text")], table)
    return HTML(element: "details", [.class("nhsuk-details")], summary + text)
}

extension ChartTable {
    /// The table, which scrolls by itself where it is wider than the screen.
    ///
    /// - Parameter links: what stands in the place of each row's name, such as a link to its cases.
    package func html(caption: String, links: [HTML?] = []) -> HTML {
        var head = HTML()
        for (place, heading) in headings.enumerated() {
            head.append(HTML(element: "th", [.scope("col"), cell(place, "header")], HTML(heading)))
        }
        var body = HTML()
        for (number, row) in rows.enumerated() {
            var cells = HTML()
            for (place, text) in row.enumerated() {
                let link = place == 0 && links.indices.contains(number) ? links[number] : nil
                let content = link ?? HTML(text)
                if place == 0 {
                    let attributes: [Attribute?] = [.scope("row"), cell(0, "header")]
                    cells.append(HTML(element: "th", attributes, content))
                } else {
                    cells.append(HTML(element: "td", [cell(place, "cell")], content))
                }
            }
            body.append(HTML(element: "tr", [.class("nhsuk-table__row")], cells))
        }
        let title = HTML(element: "caption", [.class("nhsuk-u-visually-hidden")], HTML(caption))
        let top = HTML(
            element: "thead",
            [.class("nhsuk-table__head")],
            HTML(element: "tr", [.class("nhsuk-table__row")], head)
        )
        let rest = HTML(element: "tbody", [.class("nhsuk-table__body")], body)
        let table = HTML(
            element: "table",
            [.class("nhsuk-table gw-chart__table")],
            title + top + rest
        )
        return HTML(
            element: "div",
            [
                .class("gw-scroll"), .role("region"), .aria("label", caption),
                Attribute("tabindex", "0"),
            ],
            table
        )
    }

    private func cell(_ place: Int, _ part: String) -> Attribute {
        let isNumber = place > 0 && isNumeric(place)
        let kind = isNumber ? " nhsuk-table__\(part)--numeric" : ""
        return .class("nhsuk-table__\(part)\(kind)")
    }

    /// Whether every figure of a column begins as a number does.
    private func isNumeric(_ place: Int) -> Bool {
        rows.allSatisfy { row in
            guard place < row.count, let first = row[place].first else { return true }
            return first.isNumber || "−£–".contains(first)
        }
    }
}
