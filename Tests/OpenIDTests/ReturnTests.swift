import Foundation
import Kernel
import Testing

@testable import OpenID

/// What the browser is sent away with, and what it may come back with.
@Suite struct ReturnTests {
    /// The failure of a return that is changed on its way.
    static func kind(
        _ issuer: FalseIssuer,
        _ client: OpenIDClient,
        _ change: (inout [String: String]) -> Void
    ) async throws -> OpenIDError.Kind? {
        let (url, pending) = try await client.begin()
        var query = await issuer.signIn(url)
        change(&query)
        do {
            _ = try await client.finish(query: query, pending: pending)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func `the browser is sent with all that a return must match`() async throws {
        try await IssuerTests.with { issuer, client, _ in
            await issuer.change {
                $0.discovery["authorization_endpoint"] = .string($0.address + "/authorize?tenant=1")
            }
            let (url, pending) = try await client.begin()
            let items = try #require(URLComponents(string: url)?.queryItems)
            let query = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
            let challenge = try #require(query["code_challenge"].flatMap { Base64URL.decode($0) })
            #expect(challenge.count == 32)
            #expect(!url.contains(pending.codeVerifier))
            #expect(
                query == [
                    "tenant": "1", "response_type": "code", "client_id": "good work",
                    "redirect_uri": "https://goodwork.example/back",
                    "scope": "openid profile email", "state": pending.state,
                    "nonce": pending.nonce, "code_challenge": Base64URL.encode(challenge),
                    "code_challenge_method": "S256",
                ]
            )
            let (_, second) = try await client.begin()
            #expect(
                Set([second.state, second.nonce, second.codeVerifier]).isDisjoint(
                    with: [pending.state, pending.nonce, pending.codeVerifier]
                )
            )
        }
    }

    @Test func `a return that is not of this sign-in is refused`() async throws {
        try await IssuerTests.with { issuer, client, _ in
            let rows: [(String, [String: String], OpenIDError.Kind?)] = [
                ("as it should be", [:], nil),
                ("its own issuer", ["iss": await issuer.address], nil),
                ("another state", ["state": "x"], .notOurs),
                ("another issuer", ["iss": "https://other.example"], .notOurs),
                ("no code", ["code": ""], .unusableAnswer),
                ("the person said no", ["error": "access_denied"], .declined),
                ("the issuer said no", ["error": "unauthorized_client"], .refused),
                ("the issuer is busy", ["error": "temporarily_unavailable"], .unreachable),
                ("a no of another sign-in", ["error": "access_denied", "state": "x"], .notOurs),
            ]
            for (words, changes, kind) in rows {
                let found = try await Self.kind(issuer, client) {
                    $0.merge(changes) { _, new in new }
                }
                #expect(found == kind, "\(words)")
            }
            let stateless = try await Self.kind(issuer, client) { $0["state"] = nil }
            #expect(stateless == .notOurs)
        }
    }

    @Test func `an issuer that names itself must do so each time`() async throws {
        try await IssuerTests.with { issuer, client, _ in
            await issuer.change {
                $0.discovery["authorization_response_iss_parameter_supported"] = .bool(true)
            }
            let address = await issuer.address
            let unnamed = try await Self.kind(issuer, client) { _ in }
            #expect(unnamed == .notOurs)
            let named = try await Self.kind(issuer, client) { $0["iss"] = address }
            #expect(named == nil)
        }
    }

    @Test func `a sign-in may take a quarter of an hour`() async throws {
        let rows: [(Int64, OpenIDError.Kind?)] = [(900, nil), (901, .stale)]
        for (seconds, kind) in rows {
            try await IssuerTests.with { issuer, client, clock in
                let found = try await Self.kind(issuer, client) { _ in
                    clock.advance(seconds: seconds)
                }
                #expect(found == kind)
                #expect(await issuer.times("/token") == (kind == nil ? 1 : 0))
            }
        }
    }

    @Test func `what is pending is kept as one short line`() throws {
        let pending = OpenIDPending(begunAt: Instant(milliseconds: 1_772_442_000_123))
        #expect(pending.text.utf8.count <= 150)
        #expect(OpenIDPending(text: pending.text) == pending)
        let coded = try JSONEncoder().encode([pending])
        #expect(try JSONDecoder().decode([OpenIDPending].self, from: coded) == [pending])
        for text in ["", "...", pending.text + ".1", "x" + pending.text, pending.text + "x"] {
            #expect(OpenIDPending(text: text) == nil, "\(text)")
        }
    }

    @Test func `each way of proving who we are is sent as the standards say`() async throws {
        try await IssuerTests.with(.clientSecretBasic("s e:c+r%t")) { issuer, client, _ in
            _ = try await IssuerTests.signIn(issuer, client)
            let asked = await issuer.asked.first { $0.path == "/token" }
            let pair = Data("good%20work:s%20e%3Ac%2Br%25t".utf8).base64EncodedString()
            #expect(asked?.authorization == "Basic \(pair)")
            #expect(asked?.form["client_secret"] == nil)
        }
        try await IssuerTests.with(.clientSecretPost("s e:c")) { issuer, client, _ in
            _ = try await IssuerTests.signIn(issuer, client)
            let asked = await issuer.asked.first { $0.path == "/token" }
            #expect(asked?.authorization == nil)
            #expect(asked?.form["client_id"] == "good work")
            #expect(asked?.form["client_secret"] == "s e:c")
        }
        for (methods, isBasic) in [
            ([], true), (["client_secret_post"], false), (["private_key_jwt"], true),
            (["client_secret_post", "client_secret_basic"], true),
        ] as [([JSONValue], Bool)] {
            try await IssuerTests.with(.clientSecret("s")) { issuer, client, _ in
                await issuer.change {
                    $0.discovery["token_endpoint_auth_methods_supported"] = .array(methods)
                }
                _ = try await IssuerTests.signIn(issuer, client)
                let asked = await issuer.asked.first { $0.path == "/token" }
                #expect((asked?.authorization != nil) == isBasic, "\(methods)")
            }
        }
    }

    @Test(arguments: SignatureAlgorithm.ofIDTokens)
    func `an assertion is signed and says whom it is from and for`(
        _ algorithm: SignatureAlgorithm
    ) async throws {
        let own = try await TestKeys.key(algorithm)
        let key = try #require(OpenIDPrivateKey(pem: own.pem, id: own.id))
        try await IssuerTests.with(.privateKeyJWT(key)) { issuer, client, clock in
            await issuer.change {
                let taken: JSONValue = [.string(algorithm.rawValue)]
                $0.discovery["token_endpoint_auth_signing_alg_values_supported"] = taken
            }
            _ = try await IssuerTests.signIn(issuer, client)
            _ = try await IssuerTests.signIn(issuer, client)
            let asked = await issuer.asked.filter { $0.path == "/token" }
            let texts = asked.compactMap { $0.form["client_assertion"] }
            #expect(asked.allSatisfy { $0.authorization == nil })
            let assertions = try texts.map { text throws(OpenIDError) in try SignedToken(text) }
            let first = try #require(assertions.first)
            let keys = try IssuerKeys(.object(["keys": [.object(own.jwk)]]))
            let name = first.header["kid"]?.string
            let published = try #require(keys.key(id: name, for: algorithm))
            #expect(first.header["alg"]?.string == algorithm.rawValue)
            #expect(
                await published.verifies(first.signature, of: first.signedBytes, by: algorithm)
            )
            let now = Int(clock.now.milliseconds / 1000)
            #expect(first.claims["iss"]?.string == "good work")
            #expect(first.claims["sub"]?.string == "good work")
            #expect(first.claims["aud"]?.string == (await issuer.address) + "/token")
            #expect(first.claims["iat"]?.int == now)
            #expect(first.claims["exp"]?.int == now + 180)
            #expect(Set(assertions.compactMap { $0.claims["jti"]?.string }).count == 2)
        }
    }
}
