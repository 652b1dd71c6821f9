import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Web
import WebPages

typealias RouteVisitor = AccessVisitor

/// A case with a part for everybody, and with something behind every part of a path.
struct RouteScene {
    let installation: TestInstallation
    let site: TestSite
    let header: CaseHeader

    init(_ installation: TestInstallation) async throws {
        self.installation = installation
        // An issuer that nobody comes back from.
        let door = OpenIDDoor(name: "an issuer") {
            ("https://issuer.example", "")
        } finish: { _, _ in
            throw ServiceError(.refused, "Nobody comes back.")
        }
        site = TestSite(installation, openID: door)
        header = try await AccessScene.makeCase(installation, 1)
    }

    func anotherCase() async throws -> CaseHeader {
        try await AccessScene.makeCase(installation, installation.count("cases") + 1)
    }

    /// Sends a route's request with every part of its path filled, and a form without answers.
    func send(_ route: PageRoute, as visitor: RouteVisitor, about header: CaseHeader) async
        -> Response
    {
        let browser = site.browser(visitor.actor(header.person))
        if visitor.role == nil { browser.set(Site.visitCookie, Tokens.make()) }
        let cookies = browser.cookies
        let cookie = cookies[Site.sessionCookie] ?? cookies[Site.visitCookie] ?? ""
        var form = Form()
        if route.method == .post { form.set("_csrf", installation.goodwork.csrf(of: cookie)) }
        return await browser.answer(route.method, path(route.pattern, header), form)
    }

    private func path(_ pattern: String, _ header: CaseHeader) -> String {
        let parts = pattern.split(separator: "/").map { part in
            part.hasPrefix(":")
                ? part == ":case" ? header.id.text : Self.parts[String(part)] ?? "unknown"
                : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    private static let parts = [
        ":appointment": "a1", ":risk": "r1", ":clock": "first-contact", ":instrument": "phq-9",
        ":goal": "g1", ":action": "t1",
    ]
}
