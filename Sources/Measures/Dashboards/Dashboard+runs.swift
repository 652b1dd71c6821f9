import Kernel
import Programmes

/// From which month a chart's limits are reckoned anew, who said so and why.
package struct RunRebase: Sendable, Hashable {
    package var id: String
    package var chart: MonthlyChart
    package var month: CivilMonth
    package var reason: String
    package var saidOn: CivilDate
    /// The organisation that said so.
    package var saidFor: String
    /// The provider of whose cases alone the chart is; nil for all charts of the programme.
    package var provider: String?

    package init(
        id: String,
        chart: MonthlyChart,
        month: CivilMonth,
        reason: String,
        saidOn: CivilDate,
        saidFor: String,
        provider: String? = nil
    ) {
        self.id = id
        self.chart = chart
        self.month = month
        self.reason = reason
        self.saidOn = saidOn
        self.saidFor = saidFor
        self.provider = provider
    }

    /// Why and since when, to stand on a chart; nobody is named.
    package var says: String {
        var words = reason.drop(while: \.isWhitespace)
        while let last = words.last, last.isWhitespace || last == "." { words.removeLast() }
        return "\(words) (said on \(saidOn.uk))"
    }
}

extension Dashboard {
    /// A figure for each month, judged.
    package struct Run: Sendable {
        package let kind: MonthlyChart
        package let months: [CivilMonth]
        /// The figures of the months; the chart lacks those that are kept back.
        package let points: [Figure]
        package private(set) var chart = RunChart([])
        /// Those whose month is one of the chart's, in order.
        package private(set) var rebases: [RunRebase] = []

        package init(_ kind: MonthlyChart, months: [CivilMonth], points: [Figure]) {
            self.kind = kind
            self.months = months
            self.points = points
        }

        package var title: String { kind.title }

        /// The months from which limits could be reckoned anew: they begin at the first anyway.
        package var monthsToRebase: [CivilMonth] {
            months.dropFirst().filter { month in !rebases.contains { $0.month == month } }
        }

        /// Judges the months that are shown, so that limits give no other away.
        fileprivate mutating func judge(_ options: RunChart.Options, _ all: [RunRebase]) {
            rebases = all.filter { $0.chart == kind && months.contains($0.month) }
                .sorted { ($0.month, $0.saidOn, $0.id) < ($1.month, $1.saidOn, $1.id) }
            let shown = zip(months, points).filter { !$1.cell.isHidden }
            var reasons: [(month: CivilMonth, says: String)] = []
            for rebase in rebases {
                // A month that is kept back is no point: limits begin at the next that is shown.
                guard let month = shown.first(where: { $0.0 >= rebase.month })?.0 else { continue }
                if reasons.last?.month == month {
                    reasons[reasons.count - 1].says += "; \(rebase.says)"
                } else {
                    reasons.append((month, rebase.says))
                }
            }
            var options = options
            options.rebases = reasons.compactMap {
                RunChart.Rebase(from: $0.month.uk, reason: $0.says)
            }
            chart = RunChart(
                shown.map { RunChart.Point($0.0.uk, $0.1.cell.numerator?.double ?? 0) },
                options
            )
        }
    }

    /// Judges the run charts by what the programme hopes for, and from the months that were said.
    ///
    /// It reads nothing but the figures that are shown: it can be done again, and shows no more.
    package mutating func judgeRuns(by programme: Programme, rebases: [RunRebase] = []) {
        for place in panels.indices {
            guard case .runs(var runs) = panels[place].content else { continue }
            for run in runs.indices {
                let options = programme.options(of: runs[run].kind, question.part)
                runs[run].judge(options, rebases)
            }
            panels[place].content = .runs(runs)
        }
    }
}

extension Programme {
    /// What the file says of a run chart of a part.
    fileprivate func options(
        of chart: MonthlyChart,
        _ part: ProgrammePart
    ) -> RunChart.Options {
        func rule(_ part: ProgrammePart) -> RunChartRule? {
            runCharts.first {
                $0.chart == chart && $0.strand == part.strand && $0.provider == part.provider
                    && $0.locality == part.locality
            }
        }
        let own = rule(part)
        let better = own?.better ?? rule(ProgrammePart())?.better ?? .up
        return RunChart.Options(
            better: RunChart.Better(rawValue: better.rawValue) ?? .up,
            target: own?.target.map(Double.init)
        )
    }
}
