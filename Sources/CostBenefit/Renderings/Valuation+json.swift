import Kernel

extension Valuation {
    /// Everything as one JSON object; what is kept back is `"*"`, and what there is none of is null.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.put("appraisal", appraisal.id)
        writer.put("version", Double(appraisal.version))
        writer.put("programme", appraisal.programme)
        writer.put("unit_costs", appraisal.unitCosts.id)
        writer.put("unit_costs_version", Double(appraisal.unitCosts.version))
        writer.put("as_at", basis.asAt.iso)
        writer.put("prices", appraisal.prices.text)
        writer.put("timing", appraisal.timing.rawValue)
        writer.key("says")
        writer.beginArray()
        for sentence in preamble { writer.string(sentence) }
        writer.endArray()
        writer.key("figures")
        writer.beginObject()
        for figure in namedFigures {
            writer.key(figure.name)
            writer.beginObject()
            writer.put("is", figure.words)
            writer.put("value", figure.value)
            writer.put("shown", figure.text)
            writer.endObject()
        }
        writer.endObject()
        writer.key("assumptions")
        writer.beginArray()
        for one in appraisal.assumptions { writer.write(one, basis(of: one)) }
        writer.endArray()
        writer.key("numbers")
        writer.beginArray()
        for entry in entries where !["figure", "assumption"].contains(entry.part) {
            writer.beginObject()
            writer.put("part", entry.part)
            writer.put("item", entry.item)
            writer.put("figure", entry.name)
            writer.put("value", entry.value)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ one: Assumption, _ basis: String) {
        beginObject()
        put("id", one.id)
        put("is", one.name)
        put("unit", one.unit.rawValue)
        put("value", one.value.map(Reckoned.known) ?? .none)
        put("low", one.low.map(Reckoned.known) ?? .none)
        put("high", one.high.map(Reckoned.known) ?? .none)
        key("assumed")
        bool(one.basis.isAssumed)
        key("changed")
        bool(one.isChanged)
        put("from", basis)
        endObject()
    }

    fileprivate mutating func put(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func put(_ name: String, _ value: Double) {
        key(name)
        number(value)
    }

    fileprivate mutating func put(_ name: String, _ value: Reckoned) {
        key(name)
        switch value {
        case .known(let known): number(known)
        case .keptBack: string("*")
        case .none: null()
        }
    }
}
