import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// Every way in × every role × every relation: a client is let as far as a person would be.
@Suite struct MatrixTests {
    @Test("Every route answers each role and relation as the tables of access say")
    func routes() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            var requests = 0
            for (visitor, client) in try await Self.clients(test) {
                for route in test.api.routes {
                    let before = try await installation.count("journal")
                    let answer = await client.send(Self.request(route, header, client))
                    requests += 1
                    let what: Comment =
                        "\(route.method.rawValue) \(route.pattern) by \(visitor.name)"
                    let expected = Self.expected(route, visitor)
                    #expect(Self.found(answer, route) == expected, "\(what): \(answer.status)")
                    #expect(answer.status < 500, what)
                    #expect(try await installation.count("journal") == before, what)
                }
            }
            #expect(requests > 100)
        }
    }

    @Test("Every kind of entry is told by those whose it is, and by nobody else")
    func entries() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let before = try await installation.count("journal")
            for (visitor, client) in try await Self.clients(test) {
                for kind in EventKind.allCases {
                    let answer = await client.post(
                        "/api/v1/cases/\(header.id.text)/entries",
                        "{\"entries\": [\(Self.example(kind))]}"
                    )
                    let what: Comment = "\(kind.rawValue) by \(visitor.name): \(answer.json.text)"
                    #expect(answer.status == Self.expected(kind, visitor), what)
                }
            }
            #expect(try await installation.count("journal") == before)
        }
    }

    // MARK: - What is expected

    enum Answer { case allowed, forbidden, absent, unknown }

    private static func expected(_ route: APIRoute, _ visitor: AccessVisitor) -> Answer {
        switch route.guard {
        case .anyone: return .allowed
        case _ where visitor.role == nil: return .unknown
        case .action(let action):
            let word = installationRows[action.rawValue]?[visitor.role?.rawValue ?? ""]
            return word == "yes" ? .allowed : .forbidden
        case .onCase(let action): return expected(action, visitor)
        }
    }

    static func expected(_ action: Action, _ visitor: AccessVisitor) -> Answer {
        let word = visitor.column.flatMap { caseRows[action.rawValue]?[$0] } ?? ""
        // The person of the scene has agreed to everything.
        if ["yes", "agreed", "agreed/reason", "shared"].contains(word) { return .allowed }
        if visitor.column != nil { return .forbidden }
        let outside = AccessTables.withoutPart[visitor.role?.rawValue ?? ""] ?? []
        return outside.contains(action) ? .forbidden : .absent
    }

    private static func found(_ answer: TestClient.Answer, _ route: APIRoute) -> Answer {
        switch answer.status {
        case 401: route.guard == .anyone ? .allowed : .unknown
        case 403: .forbidden
        case 404: route.pathParameters.allSatisfy { known[$0] != nil } ? .absent : .allowed
        default: .allowed
        }
    }

    /// What stands in a path and is there: the scene's case, and its appointment.
    private static let known = ["case": "", "appointment": "a1"]

    /// Whose each kind is, told a second time: what telling it is by the rules of access.
    private static let parties = """
        kind                           | told as
        referral.received              |
        eligibility.decided            |
        entry.voided                   |
        referral.answered              | answer-referral change-case
        referral.withdrawn             | answer-referral
        referral.cancellation-asked    | answer-referral
        referral.accepted              | manage-case
        referral.returned              | manage-case
        referral.rerouted              | manage-case
        coach.assigned                 | manage-case answer-transfer
        transfer.asked                 | manage-case
        transfer.accepted              | answer-transfer
        transfer.declined              | answer-transfer
        onward.moved                   | change-case answer-onward
        details.changed                | change-identity
        """

    private static func expected(_ kind: EventKind, _ visitor: AccessVisitor) -> Int {
        if visitor.role == nil { return 401 }
        switch expected(.readStatus, visitor) {
        case .absent, .unknown: return 404
        case .forbidden: return 403
        case .allowed: break
        }
        let told = partyRows[kind.rawValue].map { $0["told as"] } ?? "change-case"
        let actions = told.split(separator: " ").compactMap { Action(rawValue: String($0)) }
        // What nobody tells is not in the schema; the rest is refused only for its day.
        if actions.isEmpty { return 422 }
        return actions.contains { expected($0, visitor) == .allowed } ? 422 : 403
    }

    static let installationRows = rows(AccessTables.ofInstallation, "action")
    private static let caseRows = rows(AccessTables.ofCase, "action")
    private static let partyRows = rows(parties, "kind")

    private static func rows(_ table: String, _ name: String) -> [String: TextTable.Row] {
        Dictionary(TextTable(table).rows.map { ($0[name], $0) }) { first, _ in first }
    }

    // MARK: - What is sent

    /// A client for each visitor but residents, who have none.
    static func clients(
        _ test: TestAPI,
        scopes: String = "api/read api/write"
    ) async throws -> [(AccessVisitor, TestClient)] {
        var clients: [(AccessVisitor, TestClient)] = []
        for visitor in AccessVisitor.all where visitor.role != .resident {
            guard let role = visitor.role else {
                clients.append((visitor, .nobody(test)))
                continue
            }
            let client = try await test.client(role, of: visitor.organisation, scopes: scopes)
            clients.append((visitor, client))
        }
        return clients
    }

    private static func request(
        _ route: APIRoute,
        _ header: CaseHeader,
        _ client: TestClient
    ) -> Request {
        let parts = route.pattern.split(separator: "/").map { part in
            part == ":case"
                ? header.id.text
                : part.hasPrefix(":") ? known[String(part.dropFirst())] ?? "unknown" : String(part)
        }
        var request = Request(route.method, "/" + parts.joined(separator: "/"))
        if let token = client.token { request.headers["authorization"] = "Bearer \(token)" }
        if route.body != nil {
            request.headers["content-type"] = "application/json"
            // Never what the schema says, so that nothing is done.
            request.body = Array("[]".utf8)
        }
        return request
    }

    /// An entry that has every field that it must, on a day that is still to come.
    private static func example(_ kind: EventKind) -> String {
        let route = API.everyRoute.first { $0.name == "tell" }
        var entry: JSONObject = [
            "type": .string(kind.rawValue), "on": .string("2030-01-01"),
        ]
        for (name, value) in route?.body?.needed(ofEntry: kind.rawValue) ?? [:] {
            if entry[name] == nil { entry[name] = value }
        }
        return JSONValue.object(entry).text
    }
}

extension Schema {
    /// The members that an entry of a type must have, each with a value that it can have.
    fileprivate func needed(ofEntry type: String) -> [String: JSONValue] {
        guard case .named(_, let command) = kind, case .object(let members) = command.kind,
            case .list(let entry, _)? = members.first(where: { $0.name == "entries" })?.schema.kind,
            case .named(_, let tagged) = entry.kind, case .tagged(_, let variants) = tagged.kind,
            let variant = variants.first(where: { $0.tag == type })
        else { return [:] }
        let needed = variant.members.filter(\.isRequired).map { ($0.name, $0.schema.example) }
        return Dictionary(needed) { first, _ in first }
    }

    private var example: JSONValue {
        switch kind {
        case .choice(let values): .string(values.first ?? "")
        case .whole(let range): .int(range.contains(1) ? 1 : range.lowerBound)
        case .text(.date): .string("2030-01-01")
        case .truth: .bool(true)
        case .list: .array([])
        case .map, .object: .object([:])
        default: .string("x")
        }
    }
}
