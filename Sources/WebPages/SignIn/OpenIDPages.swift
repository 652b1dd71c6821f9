import Application
import HTML
import Web

/// Sign-in by an OpenID Connect issuer, as whoever wires the site hands it in.
package struct OpenIDDoor: Sendable {
    /// Whom an issuer vouches for.
    package struct Identity: Sendable {
        package var issuer: String
        package var subject: String
        /// Only where the issuer says that it has verified it.
        package var verifiedEmail: String?

        package init(issuer: String, subject: String, verifiedEmail: String?) {
            self.issuer = issuer
            self.subject = subject
            self.verifiedEmail = verifiedEmail
        }
    }

    /// What the button says after "Sign in with".
    package var name: String
    /// The issuer's page, and what must be kept until the visitor comes back.
    package var begin: @Sendable () async throws -> (url: String, pending: String)
    package var finish: @Sendable ([String: String], String) async throws -> Identity

    package init(
        name: String,
        begin: @escaping @Sendable () async throws -> (url: String, pending: String),
        finish: @escaping @Sendable ([String: String], String) async throws -> Identity
    ) {
        self.name = name
        self.begin = begin
        self.finish = finish
    }
}

enum OpenIDPages {
    static let returnPath = "/sign-in/openid/return"
    static let routes: [PageRoute] = [
        .get("/sign-in/openid", .anyone, begin),
        .get(returnPath, .anyone, finish),
    ]

    private static let cookie = "gw_openid"
    private static let minutes = 15

    private static func begin(_ visit: Visit) async throws -> Response {
        var response = Response(status: 303)
        do {
            response.headers.append(("Location", try await way(visit, &response)))
        } catch let error as ServiceError where error.kind == .forbidden {
            return refused(visit, said(error, visit))
        }
        return response
    }

    /// What the person is told of a failure; what it was is reported.
    static func said(_ error: ServiceError, _ visit: Visit) -> String {
        if let context = error.context { visit.site.report(context) }
        return visit.phrases(error.message)
    }

    /// The way to the issuer; the answer's cookie knows the browser when it comes back.
    ///
    /// - Parameter account: of whoever is signed in, and wants to be vouched for.
    static func way(
        _ visit: Visit,
        connecting account: String? = nil,
        _ response: inout Response
    ) async throws -> String {
        guard let door = visit.site.openID else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        let (url, pending) = try await door.begin()
        let token = Tokens.make()
        let kept = Form(["pending": pending, "then": visit.then, "connect": account ?? ""])
        try await visit.goodwork.keepDraft(
            URLEncoding.encode(kept),
            of: nil,
            path: returnPath,
            token: token
        )
        response.setCookie(
            cookie,
            token,
            maxAgeSeconds: minutes * 60,
            isSecure: visit.site.settings.isSecure
        )
        return url
    }

    private static func finish(_ visit: Visit) async throws -> Response {
        guard let door = visit.site.openID, let token = visit.request.cookie(cookie),
            let text = try await visit.goodwork.takeDraft(token: token, of: nil, path: returnPath),
            let kept = URLEncoding.decode(text.utf8), let pending = kept["pending"]
        else {
            return refused(
                visit,
                visit.phrases("This sign-in is too old, or was begun in another browser.")
            )
        }
        var query: [String: String] = [:]
        for field in visit.request.query.fields {
            guard query.updateValue(field.value, forKey: field.name) == nil else {
                return refused(
                    visit,
                    visit.phrases("The answer of the sign-in service cannot be read.")
                )
            }
        }
        let identity: OpenIDDoor.Identity
        do {
            identity = try await door.finish(query, pending)
        } catch let error as ServiceError {
            return refused(visit, said(error, visit))
        }
        if let account = kept["connect"] {
            return try await ConnectPages.connect(visit, account, identity)
        }
        let answer = try await visit.goodwork.signInWith(
            issuer: identity.issuer,
            subject: identity.subject,
            verifiedEmail: identity.verifiedEmail
        )
        var visit = visit
        visit.request.query.set("then", kept["then"])
        return try await SignInPages.go(on: answer, visit) { [visit] _ in
            let say = visit.phrases
            let says = [
                say("No account here is connected to this sign-in."),
                say(
                    "If you have one, sign in with your password and connect it under Your account."
                ),
                say("If you have none, ask your administrator for one."),
            ]
            return refused(visit, says.joined(separator: " "))
        }
    }

    private static func refused(_ visit: Visit, _ says: String) -> Response {
        let say = visit.phrases
        var response = visit.page(say("You are not signed in")) {
            h1 { say("You are not signed in") }
            p { says }
            p { a(.href("/sign-in")) { say("Go back to sign in") } }
        }
        response.status = 403
        return response
    }
}
