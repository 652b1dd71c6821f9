/// A chart's shapes with their places, before they are written as SVG.
///
/// The units are pixels when it is shown at its own width. Tests look here for what lies over what.
package struct Drawing: Sendable, Hashable {
    package var width: Double
    package var height: Double
    package private(set) var marks: [Mark] = []

    init(width: Double, height: Double = 0) {
        self.width = width
        self.height = height
    }

    /// A rectangle, from its upper left corner.
    package struct Box: Sendable, Hashable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double

        package func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height
                && other.y < y + height
        }
    }

    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double

        init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    package enum Anchor: String, Sendable {
        case start
        case middle
        case end
    }

    package enum Shape: Sendable, Hashable {
        case bar(Box)
        /// An outline alone.
        case frame(Box)
        case line([Point])
        case area([Point])
        case circle(Point, radius: Double)
        case text(String, Point, Anchor, size: Double)
    }

    /// A shape with its look, and what is said when a pointer rests on it.
    package struct Mark: Sendable, Hashable {
        package var shape: Shape
        package var look: Look
        package var says: String?
    }

    mutating func add(_ shape: Shape, _ look: Look, says: String? = nil) {
        marks.append(Mark(shape: shape, look: look, says: says))
    }

    mutating func text(
        _ text: String,
        _ x: Double,
        _ y: Double,
        _ anchor: Anchor = .start,
        size: Double
    ) {
        add(.text(text, Point(x, y), anchor, size: size), .text)
    }

    /// Takes in another drawing, moved.
    mutating func add(_ other: Drawing, down: Double) {
        for var mark in other.marks {
            mark.shape = mark.shape.moved(down: down)
            marks.append(mark)
        }
    }
}

extension Drawing.Shape {
    /// The rectangle that it fills.
    package var box: Drawing.Box {
        switch self {
        case .bar(let box), .frame(let box):
            return box
        case .line(let points), .area(let points):
            let (xs, ys) = (points.map(\.x), points.map(\.y))
            let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
            return Drawing.Box(
                x: left,
                y: top,
                width: (xs.max() ?? 0) - left,
                height: (ys.max() ?? 0) - top
            )
        case .circle(let centre, let radius):
            return Drawing.Box(
                x: centre.x - radius,
                y: centre.y - radius,
                width: radius * 2,
                height: radius * 2
            )
        case .text(let text, let place, let anchor, let size):
            let width = TextWidth.of(text, size: size)
            let before: Double =
                switch anchor {
                case .start: 0
                case .middle: width / 2
                case .end: width
                }
            // A line of text rises most of its size above its foot and sinks a little below.
            return Drawing.Box(
                x: place.x - before,
                y: place.y - size * 0.8,
                width: width,
                height: size
            )
        }
    }

    func moved(down: Double) -> Drawing.Shape {
        func move(_ box: Drawing.Box) -> Drawing.Box {
            var box = box
            box.y += down
            return box
        }
        func move(_ point: Drawing.Point) -> Drawing.Point { .init(point.x, point.y + down) }
        switch self {
        case .bar(let box): return .bar(move(box))
        case .frame(let box): return .frame(move(box))
        case .line(let points): return .line(points.map(move))
        case .area(let points): return .area(points.map(move))
        case .circle(let centre, let radius): return .circle(move(centre), radius: radius)
        case .text(let text, let place, let anchor, let size):
            return .text(text, move(place), anchor, size: size)
        }
    }
}
