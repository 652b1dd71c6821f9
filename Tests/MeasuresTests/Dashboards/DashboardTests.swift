import Casework
import Kernel
import Programmes
import Testing

@testable import Measures

/// Every figure of a dashboard beside the cases that it opens to, and beside a plain count.
@Suite struct DashboardTests {
    static let asAt = day("2015-03-20")

    /// The example with a share of its own.
    static func programme() throws -> Programme {
        try MeasuresTests.programme(
            populations: """
                left: {reached: discharged}
                indicators:
                  worked: {name: Started a job, count: {reached: job-started}, of: left}
                """
        )
    }

    static let parts = [
        ProgrammePart(), ProgrammePart(provider: "provider-1"),
        ProgrammePart(strand: "strand-2", locality: "area-0"), ProgrammePart(provider: "nobody"),
    ]

    @Test func `an outcome is told apart from a row of the report that has its name`() throws {
        let programme = try MeasuresTests.programme("- {row: Job start, outcome: job, of: started}")
        let outcomes = Dashboard.rows(of: programme).filter { $0.id.hasPrefix("stages/outcome-") }
        #expect(
            outcomes.map { $0.row.row } == ["Job start, of all referred", "Job within 100 days"]
        )
    }

    @Test(arguments: parts)
    func `every figure opens to as many cases as it says`(part: ProgrammePart) throws {
        var random = RandomFacts(seed: 5)
        let table = table((0..<600).map { random.facts($0) })
        let programme = try Self.programme()
        let question = Dashboard.Question(part: part, asAt: Self.asAt)
        let dashboard = Dashboard.evaluate(programme: programme, table: table, question: question)
        func cases(_ id: String, _ part: CellPart) -> Int? {
            Dashboard.open(id, part: part, programme: programme, table: table, question: question)?
                .count
        }
        var figures = 0
        for figure in dashboard.figures {
            figures += 1
            #expect(figure.definition.hasSuffix("."), "\(figure.id)")
            let count = try #require(cases(figure.id, .numerator), "\(figure.id)")
            if figure.cell.isWhole {
                #expect(figure.cell.numerator == Ratio(count), "\(figure.id)")
            }
            if let whole = figure.cell.denominator {
                #expect(cases(figure.id, .denominator) == whole, "\(figure.id)")
            }
        }
        #expect(figures > 30)
        for trajectory in dashboard.trajectories.prefix(1) {
            for month in trajectory.months where month.actualSoFar != nil {
                let id = Trajectory.id(month.month)
                #expect(cases(id, .numerator) == month.actualSoFar, "\(id)")
            }
            for share in trajectory.mix {
                let id = Trajectory.id(share)
                #expect(cases(id, .numerator) == share.count, "\(id)")
                #expect(cases(id, .denominator) == share.of, "\(id)")
                #expect(cases(id, .leftOut) == trajectory.statusNotKnown, "\(id)")
            }
        }
        for trajectory in dashboard.trajectories.dropFirst() {
            let id = Trajectory.id(strand: try #require(trajectory.part.strand))
            #expect(cases(id, .numerator) == trajectory.actual, "\(id)")
        }
        for shared in dashboard.equity {
            for group in shared.groups + [shared.notKnown] {
                let id = "\(shared.id)/\(group.key)"
                #expect(cases(id, .numerator) == group.count, "\(id)")
                #expect(cases(id, .denominator) == group.of, "\(id)")
            }
            let groups = shared.groups + [shared.notKnown]
            #expect(groups.map(\.count).reduce(0, +) == shared.count)
            #expect(groups.map(\.of).reduce(0, +) == shared.of)
        }
        #expect(cases("stages/nothing", .numerator) == nil)
        #expect(cases("equity/started/shoe_size/x", .numerator) == nil)
        #expect(cases("runs/starts/soon", .numerator) == nil)
    }

    @Test func `a part counts its own cases alone`() throws {
        var random = RandomFacts(seed: 8)
        let rows = (0..<2000).map { random.facts($0) }
        let dashboard = Dashboard.evaluate(
            programme: try Self.programme(),
            table: table(rows),
            question: .init(part: ProgrammePart(provider: "provider-1"), asAt: Self.asAt)
        )
        let mine = rows.filter { $0[.provider] == "provider-1" }
        let referred = try #require(dashboard.figures.first { $0.id == "stages/referred" })
        #expect(referred.cell.numerator == Ratio(mine.count))
        let started = try #require(dashboard.figures.first { $0.id == "stages/started" })
        let plain = mine.count { ($0[.started] ?? day("2999-01-01")) <= Self.asAt }
        #expect(started.cell.numerator == Ratio(plain))
        #expect(started.definition.contains("provider provider-1"))
        let white = try #require(dashboard.equity.first { $0.field == .gender })
        for group in white.groups {
            let both = mine.filter { $0[.gender] == group.key }
            #expect(group.of == both.count)
        }
    }

    @Test func `waits say the median and what nine in ten did not pass`() throws {
        let rows = (1...10).map { number in
            facts(number) { $0[.firstContact] = day("2015-01-01").adding(days: number) }
        }
        let dashboard = Dashboard.evaluate(
            programme: try Self.programme(),
            table: table(rows),
            question: .init(asAt: Self.asAt)
        )
        let wait = try #require(dashboard.waits.first)
        #expect(wait.median.cell.shown == "5.5")
        #expect(wait.ninetieth.cell.shown == "9.0")
        #expect(wait.median.label == "From referral to first contact")
    }

    @Test func `a change is paired within people and says who is missing`() throws {
        let scores = [
            "phq-9.baseline:15 phq-9.exit:9", "phq-9.baseline:10 phq-9.review:8 phq-9.tracking:4",
            "phq-9.review:20", "", "phq-9.exit:3 phq-9.tracking:3", "gad-7.baseline:4 phq-9.exit:9",
        ]
        let rows = scores.enumerated().map { number, text in
            facts(number) {
                $0[.started] = day("2015-01-02")
                $0[.scores] = text
            }
        }
        let dashboard = Dashboard.evaluate(
            programme: try Self.programme(),
            table: table(rows + [facts(99) { $0[.scores] = scores[0] }]),
            question: .init(asAt: Self.asAt)
        )
        let changes = try #require(dashboard.changes.first)
        #expect(dashboard.changes.map(\.id) == ["changes/phq-9"])
        #expect(changes.change.eligible == 6)
        #expect(changes.change.paired == 3)
        #expect(changes.change.mean == Ratio(-12, over: 3))
        #expect(changes.change.missing == 3)
        let opened = Dashboard.open(
            "changes/phq-9",
            programme: try Self.programme(),
            table: table(rows),
            question: .init(asAt: Self.asAt)
        )
        #expect(numbers(opened) == [0, 1, 4])
    }

    @Test func `groups that are too small say so, and those apart are named`() throws {
        func group(_ from: Int, _ count: Int, _ started: Int, _ gender: String) -> [Facts] {
            (0..<count).map { number in
                facts(from + number) {
                    $0[.gender] = gender
                    if number < started { $0[.started] = day("2015-01-05") }
                }
            }
        }
        let rows =
            group(0, 200, 150, "female") + group(1000, 200, 60, "male")
            + group(2000, 9, 9, "other")
        let dashboard = Dashboard.evaluate(
            programme: try Self.programme(),
            table: table(rows),
            question: .init(asAt: Self.asAt)
        )
        let equity = try #require(dashboard.equity.first { $0.field == .gender })
        #expect(equity.groups.map(\.shown) == ["75% of 200", "30% of 200", "too few to say"])
        #expect(equity.groups[2].ratio == nil)
        #expect(equity.groups[2].interval == nil)
        #expect(equity.groups[0].ratio?.text == "2.27 (1.84 to 2.80)")
        #expect(equity.says.contains("Female 2.27 times everyone else"))
    }

    @Test func `a gradient goes from the most deprived group to the least`() throws {
        let groups = (1...10).map { rank in
            Equity.Group(
                key: "\(rank)",
                label: "\(rank)",
                count: 20 + rank * 3,
                of: 100,
                ratio: nil
            )
        }
        let gradient = try #require(Equity.gradient(groups.shuffled(seed: 4)))
        #expect(abs(gradient.slope - 0.3) < 1e-9)
        #expect(gradient.relative > 2)
        #expect(Equity.gradient(Array(groups.prefix(4))) == nil)
    }

    @Test func `the month that runs is left out of a run`() throws {
        let rows = (0..<60).map { number in
            facts(number) { $0[.referred] = day("2014-01-01").adding(days: number * 7) }
        }
        let dashboard = Dashboard.evaluate(
            programme: try Self.programme(),
            table: table(rows),
            question: .init(asAt: day("2015-02-10"))
        )
        let run = try #require(dashboard.runs.first)
        #expect(run.points.first?.label == "January 2014")
        #expect(run.points.last?.label == "January 2015")
        #expect(run.chart.limits != nil)
        #expect(run.points.map { $0.cell.numerator?.numerator ?? 0 }.reduce(0, +) == 57)
    }
}

extension Array {
    fileprivate func shuffled(seed: UInt64) -> [Element] {
        var random = RandomGenerator(seed: seed)
        return shuffled(using: &random)
    }
}
