import Application
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// The interfaces of a test's installation, with clients that have proved who they are.
///
/// Every answer is held to what the route's document says of it.
struct TestAPI: Sendable {
    let installation: TestInstallation
    let api: API

    init(_ installation: TestInstallation, limit: RateLimit? = nil) {
        self.installation = installation
        var settings = APISettings()
        settings.limit = limit
        var goodwork = installation.goodwork
        goodwork.scopeProblem = ScopeSearch.problem
        api = API(goodwork: goodwork, settings: settings) { text in
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 2 else { return .failure(AssertionDoubt("This proves nothing.")) }
            let end = installation.clock.now.adding(milliseconds: 300_000)
            return .success(ProvedAssertion(client: words[0], name: words[1], endsAt: end))
        } report: { said in
            Issue.record("reported: \(said)")
        }
    }

    /// A client of an organisation, which is added where it is not there.
    func client(
        _ role: Role,
        of organisation: String,
        scopes: String = "api/read api/write"
    ) async throws -> TestClient {
        let goodwork = api.goodwork
        let known = try await goodwork.organisations().map(\.id)
        if !known.contains(organisation) {
            try await goodwork.addOrganisation(
                Organisation(id: organisation, name: organisation, kinds: [.provider]),
                by: installation.actor
            )
        }
        let client = try await goodwork.addClient(
            NewClient(
                name: "\(role.rawValue) of \(organisation)",
                organisation: organisation,
                roles: [role],
                purpose: "tests",
                scopes: scopes,
                keys: .uploaded(TestKeys.set)
            ),
            by: installation.actor
        )
        let token = try await goodwork.token(
            for: ProvedAssertion(
                client: client.id,
                name: "first",
                endsAt: installation.clock.now.adding(milliseconds: 300_000)
            ),
            asking: nil
        )
        return TestClient(test: self, client: client, token: token.text)
    }
}

/// A program that asks.
struct TestClient: Sendable {
    let test: TestAPI
    let client: Client?
    let token: String?

    static func nobody(_ test: TestAPI) -> TestClient {
        TestClient(test: test, client: nil, token: nil)
    }

    struct Answer: Sendable {
        var status: Int
        var response: Response
        var json: JSONValue

        subscript(_ key: String) -> JSONValue? { json[key] }
        var code: String? { json["code"]?.string }
        /// Where the faults are.
        var pointers: [String] {
            (json["faults"]?.array ?? []).compactMap {
                $0["pointer"]?.string ?? $0["parameter"]?.string
            }
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async -> Answer {
        await send(.get, path, headers: headers)
    }

    func post(
        _ path: String,
        _ json: String,
        headers: [String: String] = [:]
    ) async -> Answer {
        await send(.post, path, json, headers: headers)
    }

    func send(
        _ method: Request.Method,
        _ path: String,
        _ json: String? = nil,
        headers: [String: String] = [:]
    ) async -> Answer {
        let halves = path.split(separator: "?", maxSplits: 1)
        var request = Request(method, String(halves[0]))
        if halves.count == 2 { request.query = URLEncoding.decode(halves[1].utf8) ?? Form() }
        request.headers = headers
        if let token { request.headers["authorization"] = "Bearer \(token)" }
        if let json {
            request.body = Array(json.utf8)
            request.headers["content-type"] = headers["content-type"] ?? "application/json"
        }
        return await send(request)
    }

    func send(_ request: Request) async -> Answer {
        let response = await test.api.answer(request)
        let json = (try? JSONValue(parsing: response.body)) ?? .null
        let answer = Answer(status: response.status, response: response, json: json)
        if !request.path.hasPrefix("/fhir/R4") { check(answer, request) }
        return answer
    }

    /// Holds an answer to the document.
    private func check(_ answer: Answer, _ request: Request) {
        let what: Comment = "\(request.method.rawValue) \(request.path): \(answer.status)"
        guard let route = route(request) else {
            #expect([404, 405].contains(answer.status), what)
            return
        }
        let documented = OpenAPIDocument.answers(of: route)
        guard let schema = documented[answer.status] else {
            #expect(answer.status == 304 && route.method == .get, "\(what) is not documented")
            return
        }
        if let schema {
            let type = answer.response["Content-Type"] ?? ""
            let body =
                type.hasPrefix("text/")
                ? .string(String(decoding: answer.response.body, as: UTF8.self)) : answer.json
            let faults = schema.faults(in: body).map(\.description)
            #expect(faults.isEmpty, "\(what): \(faults.prefix(5))")
        } else {
            #expect(answer.response.body.isEmpty, what)
        }
    }

    private func route(_ request: Request) -> APIRoute? {
        let parts = request.path.split(separator: "/").map(String.init)
        let all = test.api.routes.filter { route in
            let pattern = route.pattern.split(separator: "/").map(String.init)
            return route.method == request.method && pattern.count == parts.count
                && zip(pattern, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }
        return all.min { $0.pathParameters.count < $1.pathParameters.count }
    }
}

/// Public keys that a client may have.
enum TestKeys {
    static let point = String(repeating: "A", count: 64)
    static let set =
        #"{"keys":[{"kty":"EC","crv":"P-384","kid":"one","x":"\#(point)","y":"\#(point)"}]}"#
}
