import Application
import Foundation
import Synchronization
import Web
import WebPages

/// The pages of a test's installation, with visitors that the test signs in by name.
package struct TestSite: Sendable {
    package let installation: TestInstallation
    package var site: Site
    private let visitors: Visitors

    private final class Visitors: Sendable {
        let known = Mutex<[String: VisitorState]>([:])
        let errors = Mutex<[String]>([])
    }

    package init(
        _ installation: TestInstallation,
        routes: [PageRoute] = Site.everyRoute,
        names: Names = Names(),
        team: [String: [TeamMember]]? = nil,
        settings: SiteSettings = SiteSettings(),
        openID: OpenIDDoor? = nil
    ) {
        self.installation = installation
        let visitors = Visitors()
        self.visitors = visitors
        var site = Site(
            goodwork: installation.goodwork,
            settings: settings,
            routes: routes,
            session: { token in visitors.known.withLock { $0[token] ?? .none } },
            names: { names },
            team: team.map { team in { @Sendable actor in team[actor.organisation] ?? [] } },
            report: { said in visitors.errors.withLock { $0.append(said) } }
        )
        site.openID = openID
        self.site = site
    }

    /// What was reported to the operator: unforeseen errors.
    package var errors: [String] { visitors.errors.withLock { $0 } }

    /// A browser in which somebody has signed in; nobody when there is no actor.
    package func browser(_ actor: Actor? = nil, name: String = "Test Visitor") -> TestBrowser {
        let browser = TestBrowser(site: site)
        guard let actor else { return browser }
        let token = Tokens.make()
        let visitor = Visitor(actor: actor, name: name)
        visitors.known.withLock { $0[token] = .signedIn(visitor) }
        browser.set(Site.sessionCookie, token)
        return browser
    }

    /// Ends a browser's session, as time does.
    package func end(_ browser: TestBrowser) {
        guard let token = browser.cookies[Site.sessionCookie] else { return }
        visitors.known.withLock { known in
            if case .signedIn(let visitor) = known[token] {
                known[token] = .ended(account: visitor.actor.user)
            }
        }
    }

    /// Signs the same person in again.
    package func signInAgain(_ browser: TestBrowser, _ actor: Actor) {
        let fresh = self.browser(actor)
        browser.set(Site.sessionCookie, fresh.cookies[Site.sessionCookie] ?? "")
    }
}

/// A browser without scripts: it keeps cookies, follows redirects and sends a page's forms.
package final class TestBrowser: Sendable {
    private let site: Site
    /// The address that it asks from.
    private let remote: String
    private let jar = Mutex<[String: String]>([:])

    package init(site: Site, remote: String = "127.0.0.1") {
        self.site = site
        self.remote = remote
    }

    package var cookies: [String: String] { jar.withLock { $0 } }

    package func set(_ name: String, _ value: String) { jar.withLock { $0[name] = value } }

    /// A page as it came.
    package struct Page: Sendable {
        package var path: String
        package var status: Int
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        package var text: String { String(decoding: body, as: UTF8.self) }

        /// The words of the page, without markup, white space made single.
        package var words: String {
            var words = ""
            var isTag = false
            for character in text {
                if character == "<" { isTag = true }
                if !isTag { words.append(character) }
                if character == ">" {
                    isTag = false
                    words.append(" ")
                }
            }
            return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        /// The value of the first field of a name, as it stands in the page.
        package func value(_ name: String) -> String? {
            guard let field = text.range(of: "name=\"\(name)\""),
                let end = text[field.upperBound...].firstIndex(of: ">")
            else { return nil }
            let rest = text[field.upperBound..<end]
            guard let value = rest.range(of: "value=\"") else { return nil }
            return String(rest[value.upperBound...].prefix { $0 != "\"" })
        }
    }

    /// Asks for a page, and follows redirects.
    package func get(_ path: String) async -> Page {
        await send(.get, path, Form())
    }

    /// Sends a form that stands on a page: its hidden fields go along.
    package func post(_ path: String, _ fields: KeyValuePairs<String, String>) async -> Page {
        await submit(path, from: await get(path), fields)
    }

    /// Sends a form from a page that was opened before.
    ///
    /// - Parameter sender: whose page the browser says that it stands on; nil says nothing.
    package func submit(
        _ path: String,
        from page: Page,
        _ fields: KeyValuePairs<String, String>,
        sender: String? = nil
    ) async -> Page {
        var form = Form(fields)
        for name in ["_csrf", "_key", "_version"] where form.raw(name) == nil {
            if let value = page.value(name) { form.set(name, value) }
        }
        return await send(.post, path, form, sender: sender)
    }

    /// Sends one request, and follows redirects.
    package func send(
        _ method: Request.Method,
        _ path: String,
        _ form: Form,
        sender: String? = nil
    ) async -> Page {
        var (method, path, form) = (method, path, form)
        for _ in 0..<6 {
            let response = await answer(method, path, form, sender: sender)
            guard response.status == 303, let next = response["Location"] else {
                return Page(
                    path: path,
                    status: response.status,
                    headers: response.headers,
                    body: response.body
                )
            }
            (method, path, form) = (.get, next, Form())
        }
        return Page(path: path, status: 0, headers: [], body: Array("too many redirects".utf8))
    }

    /// One request and its answer, without following a redirect.
    package func answer(
        _ method: Request.Method,
        _ path: String,
        _ form: Form,
        sender: String? = nil
    ) async -> Response {
        let plain = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let halves = plain.split(separator: "?", maxSplits: 1)
        var request = Request(method, halves.isEmpty ? "/" : String(halves[0]), form: form)
        if halves.count > 1 { request.query = URLEncoding.decode(halves[1].utf8) ?? Form() }
        request.remote = remote
        request.headers["sec-fetch-site"] = sender
        request.headers["cookie"] = cookies.map { "\($0.key)=\($0.value)" }.sorted()
            .joined(separator: "; ")
        let response = await site.answer(request)
        for header in response.headers where header.name == "Set-Cookie" {
            let pair = header.value.prefix { $0 != ";" }
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { set(String(pair[0]), String(pair[1])) }
        }
        return response
    }
}
