import Funding
import Kernel
import Measures
import Programmes

/// All the figures that a pack may name, as its readers may see them.
///
/// Each was counted by Measures or Funding from one state of the cases; here they are only put into
/// sentences, tables and charts.
package struct PackData: Sendable {
    package var programme: Programme
    package var asAt: CivilDate
    /// Up to when we had been told.
    package var knownAt: Instant
    /// Whether the figures were not released: then it says so on every page.
    package var isDraft: Bool
    /// The programme's report, whole (nil) and set apart.
    package var reports: [Grouping?: ReportTable]
    /// The figures of the dashboard as a report, whole and by strand; rows are called by their ids.
    package var dashboards: [Grouping?: ReportTable]
    /// The programme's trajectory first, then its strands'.
    package var trajectories: [Trajectory]
    /// Month by month: `referrals` and `starts`.
    package var runs: [String: Dashboard.Run]
    package var claims: PackClaims
    /// What organisations are called.
    package var names: [String: String]

    package init(
        programme: Programme,
        asAt: CivilDate,
        knownAt: Instant,
        isDraft: Bool = false,
        reports: [Grouping?: ReportTable] = [:],
        dashboards: [Grouping?: ReportTable] = [:],
        trajectories: [Trajectory] = [],
        runs: [String: Dashboard.Run] = [:],
        claims: PackClaims = PackClaims(),
        names: [String: String] = [:]
    ) {
        self.programme = programme
        self.asAt = asAt
        self.knownAt = knownAt
        self.isDraft = isDraft
        self.reports = reports
        self.dashboards = dashboards
        self.trajectories = trajectories
        self.runs = runs
        self.claims = claims
        self.names = names
    }

    /// How small counts are kept back from a board.
    static let method: DisclosureMethod = .below5

    /// Whether the number of a trajectory is kept back: as the row of the dashboard that counts it.
    func isHidden(_ trajectory: Trajectory) -> Bool {
        let strand = trajectory.part.strand
        let table = dashboards[strand == nil ? nil : .strand]
        guard let table, let row = table.rows.first(where: { $0.label == "trajectory" }) else {
            return true
        }
        guard let strand else { return row.whole.isHidden }
        guard let place = table.groups.firstIndex(where: { $0.key == strand }) else {
            return trajectory.actual != 0
        }
        return row.cells[place].isHidden
    }
}

/// What a pack needs to be counted.
package struct PackNeeds: Sendable, Hashable {
    /// Groupings of the report; nil is the report as a whole.
    package var reports: Set<Grouping?> = []
    /// Groupings of the dashboard's figures.
    package var dashboards: Set<Grouping?> = []
    package var trajectories = false
    package var runs = false
    package var claims = false

    package init() {}
}

extension Pack {
    /// What must be counted for the figures, tables and charts of the pack.
    package var needs: PackNeeds {
        var needs = PackNeeds()
        for figure in figures {
            switch figure.source {
            case .row(_, let by, _): needs.reports.insert(by)
            case .dashboard: needs.dashboards.insert(nil)
            case .trajectory: needs.trajectories = true
            case .claim: needs.claims = true
            case .target, .funding, .constant: break
            }
        }
        for block in summary + sections.flatMap(\.blocks) {
            switch block {
            case .table(let table):
                switch table.content {
                case .report(_, let by): needs.reports.insert(by)
                case .trajectory: needs.trajectories = true
                case .claims: needs.claims = true
                case .funding, .written: break
                }
            case .chart(let chart):
                switch chart.content {
                case .stages, .clocks, .waits: needs.dashboards.insert(nil)
                case .trajectory: needs.trajectories = true
                case .run: needs.runs = true
                case .rows: needs.reports.insert(nil)
                }
            case .paragraph, .subheading, .list, .tiles, .risks, .steps: break
            }
        }
        // Whether a trajectory may be shown follows from the count that it ends with.
        if needs.trajectories { needs.dashboards.formUnion([nil, .strand]) }
        return needs
    }
}
