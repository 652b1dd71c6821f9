import Kernel
import Programmes

extension Dashboard {
    /// Counts a dashboard in one pass over a programme's facts.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        question: Question
    ) -> Dashboard {
        let planned = DashboardPlan(programme, question, table)
        let result = TallyRun(
            planned.plan,
            planned.tallies,
            by: .whole,
            calendar: WorkingDayCalendar.named(programme.calendar) ?? .englandAndWales,
            instruments: programme.instruments
        )
        .result()
        return Dashboard(
            programme: programme.id,
            programmeVersion: programme.version,
            name: question.part.name(in: programme),
            question: question,
            panels: planned.panels(result)
        )
    }
}

extension DashboardPlan {
    fileprivate func panels(_ result: TallyResult) -> [Dashboard.Panel] {
        func made(_ figures: [PlannedFigure]) -> [Dashboard.Figure] {
            figures.map { $0.figure(result, programme) }
        }
        // A stage that nobody reached is none of this programme's, unless every programme has it.
        let always = ["stages/referred", "stages/started", "stages/discharged"]
        let flow = made(stages).filter {
            always.contains($0.id) || ($0.cell.numerator?.numerator ?? 0) > 0
        }
        let told = answers.map { planned in
            Dashboard.Answers(
                question: planned.question,
                figures: made(planned.figures),
                completion: planned.completion.figure(result, programme)
            )
        }
        let contents: [(String, String, Dashboard.Content, isThere: Bool)] = [
            ("stages", "From referral to outcome", .stages(flow), true),
            (
                "trajectory", "Plan and actual",
                .trajectory(trajectories.map { $0.made(result, programme, asAt: question.asAt) }),
                true
            ),
            ("runs", "Month by month", .runs(runs.map { run($0, result) }), true),
            ("clocks", "Promises kept", .shares(made(clocks)), !clocks.isEmpty),
            ("waits", "Waiting times", .waits(waits.map { wait($0, result) }), true),
            ("caseload", "Caseload", .counts(made(caseload)), true),
            ("quality", "Data quality", .shares(made(quality)), true),
            ("equity", "Is it fair?", .equity(equity.flatMap { shares($0, result) }), true),
            ("answers", "What people say", .answers(told), !told.isEmpty),
            (
                "changes", "Change in measures",
                .changes(changes.compactMap { change($0, result) }), true
            ),
        ]
        return contents.filter(\.isThere).map {
            Dashboard.Panel(id: $0.0, title: $0.1, content: $0.2)
        }
    }

    private func run(_ planned: PlannedRun, _ result: TallyResult) -> Dashboard.Run {
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
        let chart = RunChart(
            months.map { RunChart.Point($0.uk, Double(counts[$0] ?? 0)) },
            RunChart.Options(better: .up)
        )
        let words = PopulationWords(programme).cases(within(.reached(planned.milestone)))
        let points = months.map { month in
            Dashboard.Figure(
                id: "\(planned.id)/\(month.iso)",
                label: month.uk,
                definition: "\(words.prefix(1).uppercased() + words.dropFirst()) in \(month.uk).",
                cell: ReportCell(counting: counts[month] ?? 0)
            )
        }
        return Dashboard.Run(title: planned.title, chart: chart, points: points)
    }

    private static let monthsMax = 36

    private func wait(_ planned: PlannedWait, _ result: TallyResult) -> Dashboard.Wait {
        let median = planned.median.figure(result, programme)
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
        ninetieth.cell.numerator = ratio
        ninetieth.cell.shown = planned.median.row.row.show.text(ratio, of: nil, isCount: false)
        return Dashboard.Wait(median: median, ninetieth: ninetieth, unit: planned.elapsed.unit)
    }

    private func change(_ planned: PlannedChange, _ result: TallyResult) -> Dashboard.Change? {
        let eligible = result.sum(.count(planned.eligible), group: nil)
        let change = result.changes(planned.changes, eligible: eligible)
        guard change.paired > 0 else { return nil }
        let name = planned.instrument.name
        return Dashboard.Change(
            id: planned.id,
            instrument: name,
            definition:
                "Mean change in \(name) within a person, from the first occasion with a score "
                + "to the last, over cases with support started and two scores.",
            lowerIsBetter: planned.instrument.lowerIsBetter,
            change: change
        )
    }
}

extension ReportCell {
    /// A plain count.
    init(counting number: Int) {
        self.init(
            numerator: Ratio(number),
            isWhole: true,
            denominator: nil,
            shown: Show.thousands(number),
            interval: nil,
            leftOut: []
        )
    }
}
