/// How far a result moves when each assumption alone is put at its least and its greatest.
package struct Tornado: Chart {
    package struct Assumption: Sendable, Hashable {
        package var name: String
        /// The assumption's own values, in words.
        package var low: String
        package var high: String
        /// The result at each.
        package var atLow: Double
        package var atHigh: Double

        package init(_ name: String, low: String, high: String, atLow: Double, atHigh: Double) {
            self.name = name
            self.low = low
            self.high = high
            self.atLow = atLow
            self.atHigh = atHigh
        }

        var span: Double { abs(atHigh - atLow) }
    }

    package var title: String
    /// The result with every assumption as it is thought to be.
    package var base: Double
    /// What the result is, as a heading.
    package var resultHeading: String
    /// Those that move the result most come first.
    package let assumptions: [Assumption]
    package var form: NumberForm

    package init(
        title: String,
        base: Double,
        resultHeading: String,
        assumptions: [Assumption],
        form: NumberForm
    ) {
        self.title = title
        self.base = base
        self.resultHeading = resultHeading
        self.assumptions = assumptions.enumerated()
            .sorted { ($1.element.span, $0.offset) < ($0.element.span, $1.offset) }
            .map(\.element)
        self.form = form
    }

    package var says: String {
        guard let first = assumptions.first else { return "There are no assumptions." }
        return "\(resultHeading) is \(form.text(base)). “\(first.name)” moves it most, from "
            + "\(form.text(min(first.atLow, first.atHigh))) to "
            + "\(form.text(max(first.atLow, first.atHigh)))."
    }

    package var table: ChartTable {
        let heading = resultHeading.prefix(1).lowercased() + resultHeading.dropFirst()
        return ChartTable(
            headings: ["Assumption", "Low", "Then \(heading)", "High", "Then the same"],
            rows: assumptions.map {
                [$0.name, $0.low, form.text($0.atLow), $0.high, form.text($0.atHigh)]
            }
        )
    }

    package func drawn(in frame: Frame) -> Drawing {
        var drawing = Drawing(width: frame.width)
        let size = Frame.textSize
        let ends = assumptions.flatMap { [$0.atLow, $0.atHigh] } + [base]
        let (least, most) = (ends.min() ?? 0, ends.max() ?? 1)
        let reach = most > least ? most - least : 1
        let (left, right) = (2.0, frame.width - 2)
        func x(_ number: Double) -> Double { left + (number - least) / reach * (right - left) }
        var top = 4.0
        var bars: [(low: Drawing.Box, high: Drawing.Box, says: String)] = []
        for assumption in assumptions {
            let words = [
                assumption.name,
                "\(assumption.low): \(form.text(assumption.atLow))",
                "\(assumption.high): \(form.text(assumption.atHigh))",
            ]
            let lines = words.flatMap { TextWidth.wrap($0, size: size, width: frame.width) }
            for line in lines {
                drawing.text(line, 0, top + size, size: size)
                top += Frame.lineHeight
            }
            func box(_ result: Double) -> Drawing.Box {
                let (from, to) = (min(x(base), x(result)), max(x(base), x(result)))
                return .init(x: from, y: top + 4, width: to - from, height: 14)
            }
            let says = words.joined(separator: "; ")
            bars.append((box(assumption.atLow), box(assumption.atHigh), says))
            top += 32
        }
        for bar in bars {
            drawing.add(.bar(bar.low), .main, says: bar.says)
            drawing.add(.bar(bar.high), .second, says: bar.says)
            for box in [bar.low, bar.high] where box.width > 0 {
                drawing.add(
                    .line([.init(x(base), box.y - 3), .init(x(base), box.y + box.height + 3)]),
                    .whisker
                )
            }
        }
        var legend = Legend()
        legend.add(.area(.main), "at the low value")
        legend.add(.area(.second), "at the high value")
        legend.add(.line(.whisker), "\(resultHeading) as assumed: \(form.text(base))")
        let drawn = legend.drawn(width: frame.width)
        drawing.add(drawn, down: top)
        drawing.height = top + drawn.height + 4
        return drawing
    }
}
