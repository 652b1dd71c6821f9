import Measures

/// A run chart drawn: points, mean, limits, target, and where limits were reckoned anew.
///
/// Colour is never the only sign: a point that stands out is a triangle, and the verdict is in words.
package struct RunPicture: Chart {
    package var title: String
    package var chart: RunChart
    /// What the points are, as the heading of their column.
    package var pointHeading: String
    package var valueHeading: String
    package var form: NumberForm

    package init(
        title: String,
        chart: RunChart,
        pointHeading: String = "Month",
        valueHeading: String,
        form: NumberForm = .count
    ) {
        self.title = title
        self.chart = chart
        self.pointHeading = pointHeading
        self.valueHeading = valueHeading
        self.form = form
    }

    package var says: String { chart.verdict }

    package var table: ChartTable {
        let hasLimits = chart.parts.contains { $0.limits != nil }
        var headings = [pointHeading, valueHeading]
        if hasLimits { headings += ["Mean", "Lower limit", "Upper limit", "Sign"] }
        if chart.options.target != nil { headings.append("Target") }
        let isRebased = chart.parts.contains { $0.reason != nil }
        if isRebased { headings.append("Limits reckoned anew") }
        let rows = chart.marks.enumerated().map { place, mark in
            let part = chart.parts[mark.part]
            var row = [mark.point.label, form.text(mark.point.value)]
            if hasLimits {
                let limits = part.limits
                row += [limits?.mean, limits?.lower, limits?.upper].map { $0.map(fine) ?? "" }
                row.append(mark.cause?.words ?? "")
            }
            if let target = chart.options.target { row.append(form.text(target)) }
            if isRebased { row.append(place == part.points.lowerBound ? part.reason ?? "" : "") }
            return row
        }
        return ChartTable(headings: headings, rows: rows)
    }

    package func drawn(in frame: Frame) -> Drawing {
        var drawing = Drawing(width: frame.width)
        let limits = chart.parts.compactMap(\.limits)
        let numbers =
            chart.marks.map(\.point.value) + limits.flatMap { [$0.lower, $0.upper] }
            + [chart.options.target].compactMap { $0 }
        let axis = Axis(numbers, fromZero: false, whole: form == .count)
        let plot = Plot(frame, axis, labels: chart.marks.map(\.point.label), form)
        let height = plot.draw(in: &drawing)
        var legend = Legend()
        drawLimits(plot, &drawing, &legend)
        let line = chart.marks.indices.map { plot.point($0, chart.marks[$0].point.value) }
        if line.count > 1 { drawing.add(.line(line), .run) }
        drawPoints(plot, &drawing, &legend)
        let drawn = legend.drawn(width: frame.width)
        drawing.add(drawn, down: height)
        drawing.height = height + drawn.height + 4
        return drawing
    }

    /// One decimal more than the figures have, since a mean lies between them.
    private func fine(_ number: Double) -> String {
        switch form {
        case .count: NumberForm.decimals(1).text(number)
        case .decimals(let places): NumberForm.decimals(places + 1).text(number)
        case .percent, .pounds: form.text(number)
        }
    }

    private func drawLimits(_ plot: Plot, _ drawing: inout Drawing, _ legend: inout Legend) {
        for (number, part) in chart.parts.enumerated() {
            let (first, last) = (part.points.lowerBound, part.points.upperBound - 1)
            func level(_ value: Double, _ look: Look, _ words: String) {
                let ends = [plot.point(first, value), plot.point(last, value)]
                drawing.add(.line(ends), look, says: words)
            }
            if number > 0 {
                let x = (plot.x(first - 1) + plot.x(first)) / 2
                let ends = [plot.y(plot.axis.least), plot.y(plot.axis.most)]
                drawing.add(.line(ends.map { .init(x, $0) }), .rebase, says: part.reason)
            }
            guard let limits = part.limits else { continue }
            level(limits.mean, .mean, "Mean \(fine(limits.mean))")
            level(limits.lower, .limit, "Lower limit \(fine(limits.lower))")
            level(limits.upper, .limit, "Upper limit \(fine(limits.upper))")
        }
        if let limits = chart.limits ?? chart.parts.compactMap(\.limits).last {
            legend.add(.line(.mean), "mean \(fine(limits.mean))")
            legend.add(.line(.limit), "limits \(fine(limits.lower)) to \(fine(limits.upper))")
        }
        if chart.parts.count > 1 { legend.add(.line(.rebase), "limits reckoned anew") }
        if let target = chart.options.target, let last = chart.marks.indices.last {
            let ends = [plot.point(0, target), plot.point(last, target)]
            drawing.add(.line(ends), .target, says: "Target \(form.text(target))")
            legend.add(.line(.target), "target \(form.text(target))")
        }
    }

    private func drawPoints(_ plot: Plot, _ drawing: inout Drawing, _ legend: inout Legend) {
        var seen: Set<String> = []
        for (place, mark) in chart.marks.enumerated() {
            let judgement = chart.judgement(mark)
            let look: Look =
                switch judgement {
                case .improving: .improving
                case .concerning: .concerning
                case .neither: .neither
                case .commonCause: .common
                case .notJudged: .unjudged
                }
            let form: PointForm = mark.cause.map { $0.isUp ? .up : .down } ?? .circle
            var says = "\(mark.point.label): \(self.form.text(mark.point.value))"
            if let cause = mark.cause { says += ", \(cause.words)" }
            let at = plot.point(place, mark.point.value)
            drawing.add(form.shape(at: at), look, says: says)
            let words: String =
                switch judgement {
                case .improving: "improving"
                case .concerning: "concerning"
                case .neither: "a change"
                case .commonCause: "within chance"
                case .notJudged: "not judged"
                }
            if seen.insert(words + "\(form)").inserted { legend.add(.point(look, form), words) }
        }
    }
}
