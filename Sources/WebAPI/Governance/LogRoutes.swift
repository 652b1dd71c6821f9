import Application
import Casework
import Kernel
import Store
import Web

/// The access log, breakings of the glass, and what need not be kept any longer.
enum LogRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/access-log",
            "searchAccessLog",
            "Who looked at, or did, what; the newest first",
            tag: "Governance",
            .action(.readAccessLog),
            [
                APIRoute.Parameter("account", .word),
                APIRoute.Parameter("organisation", .word),
                APIRoute.Parameter("case", .id),
                APIRoute.Parameter("action", .choice(Action.self)),
                APIRoute.Parameter("refused", .truth),
                APIRoute.Parameter("from", .date),
                APIRoute.Parameter("to", .date),
                APIRoute.Parameter("before", .whole(0...Int.max >> 11)),
                .limit,
            ],
            answer: page
        ) { try await search($0) }
        .mayAnswer(404),
        .get(
            "/api/v1/retention",
            "listRetention",
            "Whose records need not be kept any longer",
            tag: "Governance",
            .action(.listRetention),
            APIRoute.Parameter.pages,
            answer: .page(due)
        ) { call in
            let all = try await call.goodwork.retentionDue(by: call.actor)
            return call.json(Page(all, call) { $0.person.text }.object(Self.object))
        },
        .get(
            "/api/v1/glass",
            "listGlass",
            "Every breaking of the glass, the newest first",
            tag: "Governance",
            .action(.reviewGlass),
            APIRoute.Parameter.pages,
            answer: .page(glass)
        ) { call in
            let all = try await call.goodwork.brokenGlass(by: call.actor)
            return call.json(Page(all, call) { $0.glass.id }.object(Self.object))
        },
        .post(
            "/api/v1/glass/:glass/review",
            "reviewGlass",
            "Say whether the glass was broken with good reason",
            tag: "Governance",
            .action(.reviewGlass),
            body: .object(
                .must("verdict", .choice(BrokenGlass.Verdict.self)),
                .must("words", .text(1...2_000))
            ),
            status: 204,
            answer: nil
        ) { call in
            try await call.goodwork.review(
                glass: call.part("glass"),
                call.body["verdict"]?.string.flatMap(BrokenGlass.Verdict.init) ?? .notJustified,
                words: call.body["words"]?.string ?? "",
                by: call.actor
            )
            return .done
        },
    ]

    private static let entry = Schema.named(
        "AccessEntry",
        .object(
            .must("position", .count),
            .must("at", .moment),
            .must("actor", .text),
            .must("organisation", .text),
            .must("action", .text),
            .must("subject", .text),
            .may("reference", .word),
            .may("reason", .text(0...20_000)),
            .must("outcome", .text)
        )
    )
    private static let page = Schema.object(
        .must("items", .list(entry)),
        .may("next", .address)
    )
    private static let due = Schema.named(
        "RetentionDue",
        .object(
            .must("person", .id),
            .must("kept_until", .date),
            .must(
                "cases",
                .list(
                    .object(
                        .must("id", .id),
                        .must("reference", .word),
                        .must("closed_on", .date),
                        .must("kept_until", .date)
                    )
                )
            )
        )
    )
    private static let glass = Schema.named(
        "BrokenGlass",
        .object(
            .must("id", .word),
            .must("case", .id),
            .must("reference", .word),
            .must("programme", .word),
            .must("account", .text),
            .must("organisation", .text),
            .must("reason", .text(0...20_000)),
            .must("broken_at", .moment),
            .must("ends_at", .moment),
            .must("looks", .count),
            .may("verdict", .choice(BrokenGlass.Verdict.self))
        )
    )

    private static func search(_ call: Call) async throws -> Response {
        var question = LogQuestion()
        question.account = call.query("account")
        question.organisation = call.query("organisation")
        question.reference = call.query("case")
        question.action = call.query("action").flatMap(Action.init)
        question.isRefused = call.query("refused").map { $0 == "true" }
        question.from = call.date("from")
        question.to = call.date("to")
        let found = try await call.goodwork.searchLog(
            question,
            before: call.query("before").flatMap { Int64($0) },
            limit: call.query("limit").flatMap { Int($0) } ?? Page<Int>.usual,
            by: call.actor
        )
        var object = JSONObject()
        object.put(
            "items",
            found.entries.map { placed in
                var object = JSONObject()
                object.put("position", Int(placed.position))
                object.put("at", placed.entry.at)
                object.put("actor", placed.entry.actor)
                object.put("organisation", placed.entry.organisation)
                object.put("action", placed.entry.action)
                object.put("subject", placed.entry.subject)
                object.put("reference", found.references[placed.entry.subject])
                object.put("reason", placed.entry.reason?.text)
                object.put("outcome", placed.entry.outcome)
                return object
            }
        )
        if let older = found.older {
            var query = call.request.query
            query.set("before", String(older))
            object.put("next", call.request.path + "?" + URLEncoding.encode(query))
        }
        return call.json(object)
    }

    private static func object(_ due: RetentionDue) -> JSONObject {
        var object = JSONObject()
        object.put("person", due.person.text)
        object.put("kept_until", due.keptUntil)
        object.put(
            "cases",
            due.cases.map { closed in
                var object = JSONObject()
                object.put("id", closed.header.id.text)
                object.put("reference", closed.header.reference)
                object.put("closed_on", closed.closedOn)
                object.put("kept_until", closed.keptUntil)
                return object
            }
        )
        return object
    }

    private static func object(_ one: GlassCase) -> JSONObject {
        var object = JSONObject()
        object.put("id", one.glass.id)
        object.put("case", one.glass.caseID.text)
        object.put("reference", one.reference)
        object.put("programme", one.programme)
        object.put("account", one.glass.account)
        object.put("organisation", one.glass.organisation)
        object.put("reason", one.glass.reason)
        object.put("broken_at", one.glass.brokenAt)
        object.put("ends_at", one.glass.endsAt)
        object.put("looks", one.looks.count)
        object.put("verdict", one.glass.review?.verdict.rawValue)
        return object
    }
}
