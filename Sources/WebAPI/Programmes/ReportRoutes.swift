import Application
import Kernel
import Measures
import Programmes
import Web

/// A programme's report, taking it away, releasing it, and the register of what left.
enum ReportRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/reports",
            "listReports",
            "The programmes that describe a report",
            tag: "Reports",
            .action(.report),
            answer: .object(
                .must(
                    "items",
                    .list(.object(.must("programme", .word), .must("name", .word)))
                )
            )
        ) { try await list($0) },
        .get(
            "/api/v1/reports/:programme",
            "readReport",
            "A programme's report; what its readers may not see is kept back",
            tag: "Reports",
            .action(.report),
            questions,
            answer: ReportSchema.table
        ) { call in
            let table = try await call.goodwork.report(question(call), by: call.actor)
            return try call.json(ReportSchema.object(table.json))
        }
        .mayAnswer(409, 422),
        .post(
            "/api/v1/reports/:programme/export",
            "exportReport",
            "Take a report away as a file; the purpose stands in the access log for good",
            tag: "Reports",
            .action(.exportReport),
            body: asking(.must("format", .choice(ExportFormat.self))),
            answer: FileJSON.schema
        ) { try await export($0) },
        .post(
            "/api/v1/reports/:programme/release",
            "releaseReport",
            "Let a report out, to the board or to everyone, and enter it in the register",
            tag: "Reports",
            .action(.releaseReport),
            body: asking(.may("audience", .choice(["board", "published"]))),
            status: 201,
            says: "It is released, and stands in the register.",
            answer: ReportSchema.table
        ) { call in
            let table = try await call.goodwork.release(
                question(call),
                purpose: call.body["purpose"]?.string ?? "",
                by: call.actor
            )
            return try call.json(ReportSchema.object(table.json), status: 201)
        },
        .get(
            "/api/v1/releases",
            "listReleases",
            "The register of what was let out, the latest first",
            tag: "Reports",
            .action(.listReleases),
            APIRoute.Parameter.pages,
            answer: .page(ReportSchema.release)
        ) { call in
            let all = try await call.goodwork.releases(limit: 10_000, by: call.actor)
            let page = Page(all, call) { "\($0.programme) \($0.at.milliseconds) \($0.by)" }
            return call.json(page.object(ReportSchema.object))
        },
    ]

    private static let groupings = Schema.choice(Grouping.self)
    private static let questions = [
        APIRoute.Parameter("as_at", .date.saying("The day described.")),
        APIRoute.Parameter("known_at", .moment.saying("Use only what had been told by then.")),
        APIRoute.Parameter("by", groupings),
        APIRoute.Parameter("audience", .choice(Audience.self)),
    ]

    private static func asking(_ member: Schema.Member) -> Schema {
        .object(
            member,
            .must("purpose", .text(1...200, "What it is for. Name nobody in it.")),
            .may("as_at", .date),
            .may("by", groupings)
        )
    }

    /// The report that is asked about, in the query or in the body.
    private static func question(_ call: Call) -> ReportQuestion {
        func said(_ name: String) -> String? { call.query(name) ?? call.body[name]?.string }
        return ReportQuestion(
            programme: call.part("programme"),
            asAt: said("as_at").flatMap { CivilDate(iso: $0) },
            knownAt: said("known_at").flatMap { Instant(iso: $0) },
            grouping: said("by").flatMap(Grouping.init),
            audience: said("audience").flatMap(Audience.init)
        )
    }

    private static func list(_ call: Call) async throws -> Response {
        let goodwork = call.goodwork
        var items: [JSONObject] = []
        for id in goodwork.library.ids() {
            let programme = try await goodwork.reportProgramme(id)
            guard programme.report != nil else { continue }
            var object = JSONObject()
            object.put("programme", programme.id)
            object.put("name", programme.name)
            items.append(object)
        }
        var object = JSONObject()
        object.put("items", items)
        return call.json(object)
    }

    private static func export(_ call: Call) async throws -> Response {
        let format = call.body["format"]?.string.flatMap(ExportFormat.init) ?? .csv
        let file = try await call.goodwork.exportReport(
            question(call),
            as: format,
            purpose: call.body["purpose"]?.string ?? "",
            by: call.actor
        )
        return call.json(FileJSON.object(file.name, type: file.format.mediaType, file.bytes))
    }
}
