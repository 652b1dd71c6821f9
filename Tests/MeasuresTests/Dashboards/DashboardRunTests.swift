import Kernel
import Programmes
import Testing

@testable import Measures

/// How the run charts of a dashboard are judged: targets, and limits that are reckoned anew.
@Suite struct DashboardRunTests {
    struct Situation: Sendable, CustomTestStringConvertible {
        var what: String
        /// What stands under `run_charts` in the programme file.
        var file = ""
        var part = ProgrammePart()
        var hidden: [String] = []
        /// A month and a reason each.
        var rebases: [(String, String)] = []
        /// The first month of each part of the chart.
        var parts: [String] = ["January 2023"]
        var assurance: RunAssurance?
        /// What the verdict says after what it says of the latest point.
        var says = ""
        /// The months of the rebases that are the chart's.
        var listed: [String] = []

        var testDescription: String { what }
    }

    private static let anew = "Limits are reckoned anew from"
    private static let clinic = "a second clinic (said on 2 June 2025)"

    /// The counts step from about 20 to about 60 in April 2024.
    static let table = [
        Situation(what: "nothing is hoped for"),
        Situation(
            what: "a target well below",
            file: "{chart: starts, target: 10}",
            assurance: .meets,
            says: "If nothing changes, the target of 10 will consistently be met."
        ),
        Situation(
            what: "a target among the limits of a chart that steps",
            file: "{chart: starts, target: 45}",
            assurance: .mayMeet,
            says: "If nothing changes, the target of 45 may or may not be met."
        ),
        Situation(
            what: "the same, reckoned anew from the step",
            file: "{chart: starts, target: 45}",
            rebases: [("2024-04", "a second clinic")],
            parts: ["January 2023", "April 2024"],
            assurance: .meets,
            says: "If nothing changes, the target of 45 will consistently be met. "
                + "\(anew) April 2024: \(clinic).",
            listed: ["2024-04"]
        ),
        Situation(
            what: "a target that less is better of",
            file: "{chart: starts, target: 45, better: down}",
            rebases: [("2024-04", " a second clinic. ")],
            parts: ["January 2023", "April 2024"],
            assurance: .misses,
            says: "If nothing changes, the target of 45 will consistently be missed. "
                + "\(anew) April 2024: \(clinic).",
            listed: ["2024-04"]
        ),
        Situation(
            what: "neither way is better",
            file: "{chart: starts, target: 10, better: neither}"
        ),
        Situation(what: "a target of the other chart", file: "{chart: referrals, target: 10}"),
        Situation(
            what: "a target of the whole says nothing of a part",
            file: "{chart: starts, target: 10}",
            part: ProgrammePart(strand: "south")
        ),
        Situation(
            what: "a part has its own, and which way is better from the whole",
            file: "{chart: starts, better: down}, {chart: starts, strand: south, target: 10}",
            part: ProgrammePart(strand: "south"),
            assurance: .misses,
            says: "If nothing changes, the target of 10 will consistently be missed."
        ),
        Situation(
            what: "the month is kept back",
            hidden: ["2024-04"],
            rebases: [("2024-04", "a second clinic")],
            parts: ["January 2023", "May 2024"],
            says: "\(anew) May 2024: \(clinic).",
            listed: ["2024-04"]
        ),
        Situation(
            what: "two months come to the same point",
            hidden: ["2024-04"],
            rebases: [("2024-05", "leaflets"), ("2024-04", "a second clinic")],
            parts: ["January 2023", "May 2024"],
            says: "\(anew) May 2024: \(clinic); leaflets (said on 2 June 2025).",
            listed: ["2024-04", "2024-05"]
        ),
        Situation(
            what: "several, the last with too few points",
            file: "{chart: starts, target: 10}",
            rebases: [("2024-04", "a second clinic"), ("2025-01", "leaflets")],
            parts: ["January 2023", "April 2024", "January 2025"],
            says: "\(anew) April 2024: \(clinic). "
                + "\(anew) January 2025: leaflets (said on 2 June 2025).",
            listed: ["2024-04", "2025-01"]
        ),
        Situation(
            what: "no month after it is shown",
            hidden: ["2025-06"],
            rebases: [("2025-06", "leaflets")],
            listed: ["2025-06"]
        ),
        Situation(
            what: "months that are not the chart's",
            rebases: [("2022-12", "leaflets"), ("2025-07", "leaflets")]
        ),
    ]

    @Test("Each situation is judged and said", arguments: table)
    func judged(_ situation: Situation) throws {
        let rules = situation.file.isEmpty ? "" : "\nrun_charts: [\(situation.file)]"
        let programme = try MeasuresTests.programme(
            populations: "left: {reached: discharged}\(rules)"
        )
        let rebases = situation.rebases.map { Self.rebase(.starts, $0, $1) }
        var dashboard = Self.dashboard(situation)
        dashboard.judgeRuns(
            by: programme,
            rebases: rebases + [Self.rebase(.referrals, "2024-04", "of the other chart")]
        )
        let run = try #require(dashboard.runs.last)
        let starts = run.chart.parts.map { run.chart.marks[$0.points.lowerBound].point.label }
        #expect(starts == situation.parts)
        #expect(run.chart.assurance == situation.assurance)
        #expect(
            situation.says.isEmpty || run.chart.verdict.contains(situation.says),
            "\(run.chart.verdict)"
        )
        #expect(run.chart.verdict.contains(Self.anew) == situation.says.contains(Self.anew))
        #expect(run.chart.verdict.contains("target") == situation.says.contains("target"))
        #expect(run.rebases.map(\.month.iso) == situation.listed)
        // The chart knows no more than the months that are shown.
        let shown = run.points.filter { !$0.cell.isHidden }
        #expect(run.chart.marks.map(\.point.label) == shown.map(\.label))
        // Judged again without them, it is as it was before.
        dashboard.judgeRuns(by: programme)
        #expect(dashboard.runs.last?.chart.parts.count == 1)
        #expect(dashboard.runs.last?.rebases == [])
    }

    @Test("Limits can be reckoned anew from all months but the first and those that were said")
    func months() throws {
        var dashboard = Self.dashboard(Situation(what: ""))
        dashboard.judgeRuns(
            by: try MeasuresTests.programme(),
            rebases: [Self.rebase(.starts, "2024-04", "a second clinic")]
        )
        let months = try #require(dashboard.runs.last).monthsToRebase.map(\.iso)
        #expect(months.count == 28)
        #expect(months.first == "2023-02" && months.last == "2025-06")
        #expect(!months.contains("2024-04"))
        #expect(dashboard.runs.first?.monthsToRebase == [])
    }

    private static func rebase(
        _ chart: MonthlyChart,
        _ month: String,
        _ reason: String
    ) -> RunRebase {
        RunRebase(
            id: "\(chart.rawValue) \(month)",
            chart: chart,
            month: CivilMonth(iso: month) ?? day("2000-01-01").civilMonth,
            reason: reason,
            saidOn: day("2025-06-02"),
            saidFor: "board"
        )
    }

    private static func dashboard(_ situation: Situation) -> Dashboard {
        let first = day("2023-01-01").civilMonth
        let months = (0..<30).map { first.adding(months: $0) }
        let points = months.enumerated().map { place, month in
            let count = (place < 15 ? 20 : 60) + (place.isMultiple(of: 2) ? 2 : -2)
            return Dashboard.Figure(
                id: "runs/starts/\(month.iso)",
                label: month.uk,
                definition: "",
                cell: ReportCell(counting: situation.hidden.contains(month.iso) ? nil : count)
            )
        }
        return Dashboard(
            programme: "example",
            programmeVersion: 1,
            name: "Example",
            question: Dashboard.Question(part: situation.part, asAt: day("2025-06-30")),
            panels: [
                Dashboard.Panel(
                    id: "runs",
                    title: "Month by month",
                    content: .runs([
                        Dashboard.Run(.referrals, months: [], points: []),
                        Dashboard.Run(.starts, months: months, points: points),
                    ])
                )
            ]
        )
    }
}
