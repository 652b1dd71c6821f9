import HTML
import Kernel
import Measures

/// The annex: every figure that the words name, with what it counts and where it is named.
extension Paper {
    func annex() -> HTML {
        let named = pack.figures.filter { !places(of: $0.id).isEmpty }
        var rows = HTML()
        for figure in named {
            guard let value = value(figure.id) else { continue }
            rows.append(
                tr(.id("figure-\(figure.id)")) {
                    th(.scope("row")) { value.label }
                    td(.class("number")) { value.parts[.shown]?.short ?? value.whole.short }
                    td { value.definition }
                    td { asAt(figure) }
                    td { value.source }
                    td { places(of: figure.id).joined(separator: ", ") }
                }
            )
        }
        return HTML(
            element: "section",
            [.id("annex"), .class("annex")],
            h2 {
                span(.class("number")) { "A." }
                " Figures in this report"
            }
                + p {
                    "Each figure in the text is taken from the source below when the paper is made; "
                    "none is typed. The numbers in the last column are those of the paragraphs."
                }
                + p { keptBackWords }
                + div(
                    .class("scroll"),
                    .role("region"),
                    .aria("label", "Figures in this report"),
                    Attribute("tabindex", "0")
                ) {
                    table(.class("data annex")) {
                        caption { "Table A: Figures in this report" }
                        thead {
                            tr {
                                for heading in [
                                    "Figure", "Value", "What is counted", "As at", "Source",
                                    "Named in",
                                ] {
                                    th(.scope("col"), heading == "Value" ? .class("number") : nil) {
                                        heading
                                    }
                                }
                            }
                        }
                        tbody { rows }
                    }
                }
        )
    }

    private func asAt(_ figure: PackFigure) -> String {
        switch figure.source {
        case .constant, .target, .funding: ""
        case .claim: data.knownAt.civilDateUK.uk
        case .row, .dashboard, .trajectory: data.asAt.uk
        }
    }

    private var keptBackWords: String {
        let most = PackData.method.smallMax
        return "So that nobody can be picked out, counts of 1 to \(most) are held back. So are "
            + "counts from which such a count could be worked out, by way of totals or of earlier papers, "
            + "and averages of fewer than \(DisclosureMethod.meanLeast) cases. In a sentence such a "
            + "figure is “an undisclosed number”."
    }
}
