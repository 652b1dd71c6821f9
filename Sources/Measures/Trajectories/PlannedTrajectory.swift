import Kernel
import Programmes

/// A trajectory before it is counted: the sets that it needs of a plan.
struct PlannedTrajectory {
    let part: ProgrammePart
    let counts: Milestone
    /// The cases that count.
    let whole: Int
    private let days: Tally
    private let everyone: Tally
    private let statuses: [(status: String, tally: Tally)]

    init(_ part: ProgrammePart, in plan: inout Plan, of programme: Programme) {
        self.part = part
        counts = programme.trajectory?.counts ?? .started
        whole = plan.rows(.all([part.population, .reached(counts)]))
        days = .dayCounts(whole, counts)
        everyone = .count(whole)
        var statuses: [(status: String, tally: Tally)] = []
        for status in EmploymentStatus.allCases {
            let own = plan.rows(.code(.employmentStatus, [status.rawValue]))
            statuses.append((status.rawValue, .count(plan.all([whole, own]))))
        }
        self.statuses = statuses
    }

    var tallies: [Tally] { [days, everyone] + statuses.map(\.tally) }

    /// What was counted in a group, or in all.
    func counted(_ result: TallyResult, group: Int? = nil) -> Trajectory.Counted {
        var counts: [String: Int] = [:]
        for (status, tally) in statuses { counts[status] = result.sum(tally, group: group) }
        return Trajectory.Counted(
            days: result.days(days, group: group),
            all: result.sum(everyone, group: group),
            statuses: counts
        )
    }

    /// The trajectory of the part.
    func made(_ result: TallyResult, _ programme: Programme, asAt: CivilDate) -> Trajectory {
        let name = part.name(in: programme)
        let counted = counted(result)
        return Trajectory(part, name: name, programme, counted, asAt: asAt, counts: counts)
    }
}
