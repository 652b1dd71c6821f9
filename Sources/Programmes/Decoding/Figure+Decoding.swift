import Kernel

/// Reads indicators and the report, which look up targets and costs.
struct FigureReader {
    private static let kinds = ["count", "mean", "median", "distinct", "sum", "met", "outcome"]

    let targets: [Target]
    let interventions: [Intervention]

    func indicators(_ place: Place?) -> [NamedIndicator] {
        guard let place else { return [] }
        return place.entries().compactMap { key, value -> NamedIndicator? in
            guard let id = key.define(.indicator) else { return nil }
            return value.read("indicator") { reader in
                let name = reader.name(or: id)
                let kind = reader.exactlyOne(Self.kinds)
                if kind == nil { askForRest(reader) }
                let indicator = kind.flatMap { self.indicator($0, reader) }
                guard let name, let indicator else { return nil }
                return NamedIndicator(id: id, name: name, indicator: indicator)
            }
        }
    }

    func report(
        _ reader: MappingReader,
        indicators: [NamedIndicator],
        programme: String?
    ) -> Report? {
        let title = reader.optional("title")
        let text = title?.text()
        let asAt = reader.optional("as_at")?.date()
        let rows = reader.required("rows")?.list().compactMap { row($0, indicators) }
        return Report(title: text ?? programme ?? "", asAt: asAt, rows: rows ?? [])
    }

    private func row(_ place: Place, _ indicators: [NamedIndicator]) -> ReportRow? {
        place.read("row") { reader in
            let label = reader.required("row")?.text()
            if let label, let row = reader.optional("row") {
                place.log.names.define(.row, label, at: row)
            }
            let indicator: Indicator?
            if let (key, value) = reader.exactlyOne(["indicator"] + Self.kinds) {
                indicator =
                    key == "indicator"
                    ? named(value, indicators, reader) : self.indicator((key, value), reader)
            } else {
                indicator = nil
                askForRest(reader)
            }
            let show = show(reader, indicator)
            let printed = reader.optional("printed")?.text()
            let note = reader.optional("note")?.text()
            guard let label, let indicator, let show else { return nil }
            return ReportRow(
                row: label,
                indicator: indicator,
                show: show,
                printed: printed,
                note: note,
                line: place.line
            )
        }
    }

    /// Asks for the keys that go with a kind, so that they are not reported when that is missing.
    private func askForRest(_ reader: MappingReader) {
        for key in ["of", "over", "times"] { _ = reader.optional(key) }
    }

    /// The indicator of that name, which brings its own `of`, `over` and `times`.
    private func named(
        _ place: Place,
        _ indicators: [NamedIndicator],
        _ reader: MappingReader
    ) -> Indicator? {
        for key in ["of", "over", "times"] {
            reader.optional(key)?
                .fault("`\(key)` beside `indicator`", expected: "the indicator's own `\(key)`")
        }
        guard let id = place.use(.indicator) else { return nil }
        return indicators.first { $0.id == id }?.indicator
    }

    private func indicator(
        _ kind: (key: String, value: Place),
        _ reader: MappingReader
    ) -> Indicator? {
        let (key, value) = kind
        let overPlace = reader.optional("over")
        let over = overPlace.map { $0.population() } ?? .everyone
        let counts = ["count", "met", "outcome"].contains(key)
        if counts {
            overPlace?.fault("`over` beside `\(key)`", expected: "`of`, for what it is divided by")
        }
        let ofPlace = reader.optional("of")
        let of = ofPlace.flatMap(denominator)
        if !counts, key != "distinct" {
            ofPlace?
                .fault("`of` beside `\(key)`", expected: "`over`, for the cases it is taken over")
        }
        let timesPlace = reader.optional("times")
        let times = timesPlace.flatMap(times)
        if !counts {
            timesPlace?.fault("`times` beside `\(key)`", expected: "`times` with a count")
        }
        let made: Indicator.Kind? =
            switch key {
            case "count": value.population().map { .count($0) }
            case "mean": both(elapsed(value), over) { .mean($0, over: $1) }
            case "median": both(elapsed(value), over) { .median($0, over: $1) }
            case "distinct": both(value.word(as: CodeField.self), over) { .distinct($0, over: $1) }
            case "sum": both(value.word(as: NumberField.self), over) { .sum($0, over: $1) }
            case "met": value.use(.clock).map { .met(clock: $0) }
            default: value.use(.outcome).map { .outcome($0) }
            }
        // What could not be read has its fault; without it the rest would only seem wrong.
        guard let made, (of == nil) == (ofPlace == nil), (times == nil) == (timesPlace == nil)
        else { return nil }
        return Indicator(kind: made, of: of, times: times)
    }

    private func both<A, B, Made>(_ a: A?, _ b: B?, _ make: (A, B) -> Made) -> Made? {
        guard let a, let b else { return nil }
        return make(a, b)
    }

    private func elapsed(_ place: Place) -> Elapsed? {
        place.read("elapsed") { reader in
            guard let (key, value) = reader.exactlyOne(Period.Unit.allCases.map(\.rawValue)),
                let unit = Period.Unit(rawValue: key)
            else { return nil }
            return value.read("span") { reader in
                let from = reader.required("from")?.milestone()
                let to = reader.required("to")?.milestone()
                return both(from, to) { Elapsed(unit: unit, from: $0, to: $1) }
            }
        }
    }

    private func denominator(_ place: Place) -> Denominator? {
        guard place.hasKey("target") else { return place.population().map { .population($0) } }
        return place.read("target-denominator") { reader in
            guard let id = reader.required("target")?.use(.target) else { return nil }
            return targets.first { $0.id == id }.map { .target(id: id, value: $0.value) }
        }
    }

    private func times(_ place: Place) -> Pence? {
        place.read("times") { reader in
            guard let (key, value) = reader.exactlyOne(["unit_cost", "pounds"]) else { return nil }
            guard key == "unit_cost" else { return value.pounds() }
            guard let id = value.use(.intervention),
                let intervention = interventions.first(where: { $0.id == id })
            else { return nil }
            if intervention.unitCost == nil {
                value.fault("`\(id)` has no unit_cost", expected: "an intervention that has one")
            }
            return intervention.unitCost
        }
    }
}
