import Application
import Casework
import Kernel
import Store
import Web

extension Site {
    package static let sessionCookie = "gw_session"
    /// Names a browser that is not signed in, so that its forms can be told from others'.
    package static let visitCookie = "gw_visit"
    package static let draftCookie = "gw_draft"

    /// Answers a request; whatever goes wrong becomes a page.
    package func answer(_ request: Request) async -> Response {
        let now = goodwork.now()
        var fresh: String?
        let token = request.cookie(Self.sessionCookie)
        let browser =
            request.cookie(Self.visitCookie)
            ?? {
                let made = Tokens.make()
                fresh = made
                return made
            }()
        var visit = Visit(
            site: self,
            request: request,
            csrf: goodwork.csrf(of: token ?? browser),
            names: Names(),
            phrases: Phrases(),
            now: now
        )
        var response: Response
        do {
            response = try await serve(&visit, token)
        } catch {
            response = errorPage(error, visit)
        }
        if !visit.phrases.locale.isEnglish { EnglishMarks.settle(&response) }
        // What everybody may keep must not carry one visitor's cookie.
        if let fresh, response["Cache-Control"] == nil {
            response.setCookie(Self.visitCookie, fresh, isSecure: settings.isSecure)
        }
        protect(&response)
        return response
    }

    private func serve(_ visit: inout Visit, _ token: String?) async throws -> Response {
        // Before all that can go wrong, so that errors too are told in the visitor's language.
        visit.phrases = try await phrases(for: visit.request)
        let route: PageRoute
        switch table.find(visit.request.method, visit.request.path) {
        case .nothing: throw ServiceError(.notFound, "There is no such page.")
        case .methods(let methods):
            return Response(
                status: 405,
                headers: [("Allow", methods.allowed)]
            )
        case .entry(let entry, let parameters):
            route = entry
            visit.request.parameters = parameters
        }
        if let limiter, let form = route.counted,
            let seconds = limiter.take(form, from: visit.request.remote, at: visit.now)
        {
            throw TooManyRequests(seconds: seconds)
        }
        let state = try await token.asyncMap(session) ?? .none
        if case .signedIn(let visitor) = state { visit.visitor = visitor }
        if route.isInEnglish, visit.isOfStaff { visit.phrases = Phrases() }
        visit.names = try await names()
        if visit.request.method != .get, !route.isOpen,
            !visit.isOwn(visit.request.form.raw("_csrf") ?? "")
        {
            return try await answerOldForm(of: route, &visit, state)
        }
        if route.guard != .anyone, visit.visitor == nil {
            return try await askToSignIn(visit, state)
        }
        if visit.request.method == .get { try await takeDraft(&visit) }
        try await open(route, &visit)
        return try await route.handle(visit)
    }

    /// Asks whether the visitor may, and opens the case that the path names.
    func open(_ route: PageRoute, _ visit: inout Visit) async throws {
        switch route.guard {
        case .anyone, .signedIn: return
        case .action(let action):
            guard visit.may(action) else {
                throw ServiceError(.forbidden, "This page is not part of your role.")
            }
        case .onCase(let action):
            guard let id = CaseID(visit.part("case")) else {
                throw ServiceError(.notFound, "There is no such case.")
            }
            let file = try await goodwork.file(id, for: action, by: visit.actor)
            visit.opened = file
            if file.relations.isGlassBroken {
                visit.glassEnds = try await goodwork.glassEnds(on: id, by: visit.actor)
            }
        }
    }

    /// Headers of every answer: nothing is kept, framed, sniffed or loaded from elsewhere.
    private func protect(_ response: inout Response) {
        let isAsset = response["Cache-Control"] != nil
        // A document of its own, such as a board's paper, brings a policy that allows less.
        if response["Content-Security-Policy"] == nil {
            response.headers.append(
                (
                    "Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
                        + "font-src 'self'; connect-src 'self'; form-action 'self'; "
                        + "base-uri 'none'; frame-ancestors 'none'"
                )
            )
        }
        response.headers += [
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]
        if !isAsset { response.headers.append(("Cache-Control", "no-store")) }
        if settings.isSecure {
            response.headers.append(
                ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
            )
        }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<R>(
        _ body: @Sendable (Wrapped) async throws -> R
    ) async throws -> R? {
        guard let self else { return nil }
        return try await body(self)
    }
}
