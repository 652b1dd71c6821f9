import Kernel
import Programmes

extension [Trajectory] {
    /// A line for each part and month.
    package var csv: String {
        var text = "part,month,planned,actual,planned_so_far,actual_so_far\n"
        for trajectory in self {
            for month in trajectory.months {
                let figures = [
                    month.planned, month.actual, month.plannedSoFar, month.actualSoFar,
                ]
                let fields =
                    [CSVText.field(trajectory.name), month.month.iso]
                    + figures.map { $0.map(String.init) ?? "" }
                text += fields.joined(separator: ",") + "\n"
            }
        }
        return text
    }

    /// Each part with its verdict, then its months.
    package var text: String {
        map { trajectory in
            var lines = [trajectory.name, "", trajectory.verdict, ""]
            lines.append("month             planned   actual   so far: planned   actual")
            for month in trajectory.months {
                let figures = [
                    (month.planned, 9), (month.actual, 9), (month.plannedSoFar, 18),
                    (month.actualSoFar, 9),
                ]
                lines.append(
                    padded(month.month.uk, 16, toRight: false)
                        + figures.map { padded($0.0.map(String.init) ?? "", $0.1) }.joined()
                )
            }
            return lines.joined(separator: "\n") + "\n"
        }
        .joined(separator: "\n")
    }

    private func padded(_ text: String, _ width: Int, toRight: Bool = true) -> String {
        let blank = String(repeating: " ", count: Swift.max(0, width - text.count))
        return toRight ? blank + text : text + blank
    }

    /// Everything as one JSON array.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginArray()
        for trajectory in self { writer.write(trajectory) }
        writer.endArray()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ trajectory: Trajectory) {
        beginObject()
        put("name", trajectory.name)
        put("strand", trajectory.part.strand)
        put("provider", trajectory.part.provider)
        put("locality", trajectory.part.locality)
        put("as_at", trajectory.asAt.iso)
        put("counts", trajectory.counts.rawValue)
        put("year_end", trajectory.yearEnd.iso)
        put("target", trajectory.target.map(Double.init))
        put("planned_by_now", trajectory.plannedByNow?.double)
        put("actual", Double(trajectory.actual))
        put("weekly_needed", trajectory.weeklyNeeded?.double)
        put("course", trajectory.course.rawValue)
        put("verdict", trajectory.verdict)
        put("forecast", trajectory.forecast?.expected)
        put("forecast_lower", trajectory.forecast?.range.lower)
        put("forecast_upper", trajectory.forecast?.range.upper)
        key("mix")
        beginArray()
        for share in trajectory.mix {
            beginObject()
            put("status", share.status)
            put("wanted_percent", Double(share.wantedPercent))
            put("count", Double(share.count))
            put("of", Double(share.of))
            put("lower", share.interval?.lower)
            put("upper", share.interval?.upper)
            endObject()
        }
        endArray()
        key("months")
        beginArray()
        for month in trajectory.months {
            beginObject()
            put("month", month.month.iso)
            put("planned", month.planned.map(Double.init))
            put("actual", month.actual.map(Double.init))
            put("planned_so_far", month.plannedSoFar.map(Double.init))
            put("actual_so_far", month.actualSoFar.map(Double.init))
            endObject()
        }
        endArray()
        endObject()
    }

    private mutating func put(_ name: String, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    private mutating func put(_ name: String, _ figure: Double?) {
        key(name)
        if let figure { number(figure) } else { null() }
    }
}
