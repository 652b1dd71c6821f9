/// The lines and marks of a chart with their names, beneath it.
struct Legend {
    enum Sign {
        case line(Look)
        case area(Look)
        case point(Look, PointForm)
    }

    var items: [(sign: Sign, words: String)] = []

    private static let signWidth = 24.0
    private static let gap = 14.0

    mutating func add(_ sign: Sign, _ words: String) { items.append((sign, words)) }

    /// The items one after the other, in as many lines as they need.
    func drawn(width: Double) -> Drawing {
        var drawing = Drawing(width: width)
        let size = Frame.textSize
        var x = 0.0
        var top = 0.0
        for (sign, words) in items {
            let room = width - Legend.signWidth
            let lines = TextWidth.wrap(words, size: size, width: room)
            let needed = lines.map { TextWidth.of($0, size: size) }.max() ?? 0
            if x > 0, x + Legend.signWidth + needed > width {
                x = 0
                top += Frame.lineHeight
            }
            let middle = top + Frame.lineHeight / 2
            draw(sign, in: &drawing, x, middle)
            for (number, line) in lines.enumerated() {
                let y = middle + size * 0.35 + Double(number) * Frame.lineHeight
                drawing.text(line, x + Legend.signWidth, y, size: size)
            }
            x += Legend.signWidth + needed + Legend.gap
            if lines.count > 1 {
                top += Double(lines.count) * Frame.lineHeight
                x = 0
            }
        }
        drawing.height = x > 0 ? top + Frame.lineHeight : top
        return drawing
    }

    private func draw(_ sign: Sign, in drawing: inout Drawing, _ x: Double, _ middle: Double) {
        switch sign {
        case .line(let look):
            drawing.add(.line([.init(x, middle), .init(x + 18, middle)]), look)
        case .area(let look):
            drawing.add(.bar(.init(x: x, y: middle - 5, width: 18, height: 10)), look)
        case .point(let look, let form):
            drawing.add(form.shape(at: .init(x + 9, middle)), look)
        }
    }
}

/// The form of a point, so that colour is never the only sign.
enum PointForm {
    case circle
    case up
    case down

    /// The shape about a place.
    func shape(at place: Drawing.Point) -> Drawing.Shape {
        let (wide, high) = (5.5, 5.0)
        switch self {
        case .circle:
            return .circle(place, radius: 4)
        case .up:
            return .area([
                .init(place.x, place.y - high), .init(place.x + wide, place.y + high),
                .init(place.x - wide, place.y + high),
            ])
        case .down:
            return .area([
                .init(place.x, place.y + high), .init(place.x + wide, place.y - high),
                .init(place.x - wide, place.y - high),
            ])
        }
    }
}
