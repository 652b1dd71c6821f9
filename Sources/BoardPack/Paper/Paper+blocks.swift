import HTML
import Kernel
import Measures

/// The pieces of a section that are no numbered paragraph.
extension Paper {
    mutating func block(_ block: PackBlock) -> HTML {
        switch block {
        case .paragraph(let text):
            return HTML(element: "p", [], words(text))
        case .subheading(let text):
            return h3 { text }
        case .list(let texts):
            var items = HTML()
            for text in texts { items.append(HTML(element: "li", [], words(text))) }
            return HTML(element: "ul", [.class("points")], items)
        case .tiles(let figures): return tiles(figures)
        case .table(let table): return draw(table)
        case .chart(let chart): return draw(chart)
        case .risks(let risks): return self.risks(risks)
        case .steps(let steps): return self.steps(steps)
        }
    }

    private mutating func tiles(_ figures: [String]) -> HTML {
        var items = HTML()
        for id in figures {
            guard let value = value(id) else { continue }
            note(id)
            let said = value.whole
            items.append(
                div(.class("tile")) {
                    dt { value.label }
                    dd(.class(said.text == nil ? "held" : "big")) { said.short }
                    if let more = beside(value) { dd(.class("beside")) { more } }
                }
            )
        }
        return HTML(element: "dl", [.class("tiles")], items)
    }

    /// What stands under a tile's number: "32% of 1,620".
    private func beside(_ value: FigureValue) -> String? {
        guard let of = value.parts[.of]?.text else { return nil }
        guard let percent = value.parts[.percent]?.text, percent != value.whole.text else {
            return "of \(of)"
        }
        return "\(percent) of \(of)"
    }

    private mutating func risks(_ risks: [Risk]) -> HTML {
        var rows: [[HTML]] = []
        for risk in risks {
            let rating = Rating(risk.score)
            rows.append([
                words(risk.risk),
                HTML(String(risk.likelihood)),
                HTML(String(risk.impact)),
                HTML(
                    element: "strong",
                    [.class("rating \(rating.id)")],
                    HTML("\(rating.words), \(risk.score)")
                ),
                words(risk.mitigation),
                HTML(risk.owner),
            ])
        }
        return dataTable(
            "Risks, and what is done about them",
            ["Risk", "Likelihood", "Impact", "Rating", "What we do", "Owner"],
            rows,
            numeric: [1, 2],
            kind: "risks"
        )
            + p(.class("note")) {
                "Likelihood and impact are from 1 (least) to 5 (most); the rating is one times the other: "
                "1 to 4 low, 5 to 9 medium, 10 to 15 high, 16 to 25 very high."
            }
    }

    private mutating func steps(_ steps: [Step]) -> HTML {
        var rows: [[HTML]] = []
        for step in steps { rows.append([words(step.step), HTML(step.by), HTML(step.owner)]) }
        return dataTable("Next steps", ["What", "By when", "Who"], rows)
    }
}

/// How grave a risk is.
private enum Rating {
    case low, medium, high, veryHigh

    init(_ score: Int) {
        switch score {
        case ...4: self = .low
        case ...9: self = .medium
        case ...15: self = .high
        default: self = .veryHigh
        }
    }

    var words: String {
        switch self {
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .veryHigh: "Very high"
        }
    }

    var id: String {
        switch self {
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .veryHigh: "very-high"
        }
    }
}
