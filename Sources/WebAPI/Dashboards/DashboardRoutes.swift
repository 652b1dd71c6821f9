import Application
import Kernel
import Measures
import Web

/// Dashboards, the cases behind their figures, and plans beside what came about.
enum DashboardRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/dashboards/:programme",
            "readDashboard",
            "A programme's dashboard: a manager's own cases, or the whole with small counts kept back",
            tag: "Dashboards",
            .action(.report),
            part,
            answer: DashboardJSON.schema
        ) { call in
            let found = try await call.goodwork.dashboard(question(call), by: call.actor)
            return call.json(try DashboardJSON.object(found.dashboard))
        }
        .mayAnswer(409, 422),
        .get(
            "/api/v1/dashboards/:programme/cases",
            "openFigure",
            "The cases behind a figure of a dashboard, without identities",
            tag: "Dashboards",
            .action(.openFigure),
            [
                APIRoute.Parameter("figure", .text(1...300, "The id of a figure.")),
                APIRoute.Parameter("of", .choice(CellPart.self)),
            ] + part,
            answer: opened
        ) { try await open($0) },
        .get(
            "/api/v1/trajectories/:programme",
            "readTrajectory",
            "What was planned for each month beside what came about, of one's own cases",
            tag: "Dashboards",
            // Nothing is kept back from it, so it is for those who may open figures.
            .action(.openFigure),
            part + [APIRoute.Parameter("by", .choice(Trajectory.By.self))],
            answer: .object(.must("items", .list(.map(.any))))
        ) { call in
            let asked = question(call)
            let trajectories = try await call.goodwork.trajectory(
                ReportQuestion(programme: asked.programme, asAt: asked.asAt),
                part: asked.part,
                by: call.query("by").flatMap { Trajectory.By(rawValue: $0) },
                for: call.actor
            )
            return call.json(["items": try JSONValue(parsing: trajectories.json)])
        }
        .mayAnswer(422),
    ]

    private static let part = [
        APIRoute.Parameter("strand", .word),
        APIRoute.Parameter("provider", .word),
        APIRoute.Parameter("locality", .word),
        APIRoute.Parameter("as_at", .date.saying("The day described.")),
    ]

    private static let opened = Schema.named(
        "OpenedFigure",
        .object(
            .must("total", .count),
            .must(
                "items",
                .list(
                    .object(
                        .must("id", .id),
                        .may("referred_on", .date),
                        .may("started_on", .date),
                        .may("discharged_on", .date),
                        .may("state", .word),
                        .may("strand", .word),
                        .may("provider", .text)
                    )
                ).saying("The first \(Goodwork.openedMax).")
            )
        )
    )

    private static func question(_ call: Call) -> DashboardQuestion {
        DashboardQuestion(
            programme: call.part("programme"),
            part: ProgrammePart(
                strand: call.query("strand"),
                provider: call.query("provider"),
                locality: call.query("locality")
            ),
            asAt: call.date("as_at")
        )
    }

    private static func open(_ call: Call) async throws -> Response {
        guard let figure = call.query("figure") else {
            throw Problem(
                status: 400,
                code: "bad-query",
                detail: "Say which figure.",
                parts: [Problem.Part(parameter: "figure", problem: "is missing")]
            )
        }
        let opened = try await call.goodwork.open(
            figure,
            call.query("of").flatMap { CellPart(rawValue: $0) } ?? .numerator,
            of: question(call),
            by: call.actor
        )
        var object = JSONObject()
        object.put("total", opened.total)
        object.put(
            "items",
            opened.cases.map { one in
                var object = JSONObject()
                object.put("id", one.id.text)
                object.put("referred_on", one.referredOn)
                object.put("started_on", one.startedOn)
                object.put("discharged_on", one.dischargedOn)
                object.put("state", one.state)
                object.put("strand", one.strand)
                object.put("provider", one.provider)
                return object
            }
        )
        return call.json(object)
    }
}
