import Application
import Kernel
import Web

extension API {
    /// The most bytes of a body; the server itself takes twice as many.
    static let bodyMax = 1_024 * 1_024

    /// Answers a request; whatever goes wrong becomes a problem.
    package func answer(_ request: Request) async -> Response {
        if Self.isFHIR(request.path) { return await answerFHIR(request) }
        if request.method == .options, Self.isOpen(request.path) {
            var response = Response(status: 204, headers: [("Access-Control-Max-Age", "86400")])
            letOthersRead(&response)
            return response
        }
        let now = goodwork.now()
        var call = Call(api: self, request: request, now: now)
        var response: Response
        do {
            response = try await serve(&call)
            if let mark = response["ETag"], request.method == .get, response.status == 200,
                Self.matches(request.headers["if-none-match"], mark)
            {
                response = Response(status: 304, headers: [("ETag", mark)])
            }
        } catch {
            response = problem(for: error, call).response
        }
        protect(&response)
        if Self.isOpen(request.path) { letOthersRead(&response) }
        return response
    }

    /// The service guide is public: pages of others may read it too.
    private static func isOpen(_ path: String) -> Bool {
        path == DirectoryRoutes.path || path.hasPrefix(DirectoryRoutes.path + "/")
    }

    /// Any page may read the answer (Fetch, 3.2.3); nothing here knows a browser by a cookie.
    private func letOthersRead(_ response: inout Response) {
        response.headers += [
            ("Access-Control-Allow-Origin", "*"),
            (
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, If-Match, If-None-Match"
            ),
            ("Access-Control-Allow-Methods", "GET, POST, PUT"),
            ("Access-Control-Expose-Headers", "ETag, Retry-After"),
        ]
    }

    private func serve(_ call: inout Call) async throws -> Response {
        let route: APIRoute
        switch table.find(call.request.method, call.request.path) {
        case .nothing:
            throw Problem(status: 404, code: "not-found", detail: "There is no such address.")
        case .methods(let methods):
            throw Problem.methods(methods)
        case .entry(let entry, let parameters):
            route = entry
            call.request.parameters = parameters
        }
        try checkAccept(call.request, route)
        if route.guard == .anyone {
            try count("anyone \(route.name)", call.request.remote, call.now)
        } else {
            call.caller = try await caller(call)
            try checkScope(call, route)
        }
        try checkQuery(call.request, route)
        try await open(route, &call)
        try readConditions(&call, route)
        if let schema = route.body { call.body = try body(call.request, schema) }
        return try await route.handle(call)
    }

    // MARK: - Who asks

    func caller(_ call: Call) async throws -> ClientCaller {
        let said = call.request.headers["authorization"] ?? ""
        let words = said.split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            try count("no token", call.request.remote, call.now)
            throw unauthorised("Send a token: Authorization: Bearer, and the token.", error: nil)
        }
        guard let caller = try await goodwork.caller(token: String(words[1])) else {
            try count("no token", call.request.remote, call.now)
            let says = "The token is not known, or has ended. Ask for another one."
            throw unauthorised(says, error: "invalid_token")
        }
        try count("client", caller.client.id, call.now)
        return caller
    }

    /// RFC 6750, 3: what to say to whoever has no token, or no good one.
    private func unauthorised(_ says: String, error: String?) -> Problem {
        var problem = Problem(status: 401, code: error ?? "no-token", detail: says)
        let parts = ["realm=\"\(settings.name)\""] + (error.map { ["error=\"\($0)\""] } ?? [])
        problem.headers = [("WWW-Authenticate", "Bearer " + parts.joined(separator: ", "))]
        return problem
    }

    private func checkScope(_ call: Call, _ route: APIRoute) throws {
        guard let scope = route.scope, let caller = call.caller, !caller.scopes.allows(scope)
        else { return }
        throw Problem.missing(scope: scope)
    }

    func count(_ what: String, _ who: String, _ now: Instant) throws {
        guard let seconds = limiter?.take(what, from: who, at: now) else { return }
        var problem = Problem(
            status: 429,
            code: "too-many-requests",
            detail: "That was a lot. Wait \(seconds) \(seconds == 1 ? "second" : "seconds")."
        )
        problem.headers = [("Retry-After", String(seconds))]
        throw problem
    }

    /// Asks whether the caller may, and opens the case that the path names.
    private func open(_ route: APIRoute, _ call: inout Call) async throws {
        switch route.guard {
        case .anyone: return
        case .action(let action):
            guard call.may(action) else {
                throw ServiceError(.forbidden, "This is not part of the client's role.")
            }
        case .onCase(let action):
            guard let id = CaseID(call.part("case")) else {
                throw ServiceError(.notFound, "There is no such case.")
            }
            call.opened = try await goodwork.file(id, for: action, by: call.actor)
        }
    }

    /// Nothing is kept, sniffed or shown in a frame.
    func protect(_ response: inout Response) {
        response.headers += [
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "no-referrer"),
        ]
        if response["Cache-Control"] == nil {
            response.headers.append(("Cache-Control", "no-store"))
        }
        if settings.isSecure {
            response.headers.append(
                ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
            )
        }
    }
}
