import Kernel

extension ReportTable {
    /// The report as one JSON object, with its keys always in the same order.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("title")
        writer.string(title)
        writer.key("programme")
        writer.beginObject()
        writer.key("id")
        writer.string(programme)
        writer.key("version")
        writer.int(programmeVersion)
        writer.key("name")
        writer.string(programmeName)
        writer.endObject()
        writer.key("as_at")
        writer.string(asAt.iso)
        writer.key("known_at")
        writer.stringOrNull(knownAt)
        writer.key("grouping")
        writer.stringOrNull(grouping?.rawValue)
        writer.key("groups")
        writer.beginArray()
        for group in groups {
            writer.beginObject()
            writer.key("key")
            writer.string(group.key)
            writer.key("label")
            writer.string(group.label)
            writer.endObject()
        }
        writer.endArray()
        writer.key("rows")
        writer.beginArray()
        for row in rows { writer.write(row, groups) }
        writer.endArray()
        if let keptBack { writer.write(keptBack) }
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ keptBack: KeptBack) {
        key("kept_back")
        beginObject()
        key("audience")
        string(keptBack.audience.rawValue)
        key("method")
        string(keptBack.method.rawValue)
        key("hidden")
        int(keptBack.hidden)
        key("figures")
        int(keptBack.figures)
        key("says")
        string(keptBack.text)
        endObject()
    }

    fileprivate mutating func stringOrNull(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    fileprivate mutating func write(_ row: ReportLine, _ groups: [ReportGroup]) {
        beginObject()
        key("row")
        string(row.label)
        key("definition")
        string(row.definition)
        key("note")
        stringOrNull(row.note)
        key("printed")
        stringOrNull(row.printed)
        key("verdict")
        stringOrNull(row.verdict)
        key("whole")
        write(row.whole, group: nil)
        key("cells")
        beginArray()
        for (group, cell) in zip(groups, row.cells) { write(cell, group: group.key) }
        endArray()
        endObject()
    }

    private mutating func write(_ cell: ReportCell, group: String?) {
        beginObject()
        if let group {
            key("group")
            string(group)
        }
        key("numerator")
        if let numerator = cell.numerator { number(numerator.double) } else { null() }
        key("denominator")
        if let denominator = cell.denominator { int(denominator) } else { null() }
        key("shown")
        string(cell.shown)
        if cell.isHidden {
            key("kept_back")
            bool(true)
        }
        key("interval")
        if let interval = cell.interval {
            beginObject()
            key("lower")
            number(interval.lower)
            key("upper")
            number(interval.upper)
            endObject()
        } else {
            null()
        }
        key("left_out")
        beginArray()
        for leftOut in cell.leftOut {
            beginObject()
            key("reason")
            string(leftOut.reason)
            key("count")
            if leftOut.isHidden { null() } else { int(leftOut.count) }
            endObject()
        }
        endArray()
        endObject()
    }
}
