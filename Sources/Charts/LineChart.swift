/// Figures over time as lines, with the range of a forecast where there is one.
package struct LineChart: Chart {
    package struct Line: Sendable, Hashable {
        package var name: String
        /// A figure for each of the chart's points; nil where there is none.
        package var values: [Double?]

        package init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    /// The least and greatest figure to expect at each point; nil where nothing is forecast.
    package struct Range: Sendable, Hashable {
        package var name: String
        package var values: [ClosedRange<Double>?]

        package init(_ name: String, _ values: [ClosedRange<Double>?]) {
            self.name = name
            self.values = values
        }
    }

    package var title: String
    package var says: String
    /// What the points are, as the heading of their column.
    package var pointHeading: String
    package var points: [String]
    /// At most four, told apart by colour and dashes.
    package var lines: [Line]
    package var range: Range?
    package var form: NumberForm

    package init(
        title: String,
        says: String,
        pointHeading: String,
        points: [String],
        lines: [Line],
        range: Range? = nil,
        form: NumberForm = .count
    ) {
        self.title = title
        self.says = says
        self.pointHeading = pointHeading
        self.points = points
        self.lines = lines
        self.range = range
        self.form = form
    }

    package var table: ChartTable {
        let rows = points.indices.map { place in
            var row = [points[place]]
            row += lines.map { line in figure(line, place).map(form.text) ?? "" }
            if let range {
                row.append(expected(range, place).map(words) ?? "")
            }
            return row
        }
        let headings = [pointHeading] + lines.map(\.name) + [range?.name].compactMap { $0 }
        return ChartTable(headings: headings, rows: rows)
    }

    package func drawn(in frame: Frame) -> Drawing {
        var drawing = Drawing(width: frame.width)
        let ranges = range?.values.compactMap { $0 } ?? []
        let numbers =
            lines.flatMap { $0.values.compactMap { $0 } }
            + ranges.flatMap { [$0.lowerBound, $0.upperBound] }
        let axis = Axis(numbers, whole: form == .count)
        let plot = Plot(frame, axis, labels: points, form)
        let height = plot.draw(in: &drawing)
        var legend = Legend()
        if let range {
            let places = points.indices.filter { expected(range, $0) != nil }
            let lower = places.map { plot.point($0, expected(range, $0)?.lowerBound ?? 0) }
            let upper = places.map { plot.point($0, expected(range, $0)?.upperBound ?? 0) }
            drawing.add(.area(upper + lower.reversed()), .range)
            for (place, point) in zip(places, upper) {
                let said = expected(range, place).map(words) ?? ""
                let says = "\(points[place]), \(range.name): \(said)"
                drawing.add(.circle(point, radius: 1), .range, says: says)
            }
            legend.add(.area(.range), range.name)
        }
        for (line, look) in zip(lines, Look.lines) {
            for run in runs(of: line) {
                drawing.add(.line(run.map { plot.point($0.place, $0.value) }), look)
            }
            for place in points.indices {
                guard let value = figure(line, place) else { continue }
                let says = "\(points[place]), \(line.name): \(form.text(value))"
                drawing.add(.circle(plot.point(place, value), radius: 2.5), look, says: says)
            }
            legend.add(.line(look), line.name)
        }
        let drawn = legend.drawn(width: frame.width)
        drawing.add(drawn, down: height)
        drawing.height = height + drawn.height + 4
        return drawing
    }

    private func figure(_ line: Line, _ place: Int) -> Double? {
        line.values.indices.contains(place) ? line.values[place] : nil
    }

    private func expected(_ range: Range, _ place: Int) -> ClosedRange<Double>? {
        range.values.indices.contains(place) ? range.values[place] : nil
    }

    private func words(_ range: ClosedRange<Double>) -> String {
        "\(form.text(range.lowerBound)) to \(form.text(range.upperBound))"
    }

    /// Points that follow each other without a gap; a line is not drawn across one.
    private func runs(of line: Line) -> [[(place: Int, value: Double)]] {
        var runs: [[(place: Int, value: Double)]] = []
        var isOpen = false
        for place in points.indices {
            guard let value = figure(line, place) else {
                isOpen = false
                continue
            }
            if !isOpen { runs.append([]) }
            runs[runs.count - 1].append((place, value))
            isOpen = true
        }
        return runs.filter { $0.count > 1 }
    }
}
