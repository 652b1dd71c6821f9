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
            control: DisclosureControl(audience: .operational)
        ).table
    }

    /// Counts a programme's report as an audience may see it.
    ///
    /// - Parameter control: who the table is for, and what they know already.
    /// - Returns: the table, and its counts for the register of releases; without control, none.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        request: ReportRequest,
        report: Report? = nil,
        control: DisclosureControl
    ) -> (table: ReportTable, cells: [ReleasedCell]) {
        let report = report ?? programme.report
        var plan = Plan(table, asAt: request.asAt, populations: programme.populations)
        let rows = (report?.rows ?? []).map { RowPlan($0, in: &plan, of: programme) }
        let scale = request.grouping?.scale(of: table, programme) ?? .whole
        // Counting everyone tells which groups have cases.
        let everyone = Tally.count(plan.everyone)
        let counts = ReportCounts(rows, in: plan)
        var tallies = [everyone]
        var seen: Set<Tally> = [everyone]
        let more = control.audience.method == nil ? [] : counts.tallies
        for tally in rows.flatMap(\.tallies) + more where seen.insert(tally).inserted {
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
        guard let method = control.audience.method else { return (answer, []) }
        let controlled = ControlledCounts(
            counts,
            method: method,
            control: control,
            request: request,
            groups: groups.map { ($0, scale.groups[$0]) }
        ) { result.sum(.count($0), group: $1) }
        answer.keepBack(rows, result, groups: groups, controlled, for: control.audience)
        return (answer, controlled.cells)
    }

    /// Puts what an audience may see in the place of each figure.
    ///
    /// What the paper printed is left out: beside a hidden figure it would say what that is.
    private mutating func keepBack(
        _ plans: [RowPlan],
        _ result: TallyResult,
        groups: [Int],
        _ counts: ControlledCounts,
        for audience: Audience
    ) {
        for (place, plan) in plans.enumerated() {
            func cell(_ group: Int?, _ column: Int?) -> ReportCell {
                let shown = ShownCounts(method: counts.method) { set in
                    counts.shown(set, group: column)
                }
                return plan.cell(result, group: group, shown)
            }
            rows[place].whole = cell(nil, nil)
            rows[place].cells = groups.enumerated().map { cell($0.element, $0.offset) }
            rows[place].printed = nil
            rows[place].verdict = nil
        }
        let figures = rows.flatMap { [$0.whole] + $0.cells }
        keptBack = KeptBack(
            audience: audience,
            method: counts.method,
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
