import Kernel
import Programmes

/// Everything that a dashboard counts, as sets of one plan.
struct DashboardPlan {
    let programme: Programme
    let question: Dashboard.Question
    var plan: Plan
    var stages: [PlannedFigure] = []
    var runs: [PlannedRun] = []
    var trajectories: [PlannedTrajectory] = []
    var clocks: [PlannedFigure] = []
    var waits: [PlannedWait] = []
    var caseload: [PlannedFigure] = []
    var quality: [PlannedFigure] = []
    var equity: [PlannedEquity] = []
    var changes: [PlannedChange] = []
    var answers: [PlannedAnswers] = []

    /// Cases month by month of a milestone.
    struct PlannedRun {
        let kind: MonthlyChart
        let set: Int

        var id: String { "runs/\(kind.rawValue)" }
        var days: Tally { .dayCounts(set, kind.milestone) }
    }

    struct PlannedWait {
        let median: PlannedFigure
        let elapsed: Elapsed
    }

    /// A share that is set apart by group.
    struct PlannedEquity {
        let figure: PlannedFigure
        let whole: Int
        let fields: [CodeField]
    }

    struct PlannedChange {
        let id: String
        let instrument: Instrument
        let changes: Tally
        let eligible: Int
    }

    struct PlannedAnswers {
        let question: String
        let figures: [PlannedFigure]
        let completion: PlannedFigure
    }

    init(_ programme: Programme, _ question: Dashboard.Question, _ table: FactTable) {
        self.programme = programme
        self.question = question
        plan = Plan(table, asAt: question.asAt, populations: programme.populations)
        planFlow()
        planPromises()
        planPeople()
    }

    /// The cases of the part.
    var part: Population { question.part.population }

    /// Some of the part's cases.
    func within(_ population: Population) -> Population {
        if part == .everyone { return population }
        return population == .everyone ? part : .all([part, population])
    }

    mutating func figure(
        _ id: String,
        _ label: String,
        _ indicator: Indicator,
        _ show: Show = Show(form: .countPercent, rounding: .whole)
    ) -> PlannedFigure {
        PlannedFigure(id, label, indicator.within(part), show, in: &plan, of: programme)
    }

    /// Every figure that has an id of its own.
    var figures: [PlannedFigure] {
        stages + clocks + waits.map(\.median) + caseload + quality
            + equity.map(\.figure) + answers.flatMap { $0.figures + [$0.completion] }
    }

    /// Everything to be added up, each once.
    ///
    /// - Parameter lines: counts whose control needs them besides.
    func tallies(_ lines: SheetLines?) -> [Tally] {
        var found = (lines?.counts.tallies ?? []) + figures.flatMap(\.tallies) + runs.map(\.days)
        found += trajectories.flatMap(\.tallies)
        for shared in equity {
            for field in shared.fields {
                found.append(.codeCounts(shared.figure.row.numerator, field))
                found.append(.codeCounts(shared.whole, field))
            }
        }
        for change in changes { found += [change.changes, .count(change.eligible)] }
        var seen: Set<Tally> = []
        return found.filter { seen.insert($0).inserted }
    }
}
