/// Two axes: round figures upwards, and names from left to right.
struct Plot {
    let frame: Frame
    let axis: Axis
    private let labels: [String]
    private let form: NumberForm
    private let left: Double
    private let right: Double
    /// Where points may lie: half a line below the top, so that the highest figure has room.
    private let top = Frame.lineHeight / 2

    init(_ frame: Frame, _ axis: Axis, labels: [String], _ form: NumberForm) {
        self.frame = frame
        self.axis = axis
        self.labels = labels
        self.form = form
        let widest = axis.ticks.map { TextWidth.of(form.text($0), size: Frame.textSize) }.max()
        left = (widest ?? 0) + 8
        right = frame.width - 8
    }

    var bottom: Double { top + frame.plotHeight }

    func x(_ place: Int) -> Double {
        guard labels.count > 1 else { return (left + right) / 2 }
        let margin = 8.0
        return left + margin
            + Double(place) * (right - left - margin * 2) / Double(labels.count - 1)
    }

    func y(_ number: Double) -> Double { bottom - axis.share(number) * (bottom - top) }

    func point(_ place: Int, _ number: Double) -> Drawing.Point { .init(x(place), y(number)) }

    /// Both axes with their figures and names; gives the height that they take.
    func draw(in drawing: inout Drawing) -> Double {
        let size = Frame.textSize
        for tick in axis.ticks {
            let y = y(tick)
            let look: Look = tick == axis.least ? .axis : .grid
            drawing.add(.line([.init(left, y), .init(right, y)]), look)
            drawing.text(form.text(tick), left - 6, y + size * 0.35, .end, size: size)
        }
        for label in placed() {
            drawing.text(label.text, label.x, bottom + Frame.lineHeight + 4, size: size)
        }
        return bottom + Frame.lineHeight + 12
    }

    /// As many of the names as fit beside each other, evenly chosen, the last among them.
    private func placed() -> [(text: String, x: Double)] {
        guard let last = labels.indices.last else { return [] }
        let width = frame.width
        func box(_ place: Int) -> (text: String, x: Double, end: Double) {
            let lines = TextWidth.wrap(labels[place], size: Frame.textSize, width: width / 2)
            let text = lines.count > 1 ? lines[0] + "…" : lines[0]
            let needed = TextWidth.of(text, size: Frame.textSize)
            let x = max(0, min(x(place) - needed / 2, width - needed))
            return (text, x, x + needed)
        }
        for step in 1...labels.count {
            // From the last backwards, since it is the latest that is looked for.
            let boxes = stride(from: last, through: 0, by: -step).map(box).reversed().map { $0 }
            if zip(boxes, boxes.dropFirst()).allSatisfy({ $0.end + 8 <= $1.x }) {
                return boxes.map { ($0.text, $0.x) }
            }
        }
        return []
    }
}
