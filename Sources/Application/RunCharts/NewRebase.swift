import Kernel
import Measures
import Programmes

/// What somebody says of a run chart, as they wrote it.
package struct NewRebase: Sendable, Hashable {
    /// `referrals` or `starts`.
    package var chart: String
    /// `2025-04`.
    package var month: String
    package var reason: String

    package init(chart: String, month: String, reason: String) {
        self.chart = chart
        self.month = month
        self.reason = reason
    }
}

extension NewRebase {
    /// A longer reason would not stand on a chart.
    package static let reasonMax = 200

    /// The reason as it is kept.
    func checkedReason() throws -> String {
        let reason = self.reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !reason.isEmpty else {
            throw ServiceError(
                .refused,
                code: "missing-value",
                "Say why limits are reckoned anew: what changed?",
                field: "reason"
            )
        }
        guard reason.count <= Self.reasonMax else {
            throw ServiceError(
                .refused,
                code: "too-long",
                "Say it in \(Self.reasonMax) characters: it stands on the chart.",
                field: "reason"
            )
        }
        return reason
    }

    /// The chart and the month that are meant.
    func place(in dashboard: Dashboard) throws -> (MonthlyChart, CivilMonth) {
        guard let kind = MonthlyChart(rawValue: chart) else {
            let known = MonthlyChart.allCases.map(\.rawValue)
            let near = nearestSpelling(to: chart, in: known).map { " Did you mean \($0)?" }
            throw ServiceError(
                .refused,
                code: "unknown-chart",
                "There is no such chart: \(known.joined(separator: ", ")).\(near ?? "")",
                field: "chart"
            )
        }
        guard !month.isEmpty else {
            throw ServiceError(
                .refused,
                code: "missing-value",
                "Say from which month.",
                field: "month"
            )
        }
        let run = dashboard.runs.first { $0.kind == kind }
        let months = run?.months ?? []
        guard let first = months.first, let last = months.last, months.count > 1 else {
            throw ServiceError(
                .refused,
                code: "unknown-month",
                "This chart has too few months.",
                field: "month"
            )
        }
        guard let month = CivilMonth(iso: self.month), months.contains(month) else {
            throw ServiceError(
                .refused,
                code: "unknown-month",
                "The chart has no such month. It has \(first.uk) to \(last.uk).",
                field: "month"
            )
        }
        guard month != first else {
            throw ServiceError(
                .refused,
                code: "unknown-month",
                "The chart begins in \(first.uk), so its limits begin there already.",
                field: "month"
            )
        }
        return (kind, month)
    }
}
