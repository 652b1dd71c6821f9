/// What a dashboard shows month by month, as a run chart.
package enum MonthlyChart: String, Sendable, CaseIterable {
    case referrals
    case starts

    /// What counts a case in its month.
    package var milestone: Milestone {
        switch self {
        case .referrals: .referred
        case .starts: .started
        }
    }

    package var title: String {
        switch self {
        case .referrals: "Referrals a month"
        case .starts: "Starts a month"
        }
    }
}

/// What is hoped of a run chart of a dashboard, in all or for one strand, provider or locality.
package struct RunChartRule: Sendable, Hashable {
    /// Which way is better.
    package enum Better: String, Sendable, CaseIterable {
        case up
        case down
        case neither
    }

    package var chart: MonthlyChart
    /// Nil for all strands; the same holds for the other two.
    package var strand: String?
    package var provider: String?
    package var locality: String?
    /// How many cases are hoped for in each month.
    package var target: Int?
    /// Nil is as the whole programme's chart has it, or up.
    package var better: Better?

    /// Whether another is about the same chart of the same part.
    func isAboutSame(as other: RunChartRule) -> Bool {
        chart == other.chart && strand == other.strand && provider == other.provider
            && locality == other.locality
    }
}
