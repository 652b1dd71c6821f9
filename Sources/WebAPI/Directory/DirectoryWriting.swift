import Application
import Directory
import Kernel
import Programmes
import Web

/// Writing services, taking the whole guide in and out, and asking who can take a person.
enum DirectoryWriting {
    private static let path = DirectoryRoutes.path
    private static let tag = DirectoryRoutes.tag

    static let routes: [APIRoute] = [put, status, take, takeTables, export, table, match]

    private static let put: APIRoute = {
        var route = APIRoute(
            .put,
            path + "/services/:service",
            "putGuideService",
            "Write a service, whole; it is your organisation's",
            tag: tag,
            .action(.manageGuide),
            answers: [
                .init(status: 200, says: "It was changed.", schema: DirectorySchema.service),
                .init(status: 201, says: "It is new.", schema: DirectorySchema.service),
            ]
        ) { try await put($0) }
        route.body = Schema.any.saying("A service by HSDS-UK 3.0, with its organisation.")
        return route.changing(version: true, idempotent: false)
    }()

    private static let status = APIRoute.post(
        path + "/services/:service/status",
        "setGuideStatus",
        "Close a service, or open it again; none is ever taken out",
        tag: tag,
        .action(.manageGuide),
        body: .object(.must("status", .choice(GuideStatus.self))),
        answer: DirectorySchema.service
    ) { call in
        let id = call.part("service").lowercased()
        let said = call.body["status"]?.string.flatMap { GuideStatus(rawValue: $0) }
        try await call.goodwork.setGuideService(
            id,
            to: said ?? .inactive,
            version: call.version,
            by: call.actor
        )
        return try await shown(id, call)
    }
    .changing(version: true, idempotent: false)

    private static let take = APIRoute.post(
        path + "/import",
        "importGuide",
        "Take services in from Open Referral UK JSON: all of them, or none",
        tag: tag,
        .action(.manageGuide),
        body: Schema.any.saying(
            "A service, a list of services, a page of them, or an object with the lists services, "
                + "organizations, taxonomies and taxonomy_terms."
        ),
        answer: DirectorySchema.imported
    ) { call in
        let done = try await call.goodwork.importGuide(by: call.actor) { known in
            try GuideBatch(call.body, known: known)
        }
        return call.json(DirectorySchema.object(done))
    }

    private static let takeTables = APIRoute.post(
        path + "/import/tables",
        "importGuideTables",
        "Take services in from tables as CSV: all of them, or none",
        tag: tag,
        .action(.manageGuide),
        body: .object(
            .must(
                "tables",
                Schema.map(.text(0...1_000_000), max: 30)
                    .saying("The text of each file by its name: services.csv.")
            )
        ),
        answer: DirectorySchema.imported
    ) { call in
        let tables = (call.body["tables"]?.object?.members ?? []).map {
            (name: $0.key, text: $0.value.string ?? "")
        }
        let done = try await call.goodwork.importGuide(by: call.actor) { known in
            do throws(Faults) {
                return try GuideFile.read(tables: tables, known: known)
            } catch {
                throw Faults(faults: error.faults.map(\.inTable))
            }
        }
        return call.json(DirectorySchema.object(done))
    }

    private static let export = APIRoute.get(
        path + "/export",
        "exportGuide",
        "All that was written here, to be read in elsewhere",
        tag: tag,
        .anyone,
        answer: .any
    ) { call in
        let batch = try await call.goodwork.guideBatch()
        return DirectoryRoutes.open(call.json(GuideFile.json(batch)))
    }

    private static let table: APIRoute = {
        var route = APIRoute.get(
            path + "/tables/:table",
            "guideTable",
            "One table of that as CSV: services.csv",
            tag: tag,
            .anyone,
            answer: .text
        ) { call in
            let tables = GuideFile.tables(try await call.goodwork.guideBatch())
            guard let one = tables.first(where: { $0.name == call.part("table") }) else {
                let names = tables.map(\.name).joined(separator: ", ")
                throw Problem(
                    status: 404,
                    code: "not-found",
                    detail: names.isEmpty ? "There is no table yet." : "There are \(names)."
                )
            }
            return DirectoryRoutes.open(
                Response(
                    status: 200,
                    headers: [("Content-Type", "text/csv; charset=utf-8")],
                    body: Array(one.text.utf8)
                )
            )
        }
        route.answers[0].type = "text/csv"
        return route
    }()

    private static let match = APIRoute.post(
        path + "/match",
        "matchGuide",
        "Which services can take a person, why, and what is missing; nothing is kept",
        tag: tag,
        .anyone,
        body: ReferralBody.checkSchema,
        says: "Every service that takes people on the day, those that can take this one first.",
        answer: .object(.must("matches", .list(DirectorySchema.match)))
    ) { call in
        let body = ReferralBody(call.body, today: call.today)
        guard body.faults.isEmpty else {
            throw Problem.faults(body.faults, in: call.request.body)
        }
        let guide = try await call.goodwork.guide()
        let isAsked: (GuideService) -> Bool = { service in
            body.programme.map { $0 == service.programme } ?? true
        }
        let asked = guide.services.filter(isAsked)
        let faults = asked.isEmpty ? [] : body.faults(among: asked.flatMap(\.rules.asks))
        if !faults.isEmpty { throw Problem.faults(faults, in: call.request.body) }
        let matches = guide.matches(body.referral, on: body.on, among: isAsked)
        let address = DirectoryRoutes.address(call)
        var object = JSONObject()
        object.put("matches", matches.map { DirectorySchema.object($0, in: guide, address) })
        return call.json(object)
    }

    // MARK: - Writing one

    private static func put(_ call: Call) async throws -> Response {
        let id = call.part("service").lowercased()
        guard var object = call.body.object else {
            throw Problem.faults(
                [Fault(field: "", problem: "is no service", expected: "an object")],
                in: call.request.body
            )
        }
        if object["id"] == nil { object["id"] = .string(id) }
        guard object["id"]?.string?.lowercased() == id else {
            throw Problem.faults(
                [Fault(field: "/id", problem: "is another one's", expected: id)],
                in: call.request.body
            )
        }
        // What we put there ourselves is no address of the service's own.
        if object["url"]?.string == "\(DirectoryRoutes.address(call))/services/\(id)" {
            object["url"] = nil
        }
        // RFC 9110, 13.1.1 and 13.1.2: only one that is there, or only one that is not.
        let isThere = try await call.goodwork.guide().service(id) != nil
        let refused = call.request.headers[isThere ? "if-none-match" : "if-match"]
        if refused?.trimmed == "*" { throw Problem.changed }
        let service = JSONValue.object(object)
        let expecting = call.version.map { [id: $0] } ?? [:]
        let done = try await call.goodwork.importGuide(expecting: expecting, by: call.actor) {
            try GuideBatch(services: [service], known: $0)
        }
        return try await shown(id, call, status: done.added > 0 ? 201 : 200)
    }

    private static func shown(
        _ id: String,
        _ call: Call,
        status: Int = 200
    ) async throws -> Response {
        let guide = try await call.goodwork.guide()
        guard let service = guide.service(id) else {
            throw ServiceError(.notFound, "There is no such service.")
        }
        let object = guide.json(service, .full, address: DirectoryRoutes.address(call))
        return DirectoryRoutes.marked(call.json(object, status: status), version: service.version)
    }
}

extension GuideService {
    /// The programme whose strand, or onward service, it is.
    fileprivate var programme: String? {
        switch origin {
        case .stored: nil
        case .strand(let programme, _), .onward(let programme, _): programme
        }
    }
}

extension Fault {
    /// The same, where the file is a member of the body: its line and column are the file's own.
    fileprivate var inTable: Fault {
        var fault = self
        fault.field = "/tables" + (file.map { "/\($0)" } ?? "")
        if let field { fault.problem = "\(field): \(problem)" }
        return fault
    }
}
