import Kernel

@testable import Measures

/// A statistic asked for, with our answer.
struct Question {
    var kind: String
    var numbers: [Double]
    var ours: [Double]

    /// The question as the Python program reads it.
    var line: String {
        kind + numbers.map { " \($0)" }.joined()
    }

    /// A question of a kind, at random.
    init(kind: String, random: inout RandomGenerator) {
        self.kind = kind
        switch kind {
        case "wilson":
            let n = 1 + random.below(random.below(2) == 0 ? 40 : 200_000)
            let count = random.below(n + 1)
            numbers = [count, n].map(Double.init)
            ours = Statistics.wilson(count, of: n).map(Self.ends) ?? []
        case "exact":
            let events = random.below(10)
            numbers = [Double(events)]
            ours = Statistics.count(events).map(Self.ends) ?? []
        case "byar":
            let events = 10 + random.below(random.below(2) == 0 ? 100 : 100_000)
            numbers = [Double(events)]
            ours = Statistics.count(events).map(Self.ends) ?? []
        case "shares":
            let (n, m) = (2 + random.below(5000), 2 + random.below(5000))
            // Table2x2 adds a half to every cell where one is empty; those are not asked about.
            let (count, other) = (1 + random.below(n - 1), 1 + random.below(m - 1))
            numbers = [count, n, other, m].map(Double.init)
            ours = Statistics.ratio(count, of: n, to: other, of: m).map(Self.figures) ?? []
        case "rates":
            let (events, other) = (1 + random.below(3000), 1 + random.below(3000))
            let (exposure, beside) = (1 + random.unit() * 1e5, 1 + random.unit() * 1e5)
            numbers = [Double(events), exposure, Double(other), beside]
            let ratio = Statistics.rateRatio(events, over: exposure, to: other, over: beside)
            ours = ratio.map(Self.figures) ?? []
        case "student":
            let degrees = 1 + random.below([5, 100, 1500, 1_000_000][random.below(4)])
            let tail = [0.025, 0.05, 0.005, 0.001, random.unit() / 2 + 1e-6][random.below(5)]
            numbers = [Double(degrees), min(tail, 0.5)]
            ours = Statistics.student(degrees, tail: min(tail, 0.5)).map { [$0] } ?? []
        case "mean":
            numbers = (0..<(2 + random.below(60))).map { _ in random.unit() * 100 - 30 }
            let found = Statistics.mean(of: numbers)
            ours = found.map { [$0.mean] + Self.ends($0.interval) } ?? []
        case "paired":
            var change = PairedChange()
            numbers = []
            for _ in 0..<(2 + random.below(300)) {
                let (first, last) = (random.below(28), random.below(28))
                numbers += [Double(first), Double(last)]
                change.add(last - first)
            }
            let mean = change.mean.map { [$0.double] } ?? []
            ours = mean + (change.interval.map(Self.ends) ?? [])
        default:
            let groups = (0..<(5 + random.below(20))).map { _ in
                Gradient.Group(
                    people: Double(1 + random.below(4000)),
                    value: 0.1 + random.unit() * 0.8
                )
            }
            numbers = groups.flatMap { [$0.people, $0.value] }
            ours = Gradient(groups).map(Self.figures) ?? []
        }
    }

    private static func ends(_ interval: Interval) -> [Double] { [interval.lower, interval.upper] }

    private static func figures(_ ratio: RateRatio) -> [Double] {
        [ratio.value] + ends(ratio.interval)
    }

    private static func figures(_ gradient: Gradient) -> [Double] {
        [gradient.slope, gradient.slopeError] + ends(gradient.slopeInterval)
            + [gradient.relative, gradient.relativeError] + ends(gradient.relativeInterval)
    }
}
