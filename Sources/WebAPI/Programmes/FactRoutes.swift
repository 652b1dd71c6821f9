import Application
import CostBenefit
import Kernel
import Measures
import Web

/// Facts to be counted elsewhere, and what a programme cost and what came of it.
enum FactRoutes {
    static let routes: [APIRoute] = [
        .post(
            "/api/v1/facts/:programme/export",
            "exportFacts",
            "Take a programme's facts away, a case a row, without identities",
            tag: "Facts",
            .action(.exportFacts),
            body: .object(
                .must("format", .choice(ExportFormat.self)),
                .must("purpose", .text(1...200, "Stands in the access log. Name nobody in it."))
            ),
            says: "The file; docs/facts.md describes its columns.",
            answer: FileJSON.schema
        ) { call in
            let format = call.body["format"]?.string.flatMap { ExportFormat(rawValue: $0) } ?? .csv
            let file = try await call.goodwork.exportFacts(
                call.part("programme"),
                as: format,
                purpose: call.body["purpose"]?.string ?? "",
                by: call.actor
            ).file
            return call.json(FileJSON.object(file.name, type: format.mediaType, file.bytes))
        },
        .post(
            "/api/v1/values/:programme",
            "readValue",
            "What a programme cost and what came of it in money, by the report's own counts",
            tag: "Reports",
            .action(.report),
            scope: ClientScope.read,
            body: .object(
                .may("as_at", .date),
                .may("audience", .choice(Audience.self)),
                .may(
                    "settings",
                    Schema.map(.text(1...40), max: 100)
                        .saying("Assumptions at other values than the file's.")
                )
            ),
            says: "docs/cost-benefit.md describes it.",
            answer: .named("Valuation", .map(.any))
        ) { call in
            let settings = (call.body["settings"]?.object?.members ?? []).map {
                (id: $0.key, text: $0.value.string ?? "")
            }
            let valuation = try await call.goodwork.value(
                ValueQuestion(
                    try known(call),
                    asAt: call.body["as_at"]?.string.flatMap { CivilDate(iso: $0) },
                    audience: call.body["audience"]?.string.flatMap { Audience(rawValue: $0) },
                    settings: settings
                ),
                by: call.actor
            )
            return try call.json(ReportSchema.object(valuation.json))
        },
    ]

    /// An appraisal by its id; a path of a file is for the command line only.
    private static func known(_ call: Call) throws -> String {
        let id = call.part("programme")
        if call.goodwork.costs.ids().contains(id) { return id }
        throw ServiceError(.notFound, "There is no appraisal of \(id.prefix(100)).")
    }
}
