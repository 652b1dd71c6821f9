import Kernel
import Programmes

extension ReportTable {
    /// Counts a programme's report over its facts.
    ///
    /// - Parameters:
    ///   - programme: the programme, which has been checked.
    ///   - table: its facts, folded from events up to the day asked for.
    ///   - request: the day, and what to set cases apart by.
    ///   - report: the report, if not the programme's own.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        request: ReportRequest,
        report: Report? = nil
    ) -> ReportTable {
        evaluate(
            programme: programme,
            table: table,
            request: request,
            report: report,
            sheet: nil
        ) { $0 }
    }

    /// Counts a programme's report as the readers of a sheet may see it; nil is the case team.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        request: ReportRequest,
        sheet: FigureSheet?
    ) -> ReportTable {
        evaluate(
            programme: programme,
            table: table,
            request: request,
            report: nil,
            sheet: sheet,
            called: CellName.report
        )
    }

    /// Counts a report.
    ///
    /// - Parameters:
    ///   - sheet: what may be shown of the day; nil for the case team, who see all of it.
    ///   - called: what a row is called in the sheet.
    static func evaluate(
        programme: Programme,
        table: FactTable,
        request: ReportRequest,
        report: Report?,
        sheet: FigureSheet?,
        called: (_ label: String) -> String
    ) -> ReportTable {
        let report = report ?? programme.report
        var plan = Plan(table, asAt: request.asAt, populations: programme.populations)
        let rows = (report?.rows ?? []).map { RowPlan($0, in: &plan, of: programme) }
        let scale = request.grouping?.scale(of: table, programme) ?? .whole
        // Counting everyone tells which groups have cases.
        let everyone = Tally.count(plan.everyone)
        var counts = ReportCounts()
        for row in rows { counts.add(row, named: called(row.row.row), in: plan) }
        var tallies = [everyone]
        var seen: Set<Tally> = [everyone]
        let more = sheet == nil ? [] : counts.tallies
        for tally in rows.flatMap(\.tallies) + more where seen.insert(tally).inserted {
            tallies.append(tally)
        }
        let result = TallyRun(
            plan,
            tallies,
            by: scale,
            calendar: programme.workingDays
        )
        .result()
        // That somebody is in a group would be told by its column.
        let all = counts.lines.first { $0.form == SetForm() }?.names ?? []
        let dimension = request.grouping?.dimension
        let hidesGroups = dimension.map { sheet?.withholds(all, by: $0) ?? false } ?? false
        let groups =
            hidesGroups
            ? [] : scale.groups.indices.filter { result.sum(everyone, group: $0) > 0 }
        // What the paper printed holds for its own day.
        let isItsDay = report?.asAt.map { $0 == request.asAt } ?? true
        var answer = ReportTable(
            title: report?.title ?? programme.name,
            programme: programme.id,
            programmeVersion: programme.version,
            programmeName: programme.name,
            asAt: request.asAt,
            knownAt: request.knownAt,
            grouping: request.grouping,
            groups: groups.map { scale.groups[$0] },
            rows: rows.map {
                $0.line(result, groups: groups, programme, besidePrinted: isItsDay)
            }
        )
        guard let sheet else { return answer }
        answer.keepBack(rows, counts, result, sheet, groups: groups) { group in
            dimension?.column(scale.sheetKey(group)) ?? ""
        }
        answer.keptBack?.hidesGroups = hidesGroups
        return answer
    }

    /// Puts what the readers of a sheet may see in the place of each figure.
    ///
    /// What the paper printed is left out: beside a hidden figure it would say what that is.
    private mutating func keepBack(
        _ plans: [RowPlan],
        _ counts: ReportCounts,
        _ result: TallyResult,
        _ sheet: FigureSheet,
        groups: [Int],
        column: (_ group: Int) -> String
    ) {
        func shown(_ group: Int?) -> ShownCounts {
            sheet.view(group.map(column) ?? "").counts(counts) {
                result.sum(.count($0), group: group)
            }
        }
        let all = shown(nil)
        let apart = groups.map { ($0, shown($0)) }
        for (place, plan) in plans.enumerated() {
            rows[place].whole = plan.cell(result, group: nil, all)
            rows[place].cells = apart.map { plan.cell(result, group: $0, $1) }
            rows[place].printed = nil
            rows[place].verdict = nil
        }
        let figures = rows.flatMap { [$0.whole] + $0.cells }
        keptBack = KeptBack(
            audience: sheet.released.audience,
            method: sheet.method,
            hidden: figures.count { $0.isHidden },
            figures: figures.count
        )
    }
}

extension RowPlan {
    /// The row with its figures, for some of the groups and for all.
    func line(
        _ result: TallyResult,
        groups: [Int],
        _ programme: Programme,
        besidePrinted: Bool
    ) -> ReportLine {
        let whole = cell(result, group: nil)
        let printed = besidePrinted ? row.printed : nil
        return ReportLine(
            label: row.row,
            definition: row.indicator.definition(in: programme),
            note: row.note,
            printed: printed,
            verdict: printed.map { ReportLine.verdict(printed: $0, shown: whole.shown) },
            whole: whole,
            cells: groups.map { cell(result, group: $0) }
        )
    }
}
