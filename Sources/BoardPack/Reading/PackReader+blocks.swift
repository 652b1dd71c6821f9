import Kernel
import Measures
import Programmes

/// The pieces of a section.
extension PackReader {
    private static let kinds = [
        "list", "subheading", "figures", "table", "chart", "risks", "steps",
    ]

    func block(_ place: Place) -> PackBlock? {
        guard place.isMapping else { return texts.text(place).map { .paragraph($0) } }
        return place.read("block") { reader in
            guard let (key, value) = reader.exactlyOne(Self.kinds) else {
                for key in ["title", "says", "rows", "by", "headings", "of"] {
                    _ = reader.optional(key)
                }
                return nil
            }
            switch key {
            case "list": return .list(value.list().compactMap(texts.text))
            case "subheading": return value.text().map { .subheading($0) }
            case "figures": return .tiles(value.list().compactMap(figure))
            case "table": return table(value, reader).map { .table($0) }
            case "chart": return chart(value, reader).map { .chart($0) }
            case "risks": return .risks(value.list().compactMap(risk))
            default: return .steps(value.list().compactMap(step))
            }
        }
    }

    private func figure(_ place: Place) -> String? {
        guard let id = place.text(expected: "a figure") else { return nil }
        if texts.knows(id) { return id }
        place.fault(
            "`\(id)` is not a figure of this file",
            expected: oneOf(texts.figures.map(\.id), nearest: id)
        )
        return nil
    }

    private func table(_ place: Place, _ reader: MappingReader) -> PackTable? {
        let title = reader.optional("title")?.text()
        switch place.word(["report", "trajectory", "funding", "claims", "written"]) {
        case "report":
            let rows = reader.list("rows").compactMap { row($0, in: programme) }
            let by = reader.optional("by").flatMap { $0.word(as: Grouping.self) }
            if let programme, programme.report == nil {
                place.fault("the programme describes no report", expected: "another table")
            }
            return PackTable(title: title, content: .report(rows: rows, by: by))
        case "trajectory": return PackTable(title: title, content: .trajectory)
        case "funding", "claims":
            if let programme, programme.funding == nil {
                place.fault("the programme has no `funding`", expected: "another table")
            }
            let isClaims = place.scalarText == "claims"
            return PackTable(title: title, content: isClaims ? .claims : .funding)
        case "written":
            let headings = reader.required("headings")?.list().compactMap { $0.text() } ?? []
            let rows = reader.required("rows")?.list().map { line in
                let cells = line.list()
                if cells.count != headings.count {
                    line.fault(
                        "\(cells.count) cells stand under \(headings.count) headings",
                        expected: "a cell for each heading"
                    )
                }
                return cells.compactMap(texts.text)
            }
            return rows.map {
                PackTable(title: title, content: .written(headings: headings, rows: $0))
            }
        default:
            for key in ["rows", "by", "headings"] { _ = reader.optional(key) }
            return nil
        }
    }

    private func chart(_ place: Place, _ reader: MappingReader) -> PackChart? {
        let title = reader.optional("title")?.text()
        let says = reader.optional("says").flatMap(texts.text)
        let content: PackChart.Content?
        switch place.word(["stages", "clocks", "waits", "trajectory", "run", "rows"]) {
        case "stages": content = .stages
        case "clocks": content = .clocks
        case "waits": content = .waits
        case "trajectory": content = .trajectory
        case "run":
            content = reader.required("of")?.word(as: MonthlyChart.self).map { .run($0) }
        case "rows":
            let rows = reader.required("rows")?.list().compactMap { row($0, in: programme) }
            content = rows.map { .rows($0) }
        default:
            for key in ["rows", "of"] { _ = reader.optional(key) }
            content = nil
        }
        return content.map { PackChart(title: title, says: says, content: $0) }
    }

    private func risk(_ place: Place) -> Risk? {
        place.read("risk") { reader in
            let risk = reader.required("risk").flatMap(texts.text)
            let likelihood = reader.required("likelihood")?.whole(1...5)
            let impact = reader.required("impact")?.whole(1...5)
            let mitigation = reader.required("mitigation").flatMap(texts.text)
            let owner = reader.required("owner")?.text()
            guard let risk, let likelihood, let impact, let mitigation, let owner else {
                return nil
            }
            return Risk(
                risk: risk,
                likelihood: likelihood,
                impact: impact,
                mitigation: mitigation,
                owner: owner
            )
        }
    }

    private func step(_ place: Place) -> Step? {
        place.read("step") { reader in
            let step = reader.required("step").flatMap(texts.text)
            let by = reader.required("by")?.text()
            let owner = reader.required("owner")?.text()
            guard let step, let by, let owner else { return nil }
            return Step(step: step, by: by, owner: owner)
        }
    }
}
