import Application
import Kernel
import Measures
import Programmes
import Store
import Web

/// From which months the limits of a dashboard's run charts are reckoned anew, and why.
enum RebaseRoutes {
    private static let path = "/api/v1/dashboards/:programme/rebases"

    static let routes: [APIRoute] = [
        .get(
            path,
            "listRebases",
            "From where limits of run charts are reckoned anew, withdrawn or not, in the order of saying",
            tag: "Dashboards",
            .action(.report),
            answer: .object(.must("items", .list(schema)))
        ) { call in
            let question = DashboardQuestion(programme: call.part("programme"))
            let all = try await call.goodwork.rebases(of: question, by: call.actor)
            var object = JSONObject()
            object.put("items", all.map(Self.object))
            return call.json(object)
        }
        .mayAnswer(409, 422),
        .post(
            path,
            "rebaseChart",
            "Reckon a run chart's limits anew from a month: a manager's own, or the programme's",
            tag: "Dashboards",
            .action(.rebaseChart),
            body: .object(
                .must("chart", .choice(MonthlyChart.self)),
                .must("month", month),
                .must(
                    "reason",
                    .text(
                        1...NewRebase.reasonMax,
                        "What changed. It stands on the chart: name nobody in it."
                    )
                ),
                .may("as_at", .date.saying("The day of the chart that is meant."))
            ),
            status: 201,
            says: "It stands.",
            answer: schema
        ) { call in
            let new = NewRebase(
                chart: call.body["chart"]?.string ?? "",
                month: call.body["month"]?.string ?? "",
                reason: call.body["reason"]?.string ?? ""
            )
            let question = DashboardQuestion(
                programme: call.part("programme"),
                asAt: call.body["as_at"]?.string.flatMap { CivilDate(iso: $0) }
            )
            let said = try await call.goodwork.rebase(new, of: question, by: call.actor)
            return call.json(object(said), status: 201)
        },
        .post(
            "\(path)/:rebase/withdraw",
            "withdrawRebase",
            "Take back what was said of a run chart",
            tag: "Dashboards",
            .action(.rebaseChart),
            body: .object(),
            answer: schema
        ) { call in
            let withdrawn = try await call.goodwork.withdrawRebase(
                call.part("rebase"),
                of: call.part("programme"),
                by: call.actor
            )
            return call.json(object(withdrawn))
        },
    ]

    private static let month = Schema.text(7...7, "A month, YYYY-MM.")

    private static let schema = Schema.named(
        "Rebase",
        .object(
            .must("id", .word),
            .must("chart", .choice(MonthlyChart.self)),
            .must("month", month),
            .must("reason", .text),
            .must("said_on", .date),
            .must("organisation", .word.saying("For which it was said.")),
            .may("provider", .word.saying("Of whose own cases' charts; all where it is missing.")),
            .may("withdrawn_on", .date)
        )
    )

    private static func object(_ rebase: StoredRebase) -> JSONObject {
        var object = JSONObject()
        object.put("id", rebase.id)
        object.put("chart", rebase.chart)
        object.put("month", rebase.month.iso)
        object.put("reason", rebase.reason)
        object.put("said_on", rebase.saidAt.civilDateUK)
        object.put("organisation", rebase.organisation)
        object.put("provider", rebase.provider)
        object.put("withdrawn_on", rebase.withdrawnAt?.civilDateUK)
        return object
    }
}
