import Kernel
import Measures
import Programmes

/// A dashboard's run chart as JSON: its months, what they say and what they are judged by.
extension DashboardJSON {
    static let run = Schema.named(
        "RunChart",
        .object(
            .must("id", .choice(MonthlyChart.self)),
            .must("title", .text),
            .must("verdict", .text),
            .must("variation", .choice(RunJudgement.self)),
            .may("assurance", .choice(RunAssurance.self)),
            .must("better", .choice(RunChart.Better.self)),
            .may("target", .number.saying("For each month.")),
            .must(
                "parts",
                .list(
                    .object(
                        .must("from", .text),
                        .must("to", .text),
                        .may("reason", .text.saying("Why limits are reckoned anew from here.")),
                        .may("lower_limit", .number),
                        .may("mean", .number),
                        .may("upper_limit", .number)
                    )
                )
            ),
            .must(
                "signs",
                .list(
                    .object(
                        .must("point", .text),
                        .must("special_cause", .choice(SpecialCause.self)),
                        .must("judgement", .choice(RunJudgement.self))
                    )
                )
            ),
            .must("points", .list(figure))
        )
    )

    static func object(_ run: Dashboard.Run) -> JSONObject {
        let chart = run.chart
        var object = JSONObject()
        object.put("id", run.kind.rawValue)
        object.put("title", run.title)
        object.put("verdict", chart.verdict)
        object.put("variation", chart.judgement.rawValue)
        object.put("assurance", chart.assurance?.rawValue)
        object.put("better", chart.options.better.rawValue)
        object["target"] = chart.options.target.map { .number($0) }
        object.put("parts", chart.parts.map { self.object($0, in: chart) })
        object.put(
            "signs",
            chart.marks.compactMap { mark -> JSONObject? in
                guard let cause = mark.cause else { return nil }
                var object = JSONObject()
                object.put("point", mark.point.label)
                object.put("special_cause", cause.rawValue)
                object.put("judgement", chart.judgement(mark).rawValue)
                return object
            }
        )
        object.put("points", run.points.map(Self.object))
        return object
    }

    private static func object(_ part: RunChart.Part, in chart: RunChart) -> JSONObject {
        var object = JSONObject()
        object.put("from", chart.marks[part.points.lowerBound].point.label)
        object.put("to", chart.marks[part.points.upperBound - 1].point.label)
        object.put("reason", part.reason)
        object["lower_limit"] = part.limits.map { .number($0.lower) }
        object["mean"] = part.limits.map { .number($0.mean) }
        object["upper_limit"] = part.limits.map { .number($0.upper) }
        return object
    }
}
