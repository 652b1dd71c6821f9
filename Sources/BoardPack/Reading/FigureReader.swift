import Kernel
import Measures
import Programmes

/// Reads the figures that a pack gives names to, and looks each up in the programme's file.
struct FigureReader {
    private static let kinds = [
        "row", "dashboard", "trajectory", "claim", "target", "funding", "constant",
    ]

    let programme: Programme?

    /// The figures that can be read, and the names of those that cannot.
    func figures(_ place: Place?) -> (read: [PackFigure], faulty: [String]) {
        guard let place else { return ([], []) }
        var read: [PackFigure] = []
        var faulty: [String] = []
        for (key, value) in place.entries() {
            let figure = figure(key, value)
            if let figure { read.append(figure) } else { faulty.append(key.scalarText ?? "") }
        }
        return (read, faulty)
    }

    private func figure(_ key: Place, _ value: Place) -> PackFigure? {
        guard let id = key.id() else { return nil }
        if PackText.Given(rawValue: id) != nil {
            key.fault("`\(id)` has a meaning already", expected: "another name")
        }
        return value.read("figure") { reader in
            let label = reader.optional("label")?.text()
            let found = reader.exactlyOne(Self.kinds)
            guard let found, let source = source(found, reader) else {
                for key in ["by", "group", "strand", "quarter", "source"] {
                    _ = reader.optional(key)
                }
                return nil
            }
            return PackFigure(id: id, label: label, source: source)
        }
    }

    private func source(
        _ found: (key: String, value: Place),
        _ reader: MappingReader
    ) -> PackFigure.Source? {
        let value = found.value
        switch found.key {
        case "row":
            let by = reader.optional("by")
            let grouping = by.flatMap { $0.word(as: Grouping.self) }
            let group = reader.optional("group")
            if let by, group == nil {
                by.fault("`by` without `group`", expected: "`group`, for whose figure it is")
            }
            if by == nil {
                group?.fault("`group` without `by`", expected: "`by`, such as strand")
            }
            let key = group.flatMap { self.group($0, of: grouping) }
            guard let label = row(value, in: programme) else { return nil }
            return .row(label, by: grouping, group: key)
        case "dashboard":
            guard let id = value.text() else { return nil }
            let known = programme.map { Dashboard.rows(of: $0).map(\.id) }
            return named(id, value, known, "a figure of the dashboard").map { .dashboard($0) }
        case "trajectory":
            let figure = value.word(as: TrajectoryFigure.self)
            let strand = strand(reader)
            return figure.map { .trajectory($0, strand: strand) }
        case "claim":
            let quarter = reader.optional("quarter")
            let parsed = quarter.flatMap { place -> Quarter? in
                let text = place.text()
                let quarter = text.flatMap { Quarter(text: $0) }
                if let text, quarter == nil {
                    place.fault(
                        "`\(text)` is not a quarter",
                        expected: "a quarter, such as 2025-Q1"
                    )
                }
                return quarter
            }
            let figure = value.word(as: ClaimFigure.self)
            if figure == .people {
                quarter?.fault("`quarter` beside people", expected: "people of all quarters")
            }
            if let programme, programme.funding == nil {
                value.fault("the programme has no `funding`", expected: "a programme that claims")
            }
            return figure.map { .claim($0, quarter: parsed) }
        case "target":
            guard let id = value.text() else { return nil }
            let known = programme?.targets.map(\.id)
            return named(id, value, known, "a target").map { .target($0) }
        case "funding":
            let figure = value.word(as: FundingFigure.self)
            let strand = strand(reader)
            if let programme, programme.funding == nil {
                value.fault("the programme has no `funding`", expected: "a programme with money")
            }
            return figure.map { .funding($0, strand: strand) }
        default:
            let text = value.text()
            let source = reader.required("source")?.text()
            guard let text, let source else { return nil }
            return .constant(text, source: source)
        }
    }

    private func strand(_ reader: MappingReader) -> String? {
        guard let place = reader.optional("strand"), let id = place.text() else { return nil }
        return named(id, place, programme?.strands.map(\.id), "a strand")
    }

    /// The groups of some groupings stand in the programme's file; others come with the cases.
    private func group(_ place: Place, of grouping: Grouping?) -> String? {
        guard let key = place.text() else { return nil }
        switch grouping {
        case .strand: return named(key, place, programme?.strands.map(\.id), "a strand")
        case .locality: return named(key, place, programme?.areas.map(\.id), "an area")
        default: return key
        }
    }

    private func named(
        _ id: String,
        _ place: Place,
        _ known: [String]?,
        _ what: String
    ) -> String? {
        guard let known, !known.contains(id) else { return id }
        let near = nearestSpelling(to: id, in: known).map { "; did you mean `\($0)`?" } ?? ""
        place.fault("`\(id)` is not \(what) of the programme", expected: list(known) + near)
        return nil
    }

    private func list(_ known: [String]) -> String {
        guard !known.isEmpty else { return "another programme; this one has none" }
        return known.count <= 12 ? "one of: \(known.joined(separator: ", "))" : "another name"
    }
}

/// The label of a row of the programme's report.
func row(_ place: Place, in programme: Programme?) -> String? {
    guard let label = place.text(expected: "a row of the report") else { return nil }
    guard let programme else { return label }
    let labels = programme.report?.rows.map(\.row) ?? []
    if labels.contains(label) { return label }
    let near = nearestSpelling(to: label, in: labels).map { "; did you mean “\($0)”?" } ?? ""
    place.fault(
        "“\(label)” is not a row of the report of \(programme.id)",
        expected: "a row's label, as it stands in the programme's file\(near)"
    )
    return nil
}
