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
    /// The figures of the dashboard as a table; its rows are called by their ids.
    package var dashboard: ReportTable?
    /// The programme's trajectory first, then its strands'.
    package var trajectories: [Trajectory]
    /// Month by month.
    package var runs: [MonthlyChart: Dashboard.Run]
    /// From which months the limits of run charts are reckoned anew.
    package var rebases: [RunRebase] = []
    package var claims: PackClaims
    /// What organisations are called.
    package var names: [String: String]

    package init(
        programme: Programme,
        asAt: CivilDate,
        knownAt: Instant,
        isDraft: Bool = false,
        reports: [Grouping?: ReportTable] = [:],
        dashboard: ReportTable? = nil,
        trajectories: [Trajectory] = [],
        runs: [MonthlyChart: Dashboard.Run] = [:],
        claims: PackClaims = PackClaims(),
        names: [String: String] = [:]
    ) {
        self.programme = programme
        self.asAt = asAt
        self.knownAt = knownAt
        self.isDraft = isDraft
        self.reports = reports
        self.dashboard = dashboard
        self.trajectories = trajectories
        self.runs = runs
        self.claims = claims
        self.names = names
    }

    /// How small counts are kept back from a board.
    static let method: DisclosureMethod = .below5

    /// Draws what a pack needs of the report and the dashboard from the sheet of its day.
    ///
    /// - Parameter sheet: nil where nothing is kept back.
    package mutating func draw(_ needs: PackNeeds, of facts: FactTable, from sheet: FigureSheet?) {
        for grouping in needs.reports {
            reports[grouping] = ReportTable.evaluate(
                programme: programme,
                table: facts,
                request: ReportRequest(asAt: asAt, grouping: grouping),
                sheet: sheet
            )
        }
        guard needs.dashboard else { return }
        dashboard = Dashboard.table(
            programme: programme,
            table: facts,
            asAt: asAt,
            sheet: sheet
        )
        var whole = Dashboard.evaluate(
            programme: programme,
            table: facts,
            question: Dashboard.Question(asAt: asAt),
            sheet: sheet
        )
        trajectories = whole.trajectories
        whole.judgeRuns(by: programme, rebases: rebases)
        for run in whole.runs { runs[run.kind] = run }
    }
}

/// What a pack needs to be counted.
package struct PackNeeds: Sendable, Hashable {
    /// Groupings of the report; nil is the report as a whole.
    package var reports: Set<Grouping?> = []
    /// Whether it shows something of the dashboard: figures, plans or months.
    package var dashboard = false
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
            case .dashboard, .trajectory: needs.dashboard = true
            case .claim: needs.claims = true
            case .target, .funding, .constant: break
            }
        }
        for block in summary + sections.flatMap(\.blocks) {
            switch block {
            case .table(let table):
                switch table.content {
                case .report(_, let by): needs.reports.insert(by)
                case .trajectory: needs.dashboard = true
                case .claims: needs.claims = true
                case .funding, .written: break
                }
            case .chart(let chart):
                switch chart.content {
                case .stages, .clocks, .waits, .trajectory, .run: needs.dashboard = true
                case .rows: needs.reports.insert(nil)
                }
            case .paragraph, .subheading, .list, .tiles, .risks, .steps: break
            }
        }
        return needs
    }
}
