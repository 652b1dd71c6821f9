import Casework
import Kernel
import Programmes
import Testing

@testable import Measures

@Suite("Reports")
struct ReportTests {
    /// Five cases: support started on 1 January, discharged after 7, 14, 21 days, never, and a case
    /// whose support never started.
    static let timed = [
        facts(1) { spell(&$0, "2015-01-01", "2015-01-08") },
        facts(2) { spell(&$0, "2015-01-01", "2015-01-15") },
        facts(3) { spell(&$0, "2015-01-01", "2015-01-30") },
        facts(4) { spell(&$0, "2015-01-01", nil) },
        facts(5),
    ]

    static func spell(_ facts: inout Facts, _ from: String, _ to: String?) {
        facts[.started] = day(from)
        facts[.discharged] = to.map(day)
    }

    static let elapsed: [(String, String, String)] = [
        // 7, 14 and 29 days: a mean of 50/3, a median of 14.
        ("mean: {days: {from: started, to: discharged}}", "16.6667", "17"),
        ("mean: {weeks: {from: started, to: discharged}}", "2.3810", "2"),
        ("median: {days: {from: started, to: discharged}}", "14.0000", "14"),
        ("median: {weeks: {from: started, to: discharged}}", "2.0000", "2"),
        // After New Year's Day: 5, 10 and 21 working days.
        ("mean: {working_days: {from: started, to: discharged}}", "12.0000", "12"),
        ("median: {working_days: {from: started, to: discharged}}", "10.0000", "10"),
        ("mean: {days: {from: discharged, to: started}}", "-16.6667", "-17"),
        ("mean: {days: {from: started, to: closed}}", "", "–"),
        ("median: {days: {from: started, to: closed}}", "", "–"),
    ]

    @Test("Means and medians are over the cases with both dates", arguments: elapsed)
    func means(row: String, expected: String, shown: String) throws {
        let line = try figure("- {row: Time, \(row)}", Self.timed)
        #expect(line.whole.numeratorText == expected)
        #expect(line.whole.denominator == nil)
        #expect(line.whole.shown == shown)
    }

    @Test("Means say how many had no date, and for which end")
    func leavesOut() throws {
        let row = "- {row: Time, mean: {days: {from: started, to: discharged}}}"
        let line = try figure(row, Self.timed)
        let expected = [
            LeftOut(reason: "with no date for start of support", count: 1),
            LeftOut(reason: "with no date for discharge", count: 1),
        ]
        #expect(line.whole.leftOut == expected)
        // On 15 January the third case is not discharged yet.
        let earlier = try figure(row, Self.timed, asAt: "2015-01-15")
        #expect(earlier.whole.numeratorText == "10.5000")
        #expect(earlier.whole.leftOut.map(\.count) == [1, 2])
    }

    @Test("The median of an even number of cases is half way between the middle two")
    func evenMedian() throws {
        let span = "{days: {from: started, to: discharged}}"
        let row = "- {row: Time, median: \(span), show: one-decimal}"
        let line = try figure(row, Array(Self.timed.prefix(2)))
        #expect(line.whole.shown == "10.5")
    }

    @Test("Different codes are counted once, and blank is none")
    func distinct() throws {
        let all = (1...40).map { number in
            facts(number) { $0[.referrer] = number % 10 == 0 ? nil : "P\(number % 10)" }
        }
        let line = try figure("- {row: Practices, distinct: referrer}", all)
        #expect(line.whole.shown == "9")
        #expect(line.whole.leftOut == [LeftOut(reason: "with referrer not known", count: 4)])
    }

    @Test("A sum adds the numbers that are there, and cost is shown in pounds")
    func sums() throws {
        let all = [23_413, 23_413, nil, 0].enumerated().map { place, cost in
            facts(place + 1) { $0[.interventionCost] = cost }
        }
        let row = "- {row: Cost, sum: intervention_cost_pence, show: pounds}"
        let line = try figure(row, all)
        #expect(line.whole.numeratorText == "46826")
        #expect(line.whole.shown == "£468")
        let unknown = LeftOut(reason: "with cost of interventions not known", count: 1)
        #expect(line.whole.leftOut == [unknown])
    }

    @Test("A count can be multiplied by a cost, and keeps its numerator")
    func times() throws {
        let all = (1...3).map { number in facts(number) { $0[.interventions] = "physiotherapy:2" } }
        let row = """
            - {row: Cost, count: {intervention: physiotherapy}, times: {unit_cost: physiotherapy}}
            """
        let line = try figure(row, all)
        #expect(line.whole.numeratorText == "3")
        #expect(line.whole.shown == "£702")
    }

    @Test("A share of a target has no interval, and a group has no part of the target")
    func targets() throws {
        let all = (1...10).map { number in facts(number) { $0[.gender] = "female" } }
        let row = "- {row: Referrals, count: everyone, of: {target: participants}}"
        let report = ReportTable.evaluate(
            programme: try programme(row),
            table: table(all),
            request: ReportRequest(asAt: day("2015-01-31"), grouping: .gender)
        )
        #expect(report.rows[1].whole.shown == "10 (25%)")
        #expect(report.rows[1].whole.denominator == 40)
        #expect(report.rows[1].whole.interval == nil)
        #expect(report.rows[1].cells.map(\.shown) == ["10"])
    }

    @Test("A share is of the cases in both, and tells of those not known")
    func shares() throws {
        let all = [
            facts(1) {
                $0[.firstContact] = day("2015-01-05")
                $0[.intensity] = "high"
            },
            facts(2) { $0[.firstContact] = day("2015-01-05") },
            facts(3) {
                $0[.firstContact] = day("2015-01-05")
                $0[.intensity] = "low"
            },
            facts(4) { $0[.intensity] = "high" },
        ]
        let row = "- {row: High, count: {intensity: high}, of: engaged, printed: 33%}"
        let line = try figure(row, all)
        #expect(line.whole.shown == "1 (33%)")
        #expect(line.whole.denominator == 3)
        #expect(line.whole.interval?.text == "6.1% to 79.2%")
        #expect(
            line.whole.leftOut
                == [LeftOut(reason: "with intensity not known, counted as no", count: 1)]
        )
        #expect(line.verdict == "agrees")
    }

    /// Clock token, and whether it counts on 31 January 2015: above the line, below it, or neither.
    static let clocks: [(String, String)] = [
        ("assessment:met", "1 of 1"),
        ("assessment:missed", "0 of 1"),
        ("assessment:running@2015-01-30", "0 of 1"),
        ("assessment:running@2015-01-31", "0 of 0, 1 still running"),
        ("assessment:running@2015-02-01", "0 of 0, 1 still running"),
        ("", "0 of 0, 1 with the clock not started, or lapsed"),
        ("other:met", "0 of 0, 1 with the clock not started, or lapsed"),
    ]

    @Test("A clock is met, missed, or left out", arguments: clocks)
    func met(token: String, expected: String) throws {
        let all = [
            facts(1) {
                $0[.firstContact] = day("2015-01-05")
                $0[.clocks] = token
            },
            facts(2) { $0[.clocks] = "assessment:met" },
        ]
        let line = try figure("- {row: Assessed, met: assessment, of: engaged}", all)
        #expect(story(line.whole) == expected)
    }

    /// Start of support, job start, outcome token, rule, and the figure on 31 January 2015.
    static let outcomes: [(String, String?, String, String, String)] = [
        // 16 weeks before is 11 October 2014.
        ("2014-06-01", "2014-10-11", "kept@2015-01-10", "kept", "1 of 1"),
        ("2014-06-01", "2014-10-11", "", "kept", "0 of 1"),
        // The first job was lost, and a later one goes on: that has not failed yet.
        ("2014-06-01", "2014-10-11", "kept@2015-02-01", "kept", "0 of 0, 1 not yet mature"),
        ("2014-06-01", "2014-10-11", "kept@2015-01-31", "kept", "1 of 1"),
        ("2014-06-01", "2014-10-12", "kept@2015-01-11", "kept", "0 of 0, 1 not yet mature"),
        ("2014-10-11", nil, "", "kept", "0 of 1"),
        ("2014-10-12", nil, "", "kept", "0 of 0, 1 not yet mature"),
        // 100 days before is 23 October 2014.
        ("2014-10-23", "2015-01-29", "soon@2015-01-29", "soon", "1 of 1"),
        ("2014-10-24", "2015-01-29", "soon@2015-01-29", "soon", "0 of 0, 1 not yet mature"),
        // No window: counted at once.
        ("2015-01-30", "2015-01-31", "job@2015-01-31", "job", "1 of 1"),
        ("2015-01-30", nil, "", "job", "0 of 1"),
    ]

    @Test("An outcome counts once its window has passed", arguments: outcomes)
    func outcome(
        started: String,
        job: String?,
        token: String,
        rule: String,
        expected: String
    ) throws {
        let all = [
            facts(1) {
                $0[.started] = day(started)
                $0[.jobStarted] = job.map(day)
                $0[.outcomes] = token
            }
        ]
        let line = try figure("- {row: Outcome, outcome: \(rule), of: started}", all)
        #expect(story(line.whole) == expected)
    }

    @Test("An outcome alone is counted without waiting")
    func outcomeAlone() throws {
        let all = [
            facts(1) { $0[.outcomes] = "kept@2015-01-31" },
            facts(2) { $0[.outcomes] = "kept@2015-02-01" },
        ]
        let line = try figure("- {row: Outcome, outcome: kept}", all)
        #expect(line.whole.shown == "1")
        #expect(line.whole.leftOut.isEmpty)
    }

    @Test("A report over nobody has every row")
    func empty() throws {
        let row = "- {row: High, count: {intensity: high}, of: engaged}"
        #expect(try figure(row, []).whole.shown == "0 (–)")
    }

    private func story(_ cell: ReportCell) -> String {
        let count = "\(cell.numeratorText) of \(cell.denominator ?? -1)"
        return cell.leftOut.isEmpty ? count : "\(count), \(cell.leftOutText)"
    }
}
