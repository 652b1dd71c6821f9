import Kernel
import Yams

/// What is hoped of the dashboards' run charts.
extension ProgrammeFile {
    static func runCharts(_ items: [Place], targets: [Target]) -> [RunChartRule] {
        var rules: [RunChartRule] = []
        for item in items {
            guard let rule = item.read("run-chart", { runChart($0, targets: targets) }) else {
                continue
            }
            if rules.contains(where: rule.isAboutSame) {
                item.fault("there is a run chart of the same already", expected: "each once")
            }
            rules.append(rule)
        }
        return rules
    }

    private static func runChart(
        _ reader: MappingReader,
        targets: [Target]
    ) -> RunChartRule? {
        let chart = reader.required("chart")?.word(as: MonthlyChart.self)
        let strand = reader.optional("strand")?.use(.strand)
        let provider = reader.optional("provider")?.use(.provider)
        let locality = reader.optional("locality")?.id()
        let wanted = reader.optional("target")
        let target = wanted?.monthly(targets)
        let way = reader.optional("better")
        let better = way?.word(as: RunChartRule.Better.self)
        if wanted == nil, way == nil {
            reader.place.fault("nothing is said of the chart", expected: "`target` or `better`")
        }
        guard let chart else { return nil }
        return RunChartRule(
            chart: chart,
            strand: strand,
            provider: provider,
            locality: locality,
            target: target,
            better: better
        )
    }
}

extension Place {
    /// A number for each month, or the name of one of the file's targets.
    fileprivate func monthly(_ targets: [Target]) -> Int? {
        guard let text = node.scalar?.string, text.first?.isLetter == true else {
            return whole(1...Place.large)
        }
        guard let name = use(.target) else { return nil }
        return targets.first { $0.id == name }?.value
    }
}
