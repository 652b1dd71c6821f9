import HTML
import Measures

extension Drawing {
    /// The drawing as SVG that names and describes itself.
    ///
    /// - Parameters:
    ///   - id: unique within the page; the title and the description are found by it.
    ///   - kind: a class, by which the wide and the narrow one are told apart.
    func svg(id: String, title: String, says: String, kind: String) -> HTML {
        var content = HTML(element: "title", [.id("\(id)-title")], HTML(title))
        content.append(HTML(element: "desc", [.id("\(id)-desc")], HTML(says)))
        for mark in marks { content.append(mark.svg) }
        return HTML(
            element: "svg",
            [
                .class("gw-chart__picture gw-chart__picture--\(kind)"),
                Attribute("xmlns", "http://www.w3.org/2000/svg"),
                Attribute("viewBox", "0 0 \(units(width)) \(units(height))"),
                Attribute("width", units(width)),
                Attribute("height", units(height)),
                .role("img"),
                .aria("labelledby", "\(id)-title \(id)-desc"),
                Attribute("font-family", "Arial, sans-serif"),
            ],
            content
        )
    }
}

/// A length with one decimal at most.
private func units(_ length: Double) -> String {
    let text = Decimals.text(length, 1)
    let plain = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return plain.first == "−" ? "-" + plain.dropFirst() : plain
}

extension Drawing.Mark {
    fileprivate var svg: HTML {
        let said = says.map { HTML(element: "title", [], HTML($0)) } ?? HTML()
        switch shape {
        case .bar(let box):
            return HTML(element: "rect", rectangle(box) + painted(fill: look.fill), said)
        case .frame(let box):
            return HTML(element: "rect", rectangle(box) + painted(fill: "none"), said)
        case .line(let points):
            let attributes =
                [Attribute("points", path(points))] + painted(fill: "none", dashed: true)
            return HTML(element: "polyline", attributes, said)
        case .area(let points):
            let attributes = [Attribute("points", path(points))] + painted(fill: look.fill)
            return HTML(element: "polygon", attributes, said)
        case .circle(let centre, let radius):
            let place = [
                Attribute("cx", units(centre.x)), Attribute("cy", units(centre.y)),
                Attribute("r", units(radius)),
            ]
            return HTML(element: "circle", place + painted(fill: look.fill), said)
        case .text(let text, let place, let anchor, let size):
            let attributes: [Attribute?] = [
                .class("gw-chart__\(look.rawValue)"),
                Attribute("x", units(place.x)), Attribute("y", units(place.y)),
                Attribute("font-size", units(size)),
                anchor == .start ? nil : Attribute("text-anchor", anchor.rawValue),
                Attribute("fill", look.fill),
            ]
            return HTML(element: "text", attributes, HTML(text))
        }
    }

    private func rectangle(_ box: Drawing.Box) -> [Attribute] {
        [
            Attribute("x", units(box.x)), Attribute("y", units(box.y)),
            Attribute("width", units(box.width)), Attribute("height", units(box.height)),
        ]
    }

    private func path(_ points: [Drawing.Point]) -> String {
        points.map { "\(units($0.x)),\(units($0.y))" }.joined(separator: " ")
    }

    private func painted(fill: String, dashed: Bool = false) -> [Attribute] {
        var attributes: [Attribute] = [
            .class("gw-chart__\(look.rawValue)"), Attribute("fill", fill),
            Attribute("stroke", look.stroke),
        ]
        let isLine = dashed && look.strokeWidth > 1
        if isLine { attributes.append(Attribute("stroke-width", units(look.strokeWidth))) }
        if dashed, let dashes = look.dashes {
            attributes.append(Attribute("stroke-dasharray", dashes))
        }
        return attributes
    }
}
