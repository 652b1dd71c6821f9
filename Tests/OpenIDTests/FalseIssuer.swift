import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import NIOCore

@testable import OpenID

/// An issuer that does wrong what a real one will not: it changes what a test tells it to.
actor FalseIssuer {
    /// A request that it was sent.
    struct Asked: Sendable {
        let path: String
        let authorization: String?
        let form: [String: String]
    }

    /// The key that it signs with, and those that it publishes.
    var signing: TestKey
    var published: [TestKey]

    /// Changes to its discovery document, to its ID tokens and to its user info.
    var discovery: JSONObject = [:]
    var claims: JSONObject = [:]
    var userInfo: JSONObject = ["email": "asha@example.org", "email_verified": .bool(true)]

    /// The access token that it gives.
    var accessToken = "an access token"

    /// Whole answers in place of its own, by path.
    var answers: [String: @Sendable () -> Response] = [:]

    /// Everything that it was asked.
    private(set) var asked: [Asked] = []

    private let clock: TestClock
    private var nonce = ""
    private(set) var address = ""

    private init(signing: TestKey, clock: TestClock) {
        self.signing = signing
        published = [signing]
        self.clock = clock
    }

    /// Runs an issuer on a free port of the loopback while a test uses it.
    static func run(
        signing: TestKey,
        clock: TestClock,
        _ body: @escaping @Sendable (FalseIssuer) async throws -> Void
    ) async throws {
        let issuer = FalseIssuer(signing: signing, clock: clock)
        var silent = Logger(label: "false issuer")
        silent.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                let bytes = try await request.body.collect(upTo: 65_536)
                return await issuer.answer(request, body: String(buffer: bytes))
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            logger: silent
        )
        try await application.test(.live) { client in
            await issuer.listen(at: "http://127.0.0.1:\(client.port ?? 0)")
            try await body(issuer)
        }
    }

    func change(_ change: @Sendable (isolated FalseIssuer) -> Void) { change(self) }

    /// How often a path was asked for.
    func times(_ path: String) -> Int { asked.count { $0.path == path } }

    /// A provider that this issuer is.
    func provider(
        _ authentication: OpenIDClientAuthentication = .clientSecretBasic("secret")
    ) -> OpenIDProvider {
        OpenIDProvider(
            issuer: address,
            clientID: "good work",
            clientAuthentication: authentication,
            redirectURI: "https://goodwork.example/back",
            name: "the false issuer"
        )
    }

    /// What a browser would come back with after signing in.
    func signIn(_ url: String) -> [String: String] {
        let items = URLComponents(string: url)?.queryItems ?? []
        func value(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
        nonce = value("nonce")
        return ["code": "a-code", "state": value("state")]
    }

    private func listen(at address: String) { self.address = address }

    private func answer(_ request: Request, body: String) -> Response {
        let path = request.uri.path
        let form = URLComponents(string: "?" + body)?.queryItems ?? []
        asked.append(
            Asked(
                path: path,
                authorization: request.headers[.authorization],
                form: Dictionary(form.map { ($0.name, $0.value ?? "") }) { first, _ in first }
            )
        )
        if let answer = answers[path] { return answer() }
        switch path {
        case "/.well-known/openid-configuration": return Self.json(document())
        case "/keys": return Self.json(["keys": .array(published.map { .object($0.jwk) })])
        case "/token": return tokens()
        case "/userinfo":
            var claims: JSONObject = ["sub": "s-1"]
            claims.change(userInfo)
            return Self.json(claims)
        default: return Response(status: .notFound)
        }
    }

    private func document() -> JSONObject {
        var document: JSONObject = [
            "issuer": .string(address),
            "authorization_endpoint": .string(address + "/authorize"),
            "token_endpoint": .string(address + "/token"),
            "jwks_uri": .string(address + "/keys"),
            "userinfo_endpoint": .string(address + "/userinfo"),
        ]
        document.change(discovery)
        return document
    }

    private func tokens() -> Response {
        let now = Int(clock.now.milliseconds / 1000)
        var claims: JSONObject = [
            "iss": .string(address), "sub": "s-1", "aud": "good work", "nonce": .string(nonce),
            "exp": .int(now + 300), "iat": .int(now), "name": "Asha Rahman",
        ]
        claims.change(self.claims)
        guard let token = try? signing.token(claims) else {
            return Response(status: .internalServerError)
        }
        return Self.json([
            "token_type": "Bearer", "access_token": .string(accessToken),
            "id_token": .string(token),
        ])
    }

    /// An answer of JSON.
    static func json(_ object: JSONObject, status: HTTPResponse.Status = .ok) -> Response {
        text(JSONValue.object(object).text, status: status)
    }

    /// An answer of any text.
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// An answer that sends a byte now and then, for ten seconds.
    static func drip() -> Response {
        Response(
            status: .ok,
            body: ResponseBody { writer in
                for _ in 0..<200 {
                    try await writer.write(ByteBuffer(string: " "))
                    try await Task.sleep(for: .milliseconds(50))
                }
                try await writer.finish(nil)
            }
        )
    }
}
