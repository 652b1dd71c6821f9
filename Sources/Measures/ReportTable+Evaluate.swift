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
        let report = report ?? programme.report
        var plan = Plan(table, asAt: request.asAt, populations: programme.populations)
        let rows = (report?.rows ?? []).map { RowPlan($0, in: &plan, of: programme) }
        let scale = request.grouping?.scale(of: table, programme) ?? .whole
        // Counting everyone tells which groups have cases.
        let everyone = Tally.count(plan.everyone)
        var tallies = [everyone]
        var seen: Set<Tally> = [everyone]
        for tally in rows.flatMap(\.tallies) where seen.insert(tally).inserted {
            tallies.append(tally)
        }
        let result = TallyRun(
            plan,
            tallies,
            by: scale,
            calendar: WorkingDayCalendar.named(programme.calendar) ?? .englandAndWales
        )
        .result()
        let groups = scale.groups.indices.filter { result.sum(everyone, group: $0) > 0 }
        // What the paper printed holds for its own day.
        let isItsDay = report?.asAt.map { $0 == request.asAt } ?? true
        return ReportTable(
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
