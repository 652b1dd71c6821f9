import Kernel
import Programmes

extension Dashboard {
    /// Counts a dashboard in one pass over a programme's facts.
    ///
    /// - Parameter sheet: what may be shown of the day; nil for the case team, who see all of it.
    /// - Returns: the dashboard; one of a part that the sheet does not have has no panels.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        question: Question,
        sheet: FigureSheet? = nil
    ) -> Dashboard {
        var planned = DashboardPlan(programme, question, table)
        let lines = sheet.map { _ in planned.lines() }
        let result = TallyRun(
            planned.plan,
            planned.tallies(lines),
            by: .whole,
            calendar: programme.workingDays,
            instruments: programme.instruments
        )
        .result()
        var dashboard = Dashboard(
            programme: programme.id,
            programmeVersion: programme.version,
            name: question.part.name(in: programme),
            question: question,
            panels: []
        )
        guard let sheet else {
            dashboard.panels = planned.panels(result, nil)
            dashboard.judgeRuns(by: programme)
            return dashboard
        }
        if let view = sheet.view(of: question.part), let lines {
            dashboard.panels = planned.panels(result, ShownDashboard(view, lines, result))
            dashboard.judgeRuns(by: programme)
        }
        let (hidden, figures) = dashboard.keptBackCount
        dashboard.keptBack = KeptBack(
            audience: sheet.released.audience,
            method: sheet.method,
            hidden: hidden,
            figures: figures
        )
        return dashboard
    }
}

extension DashboardPlan {
    fileprivate func panels(_ result: TallyResult, _ shown: ShownDashboard?) -> [Dashboard.Panel] {
        func made(_ figures: [PlannedFigure]) -> [Dashboard.Figure] {
            figures.map { $0.figure(result, programme, shown?.counts) }
        }
        // Cut by part and by group or month, counts would be too small to say anything.
        let isWhole = shown?.view.isWhole ?? true
        // A stage that nobody reached is none of this programme's, unless every programme has it.
        let always = ["stages/referred", "stages/started", "stages/discharged"]
        let flow = made(stages).filter {
            always.contains($0.id) || $0.cell.isHidden || ($0.cell.numerator?.numerator ?? 0) > 0
        }
        let told = answers.map { planned in
            Dashboard.Answers(
                question: planned.question,
                figures: made(planned.figures),
                completion: planned.completion.figure(result, programme, shown?.counts)
            )
        }
        let contents: [(String, String, Dashboard.Content, isThere: Bool)] = [
            ("stages", "From referral to outcome", .stages(flow), true),
            (
                "trajectory", "Plan and actual",
                .trajectory(trajectories(result, shown)),
                true
            ),
            ("runs", "Month by month", .runs(runs.map { run($0, result, shown) }), isWhole),
            ("clocks", "Promises kept", .shares(made(clocks)), !clocks.isEmpty),
            ("waits", "Waiting times", .waits(waits.map { wait($0, result, shown) }), true),
            ("caseload", "Caseload", .counts(made(caseload)), isWhole),
            ("quality", "Data quality", .shares(made(quality)), isWhole),
            (
                "equity", "Is it fair?", .equity(equity.flatMap { shares($0, result, shown) }),
                isWhole
            ),
            ("answers", "What people say", .answers(told), isWhole && !told.isEmpty),
            (
                "changes", "Change in measures",
                .changes(changes.compactMap { change($0, result, shown) }), isWhole
            ),
        ]
        return contents.filter(\.isThere).map {
            Dashboard.Panel(id: $0.0, title: $0.1, content: $0.2)
        }
    }

    private func trajectories(_ result: TallyResult, _ shown: ShownDashboard?) -> [Trajectory] {
        var all = trajectories.map { $0.made(result, programme, asAt: question.asAt) }
        guard let shown, !all.isEmpty else { return all }
        all[0].keepBack(shown)
        for place in all.indices.dropFirst() {
            let column = all[place].part.strand.map { SheetDimension.code(.strand).column($0) }
            // A strand within another part is cut twice.
            let isShown = shown.view.isWhole
            let truth = all[place].actual
            let weeks = shown.view.shown([.forecast], column: column, truth: truth)
            let actual = shown.view.shown([.planned], column: column, truth: truth)
            all[place].keepBack(
                actual: isShown ? actual : nil,
                hasForecast: isShown && weeks != nil && shown.view.method == .below5
            )
        }
        return shown.view.isWhole ? all : Array(all.prefix(1))
    }

    private func run(
        _ planned: PlannedRun,
        _ result: TallyResult,
        _ shown: ShownDashboard?
    ) -> Dashboard.Run {
        var counts: [CivilMonth: Int] = [:]
        let days = result.days(planned.days)
        for (day, count) in days { counts[day.civilMonth, default: 0] += count }
        // The month that runs is left out until it is over.
        let asAt = question.asAt
        let last = asAt == asAt.civilMonth.lastDay ? asAt.civilMonth : asAt.civilMonth.previous
        var months: [CivilMonth] = []
        if var month = days.first?.day.civilMonth {
            while month <= last {
                months.append(month)
                month = month.next
            }
        }
        months = months.suffix(DashboardPlan.monthsMax)
        let seen = months.map { month -> Int? in
            let count = counts[month] ?? 0
            return shown.map { $0.shown(planned.kind.milestone, month, truth: count) } ?? count
        }
        let words = PopulationWords(programme).cases(within(.reached(planned.kind.milestone)))
        let points = zip(months, seen).map { month, count in
            Dashboard.Figure(
                id: "\(planned.id)/\(month.iso)",
                label: month.uk,
                definition: "\(words.prefix(1).uppercased() + words.dropFirst()) in \(month.uk).",
                cell: ReportCell(counting: count)
            )
        }
        return Dashboard.Run(planned.kind, months: months, points: points)
    }

    private static let monthsMax = 36

    private func wait(
        _ planned: PlannedWait,
        _ result: TallyResult,
        _ shown: ShownDashboard?
    ) -> Dashboard.Wait {
        let median = planned.median.figure(result, programme, shown?.counts)
        var ninetieth = median
        ninetieth.id += "/ninetieth"
        ninetieth.definition =
            "The \(planned.elapsed.words) that nine in ten did not pass; "
            + median.definition.prefix(1).lowercased() + median.definition.dropFirst()
        var days: Int?
        if case .median(let tally, let span, _) = planned.median.row.figure {
            days = result.quantile(Ratio(9, over: 10) ?? Ratio(1), tally, span, group: nil)
        }
        let ratio = days.flatMap { Ratio($0, over: planned.elapsed.daysPerUnit) }
        if let shown, ratio != nil, !shown.showsNinetieth(of: planned.median.row.numerator) {
            ninetieth.cell.numerator = nil
            ninetieth.cell.shown = Show.hidden
            ninetieth.cell.isHidden = true
            return Dashboard.Wait(median: median, ninetieth: ninetieth, unit: planned.elapsed.unit)
        }
        ninetieth.cell.numerator = ratio
        ninetieth.cell.shown = planned.median.row.row.show.text(ratio, of: nil, isCount: false)
        return Dashboard.Wait(median: median, ninetieth: ninetieth, unit: planned.elapsed.unit)
    }

    private func change(
        _ planned: PlannedChange,
        _ result: TallyResult,
        _ shown: ShownDashboard?
    ) -> Dashboard.Change? {
        let eligible = result.sum(.count(planned.eligible), group: nil)
        let change = result.changes(planned.changes, eligible: eligible)
        guard change.paired > 0 else { return nil }
        let name = planned.instrument.name
        var made = Dashboard.Change(
            id: planned.id,
            instrument: name,
            definition:
                "Mean change in \(name) within a person, from the first occasion with a score "
                + "to the last, over cases with support started and two scores.",
            lowerIsBetter: planned.instrument.lowerIsBetter,
            change: change
        )
        if let shown { made.keepBack(shown) }
        return made
    }
}

extension ReportCell {
    /// A plain count; nil if it is kept back.
    init(counting number: Int?) {
        self.init(
            numerator: number.map { Ratio($0) },
            isWhole: true,
            denominator: nil,
            shown: number.map(Show.thousands) ?? Show.hidden,
            interval: nil,
            leftOut: [],
            isHidden: number == nil
        )
    }
}
