import Kernel

extension RunReport {
    /// Each series with its parts, its points and its verdict, as one JSON array.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for (series, chart) in series { writer.write(series.name, chart) }
        writer.endArray()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ name: String, _ chart: RunChart) {
        beginObject()
        key("series")
        string(name)
        key("verdict")
        string(chart.verdict)
        key("variation")
        string(chart.judgement.rawValue)
        key("assurance")
        if let assurance = chart.assurance { string(assurance.rawValue) } else { null() }
        key("parts")
        beginArray()
        for part in chart.parts { write(part, in: chart) }
        endArray()
        key("points")
        beginArray()
        for mark in chart.marks {
            beginObject()
            key("point")
            string(mark.point.label)
            key("value")
            number(mark.point.value)
            key("special_cause")
            if let cause = mark.cause { string(cause.rawValue) } else { null() }
            key("judgement")
            string(chart.judgement(mark).rawValue)
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func write(_ part: RunChart.Part, in chart: RunChart) {
        beginObject()
        key("from")
        string(chart.marks[part.points.lowerBound].point.label)
        key("to")
        string(chart.marks[part.points.upperBound - 1].point.label)
        key("reason")
        if let reason = part.reason { string(reason) } else { null() }
        let limits = part.limits
        let ends = [
            ("lower_limit", limits?.lower), ("mean", limits?.mean), ("upper_limit", limits?.upper),
        ]
        for (name, value) in ends {
            key(name)
            if let value { number(value) } else { null() }
        }
        key("ranges_screened_out")
        int(limits?.screened ?? 0)
        endObject()
    }
}
