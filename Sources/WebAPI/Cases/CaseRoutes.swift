import Application
import Casework
import Kernel
import Store
import Web

/// Reading cases, and what is to be done on them.
enum CaseRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/cases",
            "listCases",
            "The cases that one's organisation, or this client, holds",
            tag: "Cases",
            .action(.listCases),
            [
                APIRoute.Parameter("whose", .choice(["organisation", "own"])),
                APIRoute.Parameter("state", .choice(CaseState.self)),
                APIRoute.Parameter("strand", .word),
                APIRoute.Parameter("overdue", .truth),
                APIRoute.Parameter("at_risk", .truth),
            ] + APIRoute.Parameter.pages,
            answer: .page(CaseRowJSON.schema)
        ) { try await list($0) },
        .post(
            "/api/v1/cases/search",
            "searchCases",
            "Find a case by name, NHS number or reference; what is searched stands in no address",
            tag: "Cases",
            .action(.listCases),
            scope: ClientScope.read,
            body: .object(
                .must("words", .text(1...200)),
                .may("whose", .choice(["organisation", "own"]))
            ),
            says: "The first 200, closed cases too.",
            answer: .object(
                .must("items", .list(CaseRowJSON.schema, max: Caseload.rowsMax)),
                .must("total", .count)
            )
        ) { try await search($0) },
        .get(
            "/api/v1/cases/:case",
            "readCase",
            "A case, as far as the client may see it",
            tag: "Cases",
            .onCase(.readCase),
            answer: CaseJSON.schema
        ) { call in
            let file = try call.file()
            return call.json(CaseJSON.object(file), version: file.version)
        },
        .get(
            "/api/v1/cases/:case/timeline",
            "readTimeline",
            "Every entry of a case, in the order in which things happened",
            tag: "Cases",
            .onCase(.readCase),
            APIRoute.Parameter.pages,
            answer: .page(TimelineJSON.schema)
        ) { call in
            let file = try call.file()
            let lines = file.lines.filter(file.shows)
            let page = Page(lines, call) { $0.event.id.text }
            return call.json(
                page.object { TimelineJSON.object($0, of: file) },
                version: file.version
            )
        },
        .get(
            "/api/v1/worklist",
            "readWorklist",
            "What is to be done on this client's own cases, the soonest first",
            tag: "Cases",
            .action(.listCases),
            [APIRoute.Parameter("until", .date.saying("The last day; a week ahead if blank."))]
                + APIRoute.Parameter.pages,
            answer: .page(WorkJSON.lineSchema)
        ) { call in
            let until = call.date("until") ?? call.today.adding(days: 7)
            let lines = try await call.goodwork.worklist(until: until, by: call.actor).lines
            let page = Page(lines, call) { WorkJSON.id($0.item, $0.listed.row) }
            return call.json(page.object(WorkJSON.object))
        },
    ]

    private static func filter(_ call: Call) -> CaseloadFilter {
        var filter = CaseloadFilter()
        filter.isOwn = call.query("whose") == "own"
        filter.state = call.query("state").flatMap(CaseState.init)
        filter.strand = call.query("strand")
        filter.isOverdue = call.query("overdue") == "true"
        filter.isAtRisk = call.query("at_risk") == "true"
        return filter
    }

    private static func list(_ call: Call) async throws -> Response {
        let filter = filter(call)
        let rows = try await call.goodwork.caseloadRows(filter, by: call.actor)
        let page = Page(rows, call) { $0.header.id.text }
        // Names are opened for the page that is shown alone.
        let named = try await call.goodwork.named(page.items, by: call.actor)
        let shown = Page(named, total: page.total, next: page.next)
        return call.json(shown.object(CaseRowJSON.object))
    }

    private static func search(_ call: Call) async throws -> Response {
        var filter = CaseloadFilter()
        filter.isOwn = call.body["whose"]?.string == "own"
        filter.words = call.body["words"]?.string
        let found = try await call.goodwork.caseload(filter, by: call.actor)
        var object = JSONObject()
        object.put("items", found.rows.map(CaseRowJSON.object))
        object.put("total", found.total)
        return call.json(object)
    }
}
