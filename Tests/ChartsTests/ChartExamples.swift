import Charts
import Kernel
import Measures

/// Charts of every kind, some always the same and some at random.
enum ChartExamples {
    static let stages = StageFlow(
        title: "From referral to work",
        stages: [
            .init("Referred", 1240), .init("Engaged", 980), .init("Started support", 700),
            .init("Discharged", 310), .init("In work at discharge", 204),
        ]
    )

    static let bars = BarChart(
        title: "Support started, by ethnic group",
        says: "The line is everyone: 56%.",
        rowHeading: "Ethnic group",
        valueHeading: "Share with support started",
        bars: [
            .init("White", 0.58, shown: "58% of 610", interval: .init(lower: 0.54, upper: 0.62)),
            .init(
                "Asian or Asian British",
                0.47,
                shown: "47% of 120",
                interval: .init(lower: 0.38, upper: 0.56)
            ),
            .init("Mixed", nil, shown: "too few to say"),
        ],
        reference: (0.56, "everyone, 56%")
    )

    static let lines = LineChart(
        title: "Starts, cumulative",
        says: "89 of 120 by June.",
        pointHeading: "Month",
        points: ["April 2025", "May 2025", "June 2025", "July 2025"],
        lines: [.init("Profile", [30, 60, 90, 120]), .init("Actual", [22, 51, 89, nil])],
        range: .init("Forecast", [nil, nil, 89...89, 108...131])
    )

    static let run = RunPicture(
        title: "Referrals a month",
        chart: RunChart(
            (0..<24).map {
                .init("Month \($0 + 1)", Double([9, 11, 12, 8][$0 % 4] + $0 / 12 * 9))
            },
            .init(
                better: .up,
                target: 12,
                rebases: [RunChart.Rebase(from: "Month 14", reason: "a second clinic")]
                    .compactMap { $0 }
            )
        ),
        valueHeading: "Referrals"
    )

    static let tornado = Tornado(
        title: "What the benefit depends on",
        base: 120_000,
        resultHeading: "Net benefit",
        assumptions: [
            .init("Deadweight", low: "10%", high: "40%", atLow: 150_000, atHigh: 60_000),
            .init("Unit cost", low: "£200", high: "£260", atLow: 128_000, atHigh: 112_000),
        ],
        form: .pounds
    )

    static let fixed: [(name: String, chart: any Chart)] = [
        ("stages", stages), ("bars", bars), ("lines", lines), ("run", run), ("tornado", tornado),
    ]

    /// A chart of some kind, with names of any length and figures of any size.
    static func random(_ random: inout RandomGenerator) -> any Chart {
        func number(_ most: Int) -> Double { Double(random.below(most)) }
        let size = [1, 10, 1000, 2_000_000][random.below(4)] + 1
        let count = 1 + random.below(14)
        switch random.below(5) {
        case 0:
            var left = size * 3
            let stages = (0..<count).map { _ -> StageFlow.Stage in
                left = random.below(left + 1)
                return .init(words(&random), left)
            }
            return StageFlow(title: words(&random), stages: stages)
        case 1:
            let bars = (0..<count).map { _ -> BarChart.Bar in
                let value = number(size) - (random.below(6) == 0 ? number(size) : 0)
                let isFew = random.below(6) == 0
                return .init(
                    words(&random),
                    isFew ? nil : value,
                    shown: isFew ? "too few to say" : NumberForm.count.text(value) + " of all",
                    interval: random.below(2) == 0
                        ? nil : .init(lower: value - number(size), upper: value + number(size))
                )
            }
            return BarChart(
                title: words(&random),
                says: words(&random),
                rowHeading: "Group",
                valueHeading: "Cases",
                bars: bars,
                reference: random.below(2) == 0 ? nil : (number(size), words(&random))
            )
        case 2:
            let points = (0..<(count * 3)).map { _ in words(&random) }
            let lines = (0..<(1 + random.below(4))).map { _ in
                LineChart.Line(
                    words(&random),
                    points.map { _ in random.below(7) == 0 ? nil : number(size) }
                )
            }
            let ranges = points.map { _ -> ClosedRange<Double>? in
                let low = number(size)
                return random.below(3) == 0 ? low...(low + number(size)) : nil
            }
            return LineChart(
                title: words(&random),
                says: words(&random),
                pointHeading: "Month",
                points: points,
                lines: lines,
                range: random.below(2) == 0 ? nil : .init(words(&random), ranges)
            )
        case 3:
            let points = (0..<(1 + random.below(60))).map { RunChart.Point("P\($0)", number(size)) }
            let rebase = RunChart.Rebase(from: "P\(random.below(60))", reason: words(&random))
            return RunPicture(
                title: words(&random),
                chart: RunChart(
                    points,
                    .init(
                        better: RunChart.Better.allCases[random.below(3)],
                        target: random.below(2) == 0 ? nil : number(size),
                        rebases: [rebase].compactMap { $0 }
                    )
                ),
                valueHeading: words(&random)
            )
        default:
            let assumptions = (0..<count).map { _ in
                Tornado.Assumption(
                    words(&random),
                    low: words(&random),
                    high: words(&random),
                    atLow: number(size),
                    atHigh: number(size)
                )
            }
            return Tornado(
                title: words(&random),
                base: number(size),
                resultHeading: words(&random),
                assumptions: assumptions,
                form: .pounds
            )
        }
    }

    /// Some words, now and then one that is wider than a narrow chart.
    private static func words(_ random: inout RandomGenerator) -> String {
        let count = 1 + random.below(random.below(4) == 0 ? 14 : 4)
        return (0..<count).map { _ in
            let length = random.below(30) == 0 ? 60 : 1 + random.below(11)
            return String((0..<length).map { _ in "abcdeimnotW<&é業 "[random.below(16)] })
        }
        .joined(separator: " ").trimmed
    }
}

extension String {
    fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }

    fileprivate var trimmed: String {
        let kept = split(separator: " ").joined(separator: " ")
        return kept.isEmpty ? "x" : kept
    }
}
