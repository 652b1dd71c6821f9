import Measures

/// Bars beside each other's names, longest to the right.
package struct BarChart: Chart {
    package struct Bar: Sendable, Hashable {
        package var label: String
        /// Nil where too few people make it up: there is no bar then.
        package var value: Double?
        /// The figure in words, which stand beside the bar and in the table.
        package var shown: String
        package var interval: Interval?
        /// A lighter bar behind, of what could have been.
        package var ghost: Double?
        /// More figures of the row, for the table and for who points at the bar.
        package var more: [String]

        package init(
            _ label: String,
            _ value: Double?,
            shown: String,
            interval: Interval? = nil,
            ghost: Double? = nil,
            more: [String] = []
        ) {
            self.label = label
            self.value = value
            self.shown = shown
            self.interval = interval
            self.ghost = ghost
            self.more = more
        }
    }

    package var title: String
    package var says: String
    /// The heading of the column of names.
    package var rowHeading: String
    /// The heading of the column of figures.
    package var valueHeading: String
    /// The headings of what each bar has in `more`.
    package var moreHeadings: [String]
    package var bars: [Bar]
    /// A figure that all are compared with, and its name.
    package var reference: (value: Double, words: String)?

    package init(
        title: String,
        says: String,
        rowHeading: String,
        valueHeading: String,
        moreHeadings: [String] = [],
        bars: [Bar],
        reference: (value: Double, words: String)? = nil
    ) {
        self.title = title
        self.says = says
        self.rowHeading = rowHeading
        self.valueHeading = valueHeading
        self.moreHeadings = moreHeadings
        self.bars = bars
        self.reference = reference
    }

    package var table: ChartTable {
        var rows = bars.map { [$0.label, $0.shown] + $0.more }
        if let reference { rows.append([reference.words, ""] + moreHeadings.map { _ in "" }) }
        return ChartTable(headings: [rowHeading, valueHeading] + moreHeadings, rows: rows)
    }

    package func drawn(in frame: Frame) -> Drawing {
        var drawing = Drawing(width: frame.width)
        let columns = BarColumns(self, frame)
        var top = 4.0
        for bar in bars {
            let label = columns.label(bar)
            let shown = columns.shown(bar)
            if frame == .wide {
                let lines = Double(max(label.count, shown.count, 1))
                let height = lines * Frame.lineHeight
                let middle = top + height / 2
                columns.write(label, at: 0, middle: middle, in: &drawing)
                columns.draw(bar, middle: middle, in: &drawing)
                columns.write(shown, at: columns.shownFrom, middle: middle, in: &drawing)
                top += height + 12
            } else {
                // The name and the figure above, the bar beneath over the whole width.
                for line in label + shown {
                    drawing.text(line, 0, top + Frame.textSize, size: Frame.textSize)
                    top += Frame.lineHeight
                }
                columns.draw(bar, middle: top + 10, in: &drawing)
                top += 30
            }
        }
        if let reference {
            let x = columns.x(reference.value)
            drawing.add(.line([.init(x, 2), .init(x, top - 4)]), .reference)
            var legend = Legend()
            legend.add(.line(.reference), reference.words)
            let drawn = legend.drawn(width: frame.width)
            drawing.add(drawn, down: top)
            top += drawn.height
        }
        drawing.height = top + 4
        return drawing
    }
}

/// Where the columns of a bar chart lie.
private struct BarColumns {
    let axis: Axis
    let barsFrom: Double
    let barsTo: Double
    let shownFrom: Double
    private let labelWidth: Double
    private let shownWidth: Double

    init(_ chart: BarChart, _ frame: Frame) {
        let numbers = chart.bars.flatMap { bar in
            [bar.value, bar.ghost, bar.interval?.lower, bar.interval?.upper].compactMap { $0 }
        }
        axis = Axis(numbers + [chart.reference?.value].compactMap { $0 })
        guard frame == .wide else {
            (labelWidth, shownWidth) = (frame.width, frame.width)
            (barsFrom, barsTo, shownFrom) = (1, frame.width - 1, 0)
            return
        }
        func widest(_ texts: [String], atMost most: Double) -> Double {
            min(most, texts.map { TextWidth.of($0, size: Frame.textSize) }.max() ?? 0)
        }
        labelWidth = widest(chart.bars.map(\.label), atMost: 210)
        shownWidth = widest(chart.bars.map(\.shown), atMost: 230)
        shownFrom = frame.width - shownWidth - 2
        barsFrom = labelWidth + 10
        barsTo = shownFrom - 10
    }

    func x(_ number: Double) -> Double { barsFrom + axis.share(number) * (barsTo - barsFrom) }

    func label(_ bar: BarChart.Bar) -> [String] {
        TextWidth.wrap(bar.label, size: Frame.textSize, width: labelWidth)
    }

    func shown(_ bar: BarChart.Bar) -> [String] {
        TextWidth.wrap(bar.shown, size: Frame.textSize, width: shownWidth)
    }

    func write(_ lines: [String], at x: Double, middle: Double, in drawing: inout Drawing) {
        let first = middle - Double(lines.count - 1) * Frame.lineHeight / 2
        for (number, line) in lines.enumerated() {
            let y = first + Double(number) * Frame.lineHeight + Frame.textSize * 0.35
            drawing.text(line, x, y, size: Frame.textSize)
        }
    }

    func draw(_ bar: BarChart.Bar, middle: Double, in drawing: inout Drawing) {
        let says = "\(bar.label): " + ([bar.shown] + bar.more).joined(separator: ", ")
        let zero = x(0)
        for (number, look) in [(bar.ghost, Look.ghost), (bar.value, .main)] {
            guard let number else { continue }
            let end = x(number)
            let box = Drawing.Box(
                x: min(zero, end),
                y: middle - 8,
                width: abs(end - zero),
                height: 16
            )
            drawing.add(.bar(box), look, says: says)
        }
        guard let interval = bar.interval, bar.value != nil else { return }
        let (low, high) = (x(interval.lower), x(interval.upper))
        drawing.add(.line([.init(low, middle), .init(high, middle)]), .whisker)
        for end in [low, high] {
            drawing.add(.line([.init(end, middle - 4), .init(end, middle + 4)]), .whisker)
        }
    }
}
