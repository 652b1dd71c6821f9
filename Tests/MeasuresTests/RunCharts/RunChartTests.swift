import Kernel
import Measures
import Testing

/// Run charts beside those of NHSRplotthedots, and by the rules of *Making Data Count*.
@Suite struct RunChartTests {
    /// The series of `fixtures/spc/xmr.csv`, in order.
    static func fixture() throws -> [RunSeries] {
        var series: [RunSeries] = []
        for line in try repositoryFile("fixtures/spc/xmr.csv").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            if series.last?.name != fields[0] { series.append(RunSeries(name: fields[0])) }
            let value = try #require(Double(fields[2]))
            series[series.count - 1].add(fields[1], value, written: fields[2])
        }
        return series
    }

    @Test func `all sixty series have the limits and causes of NHSRplotthedots`() throws {
        let expected = try repositoryFile("fixtures/spc/xmr.csv")
        let report = RunReport(try Self.fixture(), RunChart.Options(better: .down))
        #expect(report.series.count == 60)
        let ours = report.csv.split(separator: "\n")
        let theirs = expected.split(separator: "\n")
        try #require(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) { #expect(our == their) }
    }

    /// Values that go up and down by two about 10, so that limits lie at 10 ± 5.32.
    static let calm = (0..<20).map { $0 % 2 == 0 ? 9.0 : 11.0 }

    static func chart(_ values: [Double], _ options: RunChart.Options = .init()) -> RunChart {
        RunChart(values.enumerated().map { .init("\($0 + 1)", $1) }, options)
    }

    /// Points put after the calm ones, and the causes found at them when those make the limits.
    static let signs: [(added: [Double], causes: [String])] = [
        ([15.3], ["-"]),
        ([15.4], ["Above UCL"]),
        ([4.6], ["Below LCL"]),
        ([14, 14], ["2 in 3 Above CL", "2 in 3 Above CL"]),
        ([14, 10.5, 14], ["2 in 3 Above CL", "-", "2 in 3 Above CL"]),
        ([14, 9.5, 14], ["-", "-", "-"]),
        ([6, 9, 6], ["2 in 3 Below CL", "-", "2 in 3 Below CL"]),
        // Beyond the limit is not between it and its two thirds.
        ([16, 14, 10.5], ["Above UCL", "-", "-"]),
        (
            Array(repeating: 11, count: 6) + [9],
            Array(repeating: "7 Points Above CL", count: 6) + ["-"]
        ),
        (Array(repeating: 9, count: 6), Array(repeating: "-", count: 6)),
        ([9] + Array(repeating: 9, count: 6), Array(repeating: "7 Points Below CL", count: 7)),
        // A point on the mean is on neither side, and breaks the run.
        ([11, 11, 10, 11, 11, 11, 11], Array(repeating: "-", count: 7)),
        ([8, 9, 9.5, 10, 10.5, 11, 11.5], Array(repeating: "7 Points Increasing", count: 7)),
        ([9, 8.9, 8.8, 8.7, 8.6, 8.5], Array(repeating: "7 Points Decreasing", count: 6)),
        ([8, 9, 9.5, 9.5, 10.5, 11, 11.5], Array(repeating: "-", count: 7)),
    ]

    @Test(arguments: signs)
    func `each sign by its rule`(added: [Double], causes: [String]) {
        let chart = Self.chart(Self.calm + added, .init(baseline: 20))
        let found = chart.marks.suffix(added.count).map { $0.cause?.rawValue ?? "-" }
        #expect(found == causes)
    }

    @Test func `fewer than thirteen points have no limits`() {
        let few = Self.chart(Array(Self.calm.prefix(12)), .init(better: .up, target: 3))
        #expect(few.limits == nil)
        #expect(few.judgement == .notJudged)
        #expect(few.assurance == nil)
        #expect(few.verdict == "Too few points to say: 13 are needed, and there are 12.")
        #expect(Self.chart(Array(Self.calm.prefix(13))).limits != nil)
        #expect(
            Self.chart([]).verdict == "Too few points to say: 13 are needed, and there are none."
        )
        let blank = RunReport(
            [
                RunSeries(
                    name: "a",
                    points: few.marks.map(\.point),
                    written: few.marks.map { "\($0.point.value)" }
                )
            ],
            .init()
        )
        #expect(blank.csv.hasSuffix("a,12,11.0,,,,\n"))
    }

    @Test func `a step far beyond the others is screened out once, and that is said`() {
        let values = Self.calm + [60, 9, 11]
        let screened = Self.chart(values)
        #expect(screened.limits?.screened == 2)
        #expect(screened.limits?.meanRange == 2)
        #expect(screened.verdict.contains("2 outlying steps between points are left out"))
        let whole = Self.chart(values, .init(screens: false))
        #expect(whole.limits?.screened == 0)
        #expect((whole.limits?.meanRange ?? 0) > 6)
    }

    @Test(arguments: [
        (RunChart.Better.up, 16.0, RunJudgement.improving, "Improving"),
        (.up, 4.0, .concerning, "Concerning"),
        (.down, 16.0, .concerning, "Concerning"),
        (.down, 4.0, .improving, "Improving"),
        (.neither, 16.0, .neither, "A change"),
        (.up, 10.0, .commonCause, "No significant change"),
    ])
    func `which way is better decides what a sign means`(
        better: RunChart.Better,
        last: Double,
        judgement: RunJudgement,
        words: String
    ) {
        let chart = Self.chart(Self.calm + [last], .init(better: better, baseline: 20))
        #expect(chart.judgement == judgement)
        #expect(chart.verdict.hasPrefix(words))
    }

    @Test(arguments: [
        (RunChart.Better.up, 4.0, RunAssurance?.some(.meets)),
        (.up, 10.0, .mayMeet),
        (.up, 16.0, .misses),
        (.down, 4.0, .misses),
        (.down, 16.0, .meets),
        (.neither, 16.0, nil),
    ])
    func `what to expect of a target`(
        better: RunChart.Better,
        target: Double,
        assurance: RunAssurance?
    ) {
        let chart = Self.chart(Self.calm, .init(better: better, target: target))
        #expect(chart.assurance == assurance)
        let says = assurance.map {
            chart.verdict.contains("the target of \(Int(target)) \($0.words)")
        }
        #expect(says ?? !chart.verdict.contains("target"))
    }

    @Test func `limits are reckoned anew only with a reason, and signs do not run across`() throws {
        #expect(RunChart.Rebase(from: "21", reason: " ") == nil)
        let rebase = try #require(RunChart.Rebase(from: "21", reason: "the clinic opened"))
        let raised = Self.calm + Self.calm.map { $0 + 20 }
        let chart = Self.chart(raised, .init(better: .up, rebases: [rebase]))
        #expect(chart.parts.map(\.points) == [0..<20, 20..<40])
        #expect(chart.parts.map { $0.limits?.mean } == [10, 30])
        #expect(chart.marks.allSatisfy { $0.cause == nil })
        #expect(chart.verdict.hasSuffix("Limits are reckoned anew from 21: the clinic opened."))
        #expect(Self.chart(raised, .init(better: .up)).marks.contains { $0.cause != nil })
        let soon = Self.chart(Array(raised.prefix(25)), .init(rebases: [rebase]))
        #expect(soon.limits == nil)
        #expect(soon.verdict.contains("there are 5 since the limits were reckoned anew"))
    }

    @Test func `a report says each series in words and in JSON`() throws {
        var series = RunSeries(name: "Starts, all")
        for (place, value) in (Self.calm + [16]).enumerated() {
            series.add("2025-\(place)", value, written: "\(value)")
        }
        let report = RunReport([series], .init(better: .up, target: 2, baseline: 20))
        #expect(report.text.contains("Starts, all: Improving: the latest point, 2025-20, is above"))
        #expect(report.text.contains("mean 10.00, limits 4.68 to 15.32"))
        #expect(
            report.csv.contains("\"Starts, all\",2025-20,16.0,4.6800,10.0000,15.3200,Above UCL")
        )
        let json = try JSONValue(parsing: report.json)
        #expect(json.array?[0]["variation"]?.string == "improving")
        #expect(json.array?[0]["assurance"]?.string == "will-meet")
    }
}
