import Kernel
import Programmes

/// Every count that a dashboard prints, and by what some of them are set apart.
struct DashboardLines {
    var counts = ReportCounts()
    /// Lines that are shown by group of some columns.
    private(set) var byField: [CodeField: [Int]] = [:]
    /// Lines that are shown month by month.
    private(set) var byMonth: [Milestone: Int] = [:]
    /// Lines that are shown of each part, not of the whole alone.
    private(set) var ofParts: [Int] = []

    /// Takes it that the lines so far are shown of each part.
    fileprivate mutating func endParts() { ofParts = Array(counts.lines.indices) }

    fileprivate mutating func setApart(_ set: Int, by fields: [CodeField]) {
        guard let line = counts.lineOf[set] else { return }
        for field in fields where byField[field]?.contains(line) != true {
            byField[field, default: []].append(line)
        }
    }

    fileprivate mutating func setApart(_ set: Int, byMonthOf milestone: Milestone) {
        if let line = counts.lineOf[set] { byMonth[milestone] = line }
    }
}

extension CellName {
    /// Cases by the month of a milestone.
    static func months(_ milestone: Milestone) -> CellName {
        CellName(row: "months/\(milestone.rawValue)", part: count)
    }

    /// Cases that count towards the plan.
    static let planned = CellName(row: "trajectory", part: count)
    /// Those of the weeks that a forecast is made from.
    static let forecast = CellName(row: "trajectory/weeks", part: count)
    /// Those whose employment status is known, and those of whom it is not.
    static let statusKnown = CellName(row: "trajectory/status", part: of)
    static let statusNotKnown = CellName(row: "trajectory/status", part: "not known")

    /// Those of one employment status.
    static func status(_ status: String) -> CellName {
        CellName(row: "trajectory/status/\(status)", part: count)
    }

    /// The people with two scores of an instrument, those they are among, and the others.
    static func change(_ id: String, _ part: CellPart) -> CellName {
        switch part {
        case .numerator: CellName(row: id, part: count)
        case .denominator: CellName(row: id, part: of)
        case .leftOut: CellName(row: id, part: "missing")
        }
    }
}

extension DashboardPlan {
    /// The figures that are shown of each part outside the case team; the others of the whole alone.
    private var ofParts: [PlannedFigure] { stages + clocks + waits.map(\.median) }

    /// The counts that the dashboard prints; their sets join the plan.
    mutating func lines() -> DashboardLines {
        var lines = DashboardLines()
        for figure in ofParts { lines.counts.add(figure.row, named: figure.id, in: plan) }
        addTrajectory(to: &lines)
        lines.endParts()
        let first = Set(ofParts.map(\.id))
        for figure in figures where !first.contains(figure.id) {
            lines.counts.add(figure.row, named: figure.id, in: plan)
        }
        for shared in equity {
            lines.setApart(shared.figure.row.numerator, by: shared.fields)
            lines.setApart(shared.whole, by: shared.fields)
        }
        for run in runs {
            lines.counts.add(run.set, .months(run.milestone), prints: 1, in: plan)
            lines.setApart(run.set, byMonthOf: run.milestone)
        }
        if let whole = trajectories.first {
            lines.counts.add(whole.whole, .months(whole.counts), prints: 1, in: plan)
            lines.setApart(whole.whole, byMonthOf: whole.counts)
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

    private mutating func addTrajectory(to lines: inout DashboardLines) {
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
