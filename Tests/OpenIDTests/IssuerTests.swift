import Hummingbird
import Kernel
import Testing

@testable import OpenID

/// What a client makes of an issuer that errs, over real connections.
@Suite struct IssuerTests {
    /// Runs an issuer with changes, and a client of it that reads little.
    static func with(
        _ authentication: OpenIDClientAuthentication = .clientSecretBasic("secret"),
        timeLimit: Duration = .seconds(60),
        _ change: @escaping @Sendable (isolated FalseIssuer) -> Void = { _ in },
        _ body: @escaping @Sendable (FalseIssuer, OpenIDClient, TestClock) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await FalseIssuer.run(signing: try await TestKeys.key(.es256), clock: clock) { issuer in
            await issuer.change(change)
            let client = OpenIDClient(
                provider: await issuer.provider(authentication),
                now: { clock.now },
                requests: LimitedRequest(timeLimit: timeLimit, sizeMax: 8_000)
            )
            try await body(issuer, client, clock)
        }
    }

    /// A whole sign-in.
    static func signIn(
        _ issuer: FalseIssuer,
        _ client: OpenIDClient
    ) async throws(OpenIDError) -> OpenIDIdentity {
        let (url, pending) = try await client.begin()
        return try await client.finish(query: await issuer.signIn(url), pending: pending)
    }

    /// The failure of a whole sign-in.
    static func failure(_ issuer: FalseIssuer, _ client: OpenIDClient) async -> OpenIDError? {
        do {
            _ = try await signIn(issuer, client)
            return nil
        } catch {
            return error
        }
    }

    /// The kind of failure of a whole sign-in.
    static func kind(_ issuer: FalseIssuer, _ client: OpenIDClient) async -> OpenIDError.Kind? {
        await failure(issuer, client)?.kind
    }

    @Test func `an identity has what the token and the user info say`() async throws {
        try await Self.with { issuer, client, _ in
            await issuer.change { $0.claims = ["acr": "AAL3_ANY", "amr": ["hwk", "pwd"]] }
            let identity = try await Self.signIn(issuer, client)
            let expected = OpenIDIdentity(
                issuer: await issuer.address,
                subject: "s-1",
                email: "asha@example.org",
                name: "Asha Rahman",
                acr: "AAL3_ANY",
                amr: ["hwk", "pwd"]
            )
            #expect(identity == expected)
            let asked = await issuer.asked.first { $0.path == "/userinfo" }
            #expect(asked?.authorization == "Bearer an access token")
        }
    }

    @Test func `an email address counts only when verified`() async throws {
        let rows: [(JSONObject, String?)] = [
            (["email_verified": .bool(true)], "asha@example.org"),
            (["email_verified": .bool(false)], nil),
            (["email_verified": .null], nil),
            (["email_verified": "true"], nil),
        ]
        for (change, email) in rows {
            try await Self.with { issuer, client, _ in
                await issuer.change { $0.userInfo.change(change) }
                let identity = try await Self.signIn(issuer, client)
                #expect(identity.email == email)
            }
        }
    }

    @Test func `the user info of another person is refused`() async throws {
        try await Self.with { issuer, client, _ in
            await issuer.change { $0.userInfo["sub"] = "s-2" }
            #expect(await Self.kind(issuer, client) == .unusableAnswer)
        }
    }

    @Test func `an access token that would break a header is refused`() async throws {
        for token in ["x\r\nHost: a", "x\u{0}", "é"] {
            try await Self.with { issuer, client, _ in
                await issuer.change { $0.accessToken = token }
                let failure = await Self.failure(issuer, client)
                #expect(failure?.kind == .unusableAnswer)
                #expect(failure?.privateContext.contains(token) == false)
            }
        }
    }

    @Test func `the user info is not asked for when the token says it all`() async throws {
        try await Self.with { issuer, client, _ in
            await issuer.change {
                $0.claims = ["email": "a@example.org", "email_verified": .bool(true)]
            }
            let identity = try await Self.signIn(issuer, client)
            #expect(identity.email == "a@example.org")
            #expect(await issuer.times("/userinfo") == 0)
        }
    }

    static let badDocuments: [(String, JSONObject)] = [
        ("another issuer", ["issuer": "https://issuer.example"]),
        ("no issuer", ["issuer": .null]),
        ("an open token endpoint", ["token_endpoint": "http://issuer.example/token"]),
        ("an open page", ["authorization_endpoint": "http://issuer.example/a"]),
        ("an open key set", ["jwks_uri": "http://issuer.example/keys"]),
        ("an open user info", ["userinfo_endpoint": "http://issuer.example/u"]),
        ("a token endpoint that looks like loopback", ["token_endpoint": "http://127.0.0.1@a.b/"]),
        ("a key set in a file", ["jwks_uri": "file:///etc/passwd"]),
        ("no key set", ["jwks_uri": .null]),
    ]

    @Test(arguments: badDocuments)
    func `a document is refused with`(_ words: String, _ changes: JSONObject) async throws {
        try await Self.with { issuer, client, _ in
            await issuer.change { $0.discovery = changes }
            #expect(await Self.kind(issuer, client) == .unusableAnswer)
            #expect(await issuer.times("/token") == 0)
        }
    }

    static let paths = ["/.well-known/openid-configuration", "/keys", "/token", "/userinfo"]

    @Test(arguments: paths)
    func `no answer is waited for or read without limit`(_ path: String) async throws {
        // The client of one that drips waits for a second; the others answer however busy the machine is.
        try await Self.with(timeLimit: .seconds(1)) { issuer, client, _ in
            await issuer.change { $0.answers[path] = { FalseIssuer.drip() } }
            #expect(await Self.kind(issuer, client) == .unreachable)
        }
        let rows: [(@Sendable () -> Response, OpenIDError.Kind)] = [
            ({ FalseIssuer.text(String(repeating: " ", count: 8_001)) }, .unusableAnswer),
            ({ FalseIssuer.text("out of order", status: .serviceUnavailable) }, .unreachable),
            ({ FalseIssuer.text("<p>Hello") }, .unusableAnswer),
            ({ FalseIssuer.text("[]") }, .unusableAnswer),
        ]
        for (answer, kind) in rows {
            try await Self.with { issuer, client, _ in
                await issuer.change { $0.answers[path] = answer }
                #expect(await Self.kind(issuer, client) == kind)
            }
        }
    }

    @Test(arguments: paths)
    func `no redirect is followed`(_ path: String) async throws {
        try await Self.with { issuer, client, _ in
            await issuer.change {
                $0.answers[path] = {
                    Response(status: .temporaryRedirect, headers: [.location: "/elsewhere"])
                }
            }
            let kind = await Self.kind(issuer, client)
            #expect(kind == (path == "/token" ? .refused : .unusableAnswer))
            #expect(await issuer.times("/elsewhere") == 0)
        }
    }

    @Test func `nobody listening is unreachable`() async throws {
        let provider = OpenIDProvider(
            issuer: "http://127.0.0.1:1",
            clientID: "x",
            clientAuthentication: .clientSecret("x"),
            redirectURI: "https://goodwork.example/back",
            name: "nobody"
        )
        let clock = TestClock()
        let client = OpenIDClient(
            provider: provider,
            now: { clock.now },
            requests: LimitedRequest(timeLimit: .milliseconds(500))
        )
        await #expect { _ = try await client.begin() } throws: {
            ($0 as? OpenIDError)?.kind == .unreachable
        }
    }

    @Test func `a refusal at the token endpoint keeps its words to itself`() async throws {
        try await Self.with { issuer, client, _ in
            for (word, context) in [
                ("invalid_grant", "invalid_grant"), ("secret 1234!", "no known word"),
            ] {
                await issuer.change {
                    $0.answers["/token"] = {
                        FalseIssuer.json(["error": .string(word)], status: .badRequest)
                    }
                }
                let failure = await Self.failure(issuer, client)
                #expect(failure?.kind == .refused)
                #expect(
                    failure?.privateContext == "the token endpoint answered 400, \(context)"
                )
            }
        }
    }
}
