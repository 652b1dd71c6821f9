/// A run of figures over time, judged by the rule set `plot-the-dots`.
///
/// An XmR chart as NHS England's *Making Data Count* draws it: the mean, limits at 2.66 mean moving
/// ranges from it, and the points that chance alone explains badly. `docs/spc.md` says it in words.
package struct RunChart: Sendable, Hashable {
    /// Fewer points than this have no limits, and nothing is said of them.
    package static let pointsMin = 13

    /// One figure and when it was.
    package struct Point: Sendable, Hashable {
        /// The day, month or number of the point, as it is shown.
        package var label: String
        package var value: Double

        package init(_ label: String, _ value: Double) {
            self.label = label
            self.value = value
        }
    }

    /// Which way is better.
    package enum Better: String, Sendable, CaseIterable {
        case up
        case down
        case neither
    }

    /// From which point limits are reckoned anew, and why that is right.
    package struct Rebase: Sendable, Hashable {
        package let label: String
        package let reason: String

        /// Nil without a reason: limits that move for no reason hide what the chart is for.
        package init?(from label: String, reason: String) {
            guard reason.contains(where: { !$0.isWhitespace }) else { return nil }
            self.label = label
            self.reason = reason
        }
    }

    /// What is asked of a chart.
    package struct Options: Sendable, Hashable {
        package var better: Better
        package var target: Double?
        package var rebases: [Rebase]
        /// Only so many points of each part make its limits; nil for all of them.
        package var baseline: Int?
        /// Whether moving ranges far beyond the others are left out of their mean.
        package var screens: Bool

        package init(
            better: Better = .neither,
            target: Double? = nil,
            rebases: [Rebase] = [],
            baseline: Int? = nil,
            screens: Bool = true
        ) {
            self.better = better
            self.target = target
            self.rebases = rebases
            self.baseline = baseline
            self.screens = screens
        }
    }

    /// Points that share one mean and its limits.
    package struct Part: Sendable, Hashable {
        /// The places of its points.
        package var points: Range<Int>
        /// Nil for fewer than 13 points.
        package var limits: RunLimits?
        /// Why it begins where it does; nil for the first.
        package var reason: String?
    }

    /// What is found at one point.
    package struct Mark: Sendable, Hashable {
        package var point: Point
        /// The part that the point lies in.
        package var part: Int
        /// What chance alone explains badly; nil for common cause.
        package var cause: SpecialCause?
    }

    package let options: Options
    package let parts: [Part]
    package let marks: [Mark]

    /// Judges some points, in order of time.
    ///
    /// Signals do not run across a rebase. A rebase from a point that is not there is passed over.
    package init(_ points: [Point], _ options: Options = Options()) {
        let reasons = Dictionary(options.rebases.map { ($0.label, $0.reason) }) { $1 }
        let starts = [0] + points.indices.filter { $0 > 0 && reasons[points[$0].label] != nil }
        var parts: [Part] = []
        var marks: [Mark] = []
        for (number, start) in starts.enumerated() where start < points.count {
            let range = start..<(number + 1 < starts.count ? starts[number + 1] : points.count)
            let values = points[range].map(\.value)
            let limits = RunLimits(
                Array(values.prefix(max(options.baseline ?? Int.max, RunChart.pointsMin))),
                screens: options.screens
            )
            parts.append(Part(points: range, limits: limits, reason: reasons[points[start].label]))
            let causes = limits.map { SpecialCause.find(in: values, $0) }
            for place in range {
                let cause = causes?[place - start]
                marks.append(Mark(point: points[place], part: number, cause: cause))
            }
        }
        self.options = options
        self.parts = parts
        self.marks = marks
    }

    /// The limits of the last part, which say what to expect next.
    package var limits: RunLimits? { parts.last?.limits }
}
