import Kernel
import Programmes

extension DashboardPlan {
    /// The figures that are shown of each part outside the case team; the others of the whole alone.
    private var ofParts: [PlannedFigure] { stages + clocks + waits.map(\.median) }

    /// The counts that the dashboard prints; their sets join the plan.
    mutating func lines() -> SheetLines {
        var lines = SheetLines()
        for figure in ofParts { lines.counts.add(figure.row, named: figure.id, in: plan) }
        addTrajectory(to: &lines)
        for line in lines.counts.lines {
            for strand in programme.strands {
                lines.setApart(line.place, inStrand: strand.id, prints: line.prints)
            }
        }
        let first = Set(ofParts.map(\.id))
        for figure in figures where !first.contains(figure.id) {
            lines.counts.add(figure.row, named: figure.id, in: plan)
        }
        for shared in equity {
            for field in shared.fields {
                for set in [shared.figure.row.numerator, shared.whole] {
                    lines.setApart(set, by: .code(field), .panels, prints: 2)
                }
            }
        }
        for run in runs {
            lines.counts.add(run.set, .months(run.kind.milestone), prints: 1, in: plan)
            lines.setApart(run.set, by: .month(run.kind.milestone), .panels, prints: 1)
        }
        if let whole = trajectories.first {
            lines.counts.add(whole.whole, .months(whole.counts), prints: 1, in: plan)
            lines.setApart(whole.whole, by: .month(whole.counts), .panels, prints: 1)
        }
        let most = DisclosureMethod.meanLeast - 1
        for change in changes {
            let paired = plan.all([
                change.eligible, plan.rows(.scoredTwice(change.instrument.id)),
            ])
            let missing = plan.all([change.eligible, plan.not(paired)])
            let counts: [(Int, CellPart, Int)] = [
                (paired, .numerator, most), (change.eligible, .denominator, 0),
                (missing, .leftOut, 0),
            ]
            for (set, part, smallMax) in counts {
                lines.counts.add(
                    set,
                    .change(change.id, part),
                    prints: 1,
                    smallMax,
                    in: plan
                )
            }
        }
        return lines
    }

    private mutating func addTrajectory(to lines: inout SheetLines) {
        guard let whole = trajectories.first else { return }
        lines.counts.add(whole.whole, .planned, prints: 2, in: plan)
        let first = question.asAt.adding(days: -7 * (Forecast.weeksMax + 1))
        let weeks = plan.all([whole.whole, plan.not(plan.reached(whole.counts, by: first))])
        let most = DisclosureMethod.meanLeast - 1
        lines.counts.add(weeks, .forecast, prints: 1, most, in: plan)
        let parts = [question.part] + programme.strands.map { ProgrammePart(strand: $0.id) }
        let mixes = parts.map { $0.mix(in: programme) }
        guard mixes.contains(where: { !$0.isEmpty }) else { return }
        var seen: Set<String> = []
        for mix in mixes {
            let named = Set(mix.map(\.status))
            for status in mix.map(\.status) {
                let taken = Trajectory.statuses(within: status, named)
                guard seen.insert(taken.joined(separator: "+")).inserted else { continue }
                let own = plan.rows(.code(.employmentStatus, taken))
                let name = CellName.status(taken.joined(separator: "+"))
                lines.counts.add(plan.all([whole.whole, own]), name, prints: 1, in: plan)
            }
        }
        let statuses = EmploymentStatus.known.map(\.rawValue)
        let known = plan.rows(.code(.employmentStatus, statuses))
        let counts: [(Int, CellName)] = [
            (plan.all([whole.whole, known]), .statusKnown),
            (plan.all([whole.whole, plan.not(known)]), .statusNotKnown),
        ]
        for (set, name) in counts { lines.counts.add(set, name, prints: 1, in: plan) }
    }
}
