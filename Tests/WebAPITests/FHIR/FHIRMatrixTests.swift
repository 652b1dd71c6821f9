import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// Every way in by FHIR × every role × every relation: a client is let as far as a person would be.
@Suite struct FHIRMatrixTests {
    private typealias Answer = MatrixTests.Answer

    /// The types that have a resource with the id of their case.
    private static let whole = ["ServiceRequest", "Task", "Condition", "EpisodeOfCare", "CarePlan"]

    @Test("Every route of FHIR answers each role and relation as the tables of access say")
    func routes() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let clients = try await MatrixTests.clients(test, scopes: "system/*.cruds")
            let before = try await installation.count("journal")
            var requests = 0
            for (visitor, client) in clients {
                for route in API.everyFHIRRoute {
                    let answer = await client.send(Self.request(route, header, client))
                    requests += 1
                    let what: Comment = """
                        \(route.method.rawValue) \(route.pattern) by \(visitor.name): \
                        \(answer.status) \(answer.json.text.prefix(300))
                        """
                    let expected = Self.expected(route, visitor)
                    let found = Self.found(answer, route)
                    // What a case does not have is not there for those who may open it either.
                    let isMissing = Self.isMissing(route) && found == .absent
                    #expect(found == expected || isMissing && expected == .allowed, what)
                    #expect(answer.status < 500, what)
                    #expect(throws: Never.self, what) { try answer.fhir() }
                }
            }
            #expect(requests > 1_000)
            #expect(try await installation.count("journal") == before)
        }
    }

    @Test("A token without the scope of a route is refused, whoever has it")
    func scopes() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let roles = try await MatrixTests.clients(test, scopes: "system/Basic.cruds")
            for (visitor, client) in roles where visitor.role != nil {
                for route in API.everyFHIRRoute where !route.scopes.isEmpty {
                    let answer = await client.send(Self.request(route, header, client))
                    let challenge = answer.response["WWW-Authenticate"] ?? ""
                    let what: Comment = "\(route.method.rawValue) \(route.pattern)"
                    #expect(answer.status == 403, what)
                    #expect(challenge.contains("insufficient_scope"), what)
                }
            }
        }
    }

    // MARK: - What is expected

    private static func expected(_ route: FHIRRoute, _ visitor: AccessVisitor) -> Answer {
        switch route.guard {
        case .anyone: return .allowed
        case _ where visitor.role == nil: return .unknown
        case .client: return .allowed
        case .action(let actions):
            let words = actions.map { action in
                MatrixTests.installationRows[action.rawValue]?[visitor.role?.rawValue ?? ""]
            }
            return words.contains("yes") ? .allowed : .forbidden
        case .onCase(let action): return MatrixTests.expected(action, visitor)
        }
    }

    private static func found(_ answer: TestClient.Answer, _ route: FHIRRoute) -> Answer {
        let isNotFound = answer.issues.contains { $0.hasPrefix("not-found ") }
        switch answer.status {
        case 401: return .unknown
        case 403: return .forbidden
        case 404, 422:
            guard case .onCase = route.guard, isNotFound else { return .allowed }
            return .absent
        default: return .allowed
        }
    }

    /// Whether the request asks for something that the case has not.
    private static func isMissing(_ route: FHIRRoute) -> Bool {
        route.pattern.contains(":id") && route.type != "Patient"
            && !whole.contains(route.type ?? "")
    }

    // MARK: - What is sent

    /// What the rules refuse of those who may send it.
    private static let bodies = [
        "Appointment": #""basedOn":[R],"status":"cancelled","participant":[{"status":"accepted"}]"#,
        "CarePlan":
            #""addresses":[{"reference":"Condition/C"}],"status":"active","intent":"plan","subject":{"display":"x"}"#,
        "Communication": #""basedOn":[R],"status":"completed""#,
        "Consent":
            #""patient":{"reference":"Patient/P"},"status":"draft","scope":{"text":"x"},"category":[{"text":"x"}]"#,
        "Goal":
            #""addresses":[R],"lifecycleStatus":"completed","description":{"text":"x"},"subject":{"display":"x"}"#,
        "Observation": #""basedOn":[R],"status":"final","code":{"text":"x"}"#,
        "Procedure": #""basedOn":[R],"status":"completed","subject":{"display":"x"}"#,
        "QuestionnaireResponse": #""basedOn":[R],"status":"completed""#,
        "ServiceRequest": #""status":"active","intent":"order","subject":{"display":"x"}"#,
        "Task": #""status":"in-progress","intent":"order""#,
        "Bundle": #""type":"batch""#,
    ]

    private static func request(
        _ route: FHIRRoute,
        _ header: CaseHeader,
        _ client: TestClient
    ) -> Request {
        let (id, person) = (header.id.text, header.person.text)
        let parts = route.path.split(separator: "/").map { part in
            switch part {
            case ":id": route.type == "Patient" ? person : id
            case ":version": "1"
            default: String(part)
            }
        }
        var request = Request(route.method, "/" + parts.joined(separator: "/"))
        if let token = client.token { request.headers["authorization"] = "Bearer \(token)" }
        let type = route.type ?? "Bundle"
        switch route.takes {
        case .none: break
        case .form: request.headers["content-type"] = "application/x-www-form-urlencoded"
        case .patch, .resource:
            request.headers["content-type"] = "application/fhir+json"
            let own = (bodies[type] ?? "")
                .replacing("[R]", with: #"[{"reference":"ServiceRequest/\#(id)"}]"#)
                .replacing("Condition/C", with: "Condition/\(id)")
                .replacing("Patient/P", with: "Patient/\(person)")
            let whole = #"{"resourceType":"\#(type)",\#(own)}"#
            request.body = Array((route.takes == .patch ? "{}" : whole).utf8)
        }
        return request
    }
}
