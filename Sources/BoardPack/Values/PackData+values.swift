import Funding
import Kernel
import Measures
import Programmes

extension PackData {
    /// What a figure of the pack comes to.
    package func value(of figure: PackFigure) -> FigureValue {
        var value =
            switch figure.source {
            case .row(let label, let by, let group): row(label, by, group)
            case .dashboard(let id): dashboard(id)
            case .trajectory(let kind, let strand): trajectory(kind, strand)
            case .claim(let kind, let quarter): claim(kind, quarter)
            case .target(let id): target(id)
            case .funding(let kind, let strand): funding(kind, strand)
            case .constant(let text, let source):
                FigureValue(
                    label: text,
                    definition: "Stated in this paper.",
                    source: source,
                    whole: Said(.figure, text)
                )
            }
        if let label = figure.label { value.label = label }
        return value
    }

    /// Where a figure comes from, with the version of the programme's file that defines it.
    func source(_ what: String) -> String { "\(what), file version \(programme.version)" }

    private func missing(_ label: String) -> FigureValue {
        FigureValue(
            label: label,
            definition: "",
            source: source("Report"),
            whole: Said(.figure, nil)
        )
    }

    // MARK: - Rows

    private func row(_ label: String, _ by: Grouping?, _ group: String?) -> FigureValue {
        guard let table = reports[by], let line = table.rows.first(where: { $0.label == label }),
            let row = programme.report?.rows.first(where: { $0.row == label })
        else { return missing(label) }
        var name = label
        var cell = line.whole
        if let group {
            guard let place = table.groups.firstIndex(where: { $0.key == group }) else {
                let isHidden = table.keptBack?.hidesGroups ?? false
                return noneYet(line, row, "\(label), \(group)", isHidden: isHidden)
            }
            cell = line.cells[place]
            name += ", " + table.groups[place].label
        }
        return value(name, cell, row.show, definition: line.definition, note: line.note)
    }

    /// A group of which there is no case has no column, and none has where the groups are kept back.
    private func noneYet(
        _ line: ReportLine,
        _ row: ReportRow,
        _ label: String,
        isHidden: Bool
    ) -> FigureValue {
        let nobody = Said.count(line.whole.isWhole ? 0 : nil, isHidden: isHidden)
        let nothing = Said(.share, nil, isHidden: isHidden)
        return FigureValue(
            label: label,
            definition: line.definition,
            source: source("Report"),
            whole: row.show.form == .percent ? nothing : nobody,
            parts: [
                .count: nobody, .of: .count(0, isHidden: isHidden), .percent: nothing,
                .shown: nobody,
                .interval: Said(.figure, nil, isHidden: isHidden),
            ]
        )
    }

    private func dashboard(_ id: String) -> FigureValue {
        guard let line = dashboard?.rows.first(where: { $0.label == id }),
            let row = Dashboard.rows(of: programme).first(where: { $0.id == id })?.row
        else { return missing(id) }
        return value(
            row.row,
            line.whole,
            row.show,
            from: "Dashboard",
            definition: line.definition,
            note: nil
        )
    }

    private func value(
        _ label: String,
        _ cell: ReportCell,
        _ show: Show,
        from source: String = "Report",
        definition: String,
        note: String?
    ) -> FigureValue {
        let isCountHidden = cell.numerator == nil && cell.isHidden
        let isTime = !cell.isWhole
        let count: Said =
            isTime || show.form == .pounds
            ? Said(
                show.form == .pounds ? .amount : .figure,
                cell.numerator == nil ? nil : cell.shown,
                isHidden: isCountHidden
            )
            : .count(cell.numerator?.whole, isHidden: isCountHidden)
        let percent = Show(form: .percent, rounding: show.rounding)
        let share = cell.denominator.flatMap { of in
            of == 0 || isTime ? nil : percent.text(cell.numerator, of: of)
        }
        let hidesWhole = cell.denominator == nil && cell.shown.contains(Show.hidden)
        let isShareHidden = isCountHidden || hidesWhole
        var parts: [FigurePart: Said] = [
            .count: count,
            .percent: Said(.share, share, isHidden: isShareHidden),
            .shown: Said(
                .number,
                cell.shown == Show.nothing ? nil : cell.shown,
                isHidden: isShareHidden
            ),
            .interval: Said(.figure, cell.interval?.text, isHidden: isShareHidden),
        ]
        parts[.of] = .count(cell.denominator, isHidden: hidesWhole)
        let left = cell.leftOut.map { "\($0.countText) \($0.reason)" }
        let said = left.isEmpty ? nil : "Left out: \(left.joined(separator: "; "))."
        return FigureValue(
            label: label,
            definition: [definition, said, note].compactMap { $0 }.joined(separator: " "),
            source: self.source(source),
            whole: show.form == .percent ? parts[.percent] ?? count : count,
            parts: parts
        )
    }

    // MARK: - Money

    private func target(_ id: String) -> FigureValue {
        let value = programme.targets.first { $0.id == id }?.value
        return FigureValue(
            label: "Target: \(id.spaced)",
            definition: "A target of the programme.",
            source: source("Programme"),
            whole: .count(value)
        )
    }

    private func claim(_ kind: ClaimFigure, _ quarter: Quarter?) -> FigureValue {
        let words: String =
            switch kind {
            case .claimed: "Claimed"
            case .accepted: "Accepted"
            case .paid: "Paid"
            case .people: "People for whom money stands claimed"
            }
        let label = words + (quarter.map { ", \($0.uk)" } ?? "")
        let source = "Claims"
        if kind == .people {
            let people = Said.count(claims.people, isHidden: claims.people == nil)
            let words = "People with a payment that was claimed, not rejected and not given back."
            return FigureValue(label: label, definition: words, source: source, whole: people)
        }
        let amount = claims.amount(kind, in: quarter)
        return FigureValue(
            label: label,
            definition: "Submitted claims, without lines that were rejected"
                + (kind == .claimed ? "." : "; those that are \(kind.rawValue).")
                + (claims.roundedTo.map { " To the nearest £\($0)." } ?? ""),
            source: source,
            whole: Said(.amount, amount?.short, isHidden: amount == nil)
        )
    }

    private func funding(_ kind: FundingFigure, _ strand: String?) -> FigureValue {
        let table = FundingTable(programme)
        let place = strand.flatMap { id in programme.strands.firstIndex { $0.id == id } }
        guard let table, let row = strand == nil ? table.total : place.map({ table.rows[$0] })
        else { return missing(kind.rawValue) }
        let label =
            "\(kind.rawValue.spaced.capitalisedFirst)"
            + (strand == nil ? " funding" : ", \(row.name)")
        let said: Said =
            switch kind {
            case .total: Said(.amount, row.amount.short)
            case .guaranteed: Said(.amount, row.guaranteed.short)
            case .performance: Said(.amount, row.performance.short)
            case .perHead: Said(.amount, row.perHead?.short)
            case .people: .count(row.people)
            }
        return FigureValue(
            label: label,
            definition: "The programme's money as its file gives it.",
            source: source("Funding"),
            whole: said
        )
    }
}

extension Pence {
    /// Without pence where there are none: "£1,310,012".
    var short: String { text.hasSuffix(".00") ? String(text.dropLast(3)) : text }
}

extension String {
    /// A code as words: "weekly needed".
    var spaced: String { String(map { $0 == "-" ? " " : $0 }) }
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
