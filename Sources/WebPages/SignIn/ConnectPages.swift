import Application
import HTML
import Web

/// Where somebody lets an account that they have elsewhere sign them in here.
enum ConnectPages {
    static let path = "/account/openid"
    static let routes: [PageRoute] = [
        .get(path, .signedIn) { try await page($0, []) },
        .post(path, .signedIn, send),
    ]

    private static func page(_ visit: Visit, _ problems: [Problem]) async throws -> Response {
        guard let door = visit.site.openID else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        let isConnected = try await visit.goodwork.isConnected(visit.actor)
        let say = visit.phrases
        let name = ["name": door.name]
        return visit.page(
            say("Sign in with {name}", name),
            problems: problems,
            back: (say("Your account"), "/account")
        ) {
            h1 { say("Sign in with {name}", name) }
            p {
                isConnected
                    ? say("You can sign in here with {name}.", name)
                    : say(
                        "You can sign in here with {name} once you have shown that it is yours.",
                        name
                    )
            }
            visit.sentForm(to: path) {
                if isConnected { Fields.hidden("disconnect", "yes") }
                submit(
                    isConnected ? say("Disconnect it") : say("Connect it"),
                    isSecondary: isConnected
                )
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        if visit.request.form["disconnect"] == nil {
            return try await onward(visit)
        }
        try await visit.goodwork.disconnectOpenID(by: visit.actor)
        return .redirect(to: path)
    }

    /// The last page before the issuer's: a form of ours may not lead to another site by itself.
    private static func onward(_ visit: Visit) async throws -> Response {
        var cookies = Response(status: 200)
        let url: String
        do {
            url = try await OpenIDPages.way(visit, connecting: visit.actor.user, &cookies)
        } catch let error as ServiceError where error.kind == .forbidden {
            return try await page(visit, [Problem(nil, OpenIDPages.said(error, visit))])
        }
        let say = visit.phrases
        let name = ["name": visit.site.openID?.name ?? ""]
        var response = visit.page(
            say("Go on to {name}", name),
            back: (say("Your account"), "/account")
        ) {
            h1 { say("Go on to {name}", name) }
            p { say("Sign in there. You come back here by yourself.") }
            p {
                // The issuer's address, from the installation's own settings.
                HTML(
                    element: "a",
                    [Attribute("href", url), .class("nhsuk-button")],
                    HTML(say("Go on"))
                )
            }
        }
        response.headers += cookies.headers
        return response
    }

    /// Back from the issuer, still signed in as whoever left.
    static func connect(
        _ visit: Visit,
        _ account: String,
        _ identity: OpenIDDoor.Identity
    ) async throws -> Response {
        guard visit.visitor != nil, visit.actor.user == account else {
            return .redirect(to: "/sign-in")
        }
        let problems = try await visit.refusals {
            try await visit.goodwork.connect(
                issuer: identity.issuer,
                subject: identity.subject,
                by: visit.actor
            )
        }
        return problems.isEmpty ? .redirect(to: path) : try await page(visit, problems)
    }
}
