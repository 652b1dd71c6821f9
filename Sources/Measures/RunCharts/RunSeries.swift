import Kernel

/// A named run of figures as a file gives it.
package struct RunSeries: Sendable, Hashable {
    package var name: String
    package var points: [RunChart.Point]
    /// The values as they were written, which are given back so.
    package var written: [String]

    package init(name: String, points: [RunChart.Point] = [], written: [String] = []) {
        self.name = name
        self.points = points
        self.written = written
    }

    package mutating func add(_ label: String, _ value: Double, written text: String) {
        points.append(RunChart.Point(label, value))
        written.append(text)
    }
}

/// Some series, each judged.
package struct RunReport: Sendable {
    package var series: [(series: RunSeries, chart: RunChart)]

    package init(_ series: [RunSeries], _ options: RunChart.Options) {
        self.series = series.map { ($0, RunChart($0.points, options)) }
    }

    /// The columns of `fixtures/spc/xmr.csv`: what NHSRplotthedots computes, to four decimals.
    ///
    /// Where there are too few points, limits and cause are blank.
    package var csv: String {
        var text = "series,point,value,lower_limit,mean,upper_limit,special_cause\n"
        for (series, chart) in series {
            for (mark, written) in zip(chart.marks, series.written) {
                var fields = [CSVText.field(series.name), CSVText.field(mark.point.label), written]
                if let limits = chart.parts[mark.part].limits {
                    fields += [limits.lower, limits.mean, limits.upper].map(Decimals.four)
                    fields.append(mark.cause?.rawValue ?? SpecialCause.commonCause)
                } else {
                    fields += ["", "", "", ""]
                }
                text += fields.joined(separator: ",") + "\n"
            }
        }
        return text
    }

    /// Each series with its verdict and the points that stand out.
    package var text: String {
        series.map { series, chart in
            var lines = ["\(series.name): \(chart.verdict)"]
            for part in chart.parts {
                guard let limits = part.limits else { continue }
                let (first, last) = (part.points.lowerBound, part.points.upperBound - 1)
                let ends = [limits.mean, limits.lower, limits.upper].map { Decimals.text($0, 2) }
                lines.append(
                    "  \(chart.marks[first].point.label) to \(chart.marks[last].point.label): "
                        + "mean \(ends[0]), limits \(ends[1]) to \(ends[2])"
                )
            }
            for mark in chart.marks {
                guard let cause = mark.cause else { continue }
                lines.append(
                    "  \(mark.point.label): \(Decimals.short(mark.point.value)), \(cause.words)"
                )
            }
            return lines.joined(separator: "\n") + "\n"
        }
        .joined(separator: "\n")
    }
}

/// How a field is written in CSV (RFC 4180).
package enum CSVText {
    /// The field, in quotes if it holds a comma, a quote or a line's end.
    package static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
