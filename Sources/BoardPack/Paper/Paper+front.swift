import HTML
import Kernel
import Measures
import Programmes

/// The top of the paper: the council's headings, and what the board is asked.
extension Paper {
    mutating func front() -> HTML {
        var rows = HTML()
        for entry in pack.front {
            let content: HTML
            if entry.texts.count == 1 {
                content = entry.texts.map { words($0, at: "front page") }.reduce(HTML(), +)
            } else {
                var items = HTML()
                for text in entry.texts {
                    items.append(HTML(element: "li", [], words(text, at: "front page")))
                }
                content = HTML(element: "ul", [], items)
            }
            rows.append(row(entry.heading, content))
        }
        rows.append(row("Figures in this report", HTML(figuresWords)))
        rows.append(recommendations())
        return header(.class("front")) {
            p(.class("board")) { pack.board }
            if let kind = pack.kind { p(.class("kind")) { kind } }
            h1 { pack.subject }
            table(.class("front")) {
                caption(.class("hidden")) { "About this paper" }
                tbody { rows }
            }
        }
    }

    private var figuresWords: String {
        let known = data.knownAt.civilDateUK
        let later = known == data.asAt ? "" : ", by what had been recorded on \(known.uk)"
        let most = PackData.method.smallMax
        return "As at \(data.asAt.uk)\(later). \(data.programme.name), version "
            + "\(data.programme.version) of its programme file. Counts of 1 to \(most), and counts "
            + "from which they could be worked out, are held back."
    }

    private mutating func recommendations() -> HTML {
        guard !pack.decisions.isEmpty else { return HTML() }
        var items = HTML()
        for decision in pack.decisions {
            let ask = decision.ask.rawValue.capitalisedFirst
            let text = words(decision.text, at: "recommendations")
            items.append(
                li(.class("decision")) {
                    strong { ask }
                    " "
                    text
                }
            )
        }
        let content = p { "The Board is asked to:" } + HTML(element: "ol", [], items)
        return row("Recommendations", content)
    }

    private func row(_ heading: String, _ content: HTML) -> HTML {
        tr {
            th(.scope("row")) { heading }
            td { content }
        }
    }
}
