import Kernel
import Programmes

extension Dashboard {
    /// The cases behind a figure, in the order of the table.
    ///
    /// - Parameter id: a figure's id; that of a share of `Equity` has the group's key after a slash,
    ///   blank for cases of which it is not known; that of a run the month (`runs/starts/2025-04`);
    ///   `Trajectory.id` says those of a trajectory.
    /// - Returns: the cases; nil if there is no such figure.
    package static func open(
        _ id: String,
        part cellPart: CellPart = .numerator,
        programme: Programme,
        table: FactTable,
        question: Question
    ) -> [CaseID]? {
        var planned = DashboardPlan(programme, question, table)
        guard let set = planned.set(of: id, cellPart) else { return nil }
        return planned.plan.cases(in: set) { _ in true }
    }
}

extension DashboardPlan {
    /// The rows behind a figure; nil if there is no such figure.
    fileprivate mutating func set(of id: String, _ part: CellPart) -> Int? {
        let plain = id.hasSuffix("/ninetieth") ? String(id.dropLast("/ninetieth".count)) : id
        if let figure = figures.first(where: { $0.id == plain }) {
            switch part {
            case .numerator: return figure.row.numerator
            case .denominator: return figure.whole ?? plan.nobody
            case .leftOut: return plan.any(figure.row.omissions.map(\.set))
            }
        }
        let steps = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if steps.count == 4,
            let shared = equity.first(where: { $0.figure.id == "equity/\(steps[1])" }),
            let field = shared.fields.first(where: { $0.rawValue == steps[2] })
        {
            let group = plan.rows(
                steps[3].isEmpty ? .blank(field) : .code(field, field.codes(ofGroup: steps[3]))
            )
            let set = part == .numerator ? shared.figure.row.numerator : shared.whole
            return part == .leftOut ? plan.nobody : plan.all([group, set])
        }
        if steps.count == 3, let run = runs.first(where: { $0.id == "runs/\(steps[1])" }),
            let month = CivilMonth(iso: steps[2])
        {
            guard part == .numerator else { return plan.nobody }
            let until = plan.reached(run.kind.milestone, by: min(month.lastDay, question.asAt))
            let before = plan.reached(run.kind.milestone, by: month.previous.lastDay)
            return plan.all([plan.rows(self.part), until, plan.not(before)])
        }
        if steps.first == "trajectory", steps.count == 2 || steps.count == 3 {
            return setOfTrajectory(Array(steps.dropFirst()), part)
        }
        guard let change = changes.first(where: { $0.id == id }) else { return nil }
        let paired = plan.all([change.eligible, plan.rows(.scoredTwice(change.instrument.id))])
        switch part {
        case .numerator: return paired
        case .denominator: return change.eligible
        case .leftOut: return plan.all([change.eligible, plan.not(paired)])
        }
    }
}

extension DashboardPlan {
    /// The rows behind a figure of the trajectories; nil if there is no such figure.
    private mutating func setOfTrajectory(_ steps: [String], _ part: CellPart) -> Int? {
        guard let whole = trajectories.first else { return nil }
        if steps.count == 1 {
            guard let month = CivilMonth(iso: steps[0]) else { return nil }
            guard part == .numerator else { return plan.nobody }
            let until = plan.reached(whole.counts, by: min(month.lastDay, question.asAt))
            return plan.all([whole.whole, until])
        }
        switch steps[0] {
        case "strand":
            let own = trajectories.dropFirst().first { $0.part.strand == steps[1] }
            return own.map { part == .numerator ? $0.whole : plan.nobody }
        case "mix":
            let named = Set(question.part.mix(in: programme).map(\.status))
            guard named.contains(steps[1]) else { return nil }
            let own = Trajectory.statuses(within: steps[1], named)
            let known = EmploymentStatus.known.map(\.rawValue)
            switch part {
            case .numerator:
                return plan.all([whole.whole, plan.rows(.code(.employmentStatus, own))])
            case .denominator:
                return plan.all([whole.whole, plan.rows(.code(.employmentStatus, known))])
            case .leftOut:
                let told = plan.rows(.code(.employmentStatus, known))
                return plan.all([whole.whole, plan.not(told)])
            }
        default: return nil
        }
    }
}

extension Population {
    /// The cases with scores of an instrument on two occasions.
    static func scoredTwice(_ instrument: String) -> Population {
        let scored = Occasion.allCases.map {
            Population.token(.scores, key: "\(instrument).\($0.rawValue)", values: [])
        }
        return .any(
            scored.indices.flatMap { first in
                scored[(first + 1)...].map { .all([scored[first], $0]) }
            }
        )
    }
}
