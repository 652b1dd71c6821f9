import Crypto
import Kernel
import Testing

@testable import OpenID

/// Every check of an ID token, by OpenID Connect Core 3.1.3.7.
@Suite struct IDTokenTests {
    static let now = 1_772_442_000

    /// A token that passes, but for what a row changes.
    static let sound: JSONObject = [
        "iss": "https://issuer.example", "sub": "s-1", "aud": "goodwork", "nonce": "n-1",
        "exp": .int(now + 300), "iat": .int(now),
    ]

    /// The check, for a sign-in that was begun a minute ago.
    static let check = IDTokenCheck(
        issuer: "https://issuer.example",
        clientID: "goodwork",
        nonce: "n-1",
        begunAt: Instant(milliseconds: Int64(now - 60) * 1000),
        now: Instant(milliseconds: Int64(now) * 1000),
        accessToken: "an access token"
    )

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let claims: JSONObject
        let header: JSONObject
        let fault: OpenIDError.TokenFault?

        init(
            _ words: String,
            _ fault: OpenIDError.TokenFault?,
            _ claims: JSONObject = [:],
            header: JSONObject = [:]
        ) {
            testDescription = words
            self.claims = claims
            self.header = header
            self.fault = fault
        }
    }

    static let rows: [Row] = [
        Row("sound", nil),
        Row("audience as a list of one", nil, ["aud": ["goodwork"]]),
        Row("two audiences, made for us", nil, ["aud": ["x", "goodwork"], "azp": "goodwork"]),
        Row("two audiences, made for whom?", .authorizedParty, ["aud": ["x", "goodwork"]]),
        Row(
            "two audiences, made for x",
            .authorizedParty,
            ["aud": ["x", "goodwork"], "azp": "x"]
        ),
        Row("one audience, made for x", .authorizedParty, ["azp": "x"]),
        Row("azp is not text", .authorizedParty, ["azp": .int(1)]),
        Row("another audience", .audience, ["aud": "x"]),
        Row("another audience, though made for us", .audience, ["aud": "x", "azp": "goodwork"]),
        Row("no audience", .audience, ["aud": .null]),
        Row("empty audience", .audience, ["aud": .array([])]),
        Row("audience that begins like us", .audience, ["aud": "goodwork2"]),
        Row("another issuer", .issuer, ["iss": "https://other.example"]),
        Row("the issuer with a slash", .issuer, ["iss": "https://issuer.example/"]),
        Row("no issuer", .issuer, ["iss": .null]),
        Row("expired, within leeway", nil, ["exp": .int(now - 119)]),
        Row("expired", .expired, ["exp": .int(now - 120)]),
        Row("never expires", .expired, ["exp": .null]),
        Row("expiry as text", .expired, ["exp": "1772442300"]),
        Row("expiry beyond all calendars", .expired, ["exp": .number("1e300")]),
        Row("expiry with a fraction", nil, ["exp": .number("1772442300.5")]),
        Row("issued ahead, within leeway", nil, ["iat": .int(now + 120)]),
        Row("issued ahead", .issuedAt, ["iat": .int(now + 121)]),
        Row("issued when the sign-in began, within leeway", nil, ["iat": .int(now - 180)]),
        Row("issued before the sign-in began", .issuedAt, ["iat": .int(now - 181)]),
        Row("issued at no time", .issuedAt, ["iat": .null]),
        Row("valid from now", nil, ["nbf": .int(now)]),
        Row("valid later", .notYetValid, ["nbf": .int(now + 121)]),
        Row("valid from text", .notYetValid, ["nbf": "now"]),
        Row("another nonce", .nonce, ["nonce": "n-2"]),
        Row("no nonce", .nonce, ["nonce": .null]),
        Row("longer nonce", .nonce, ["nonce": "n-11"]),
        Row("nobody", .subject, ["sub": .null]),
        Row("empty subject", .subject, ["sub": ""]),
        Row("subject of 255", nil, ["sub": .string(String(repeating: "s", count: 255))]),
        Row("subject of 256", .subject, ["sub": .string(String(repeating: "s", count: 256))]),
        Row("subject beyond ASCII", .subject, ["sub": "sé"]),
        Row("another access token's hash", .accessTokenHash, ["at_hash": "AAAAAAAAAAAAAAAAAAAAAA"]),
        Row("an access token by type", .malformed, header: ["typ": "at+jwt"]),
        Row("type in lower case", nil, header: ["typ": "jwt"]),
        Row("no type", nil, header: ["typ": .null]),
        Row("critical extension", .malformed, header: ["crit": ["b64"]]),
        Row("a key it does not know", .unknownKey, header: ["kid": "other"]),
        Row("no key named, one fits", nil, header: ["kid": .null]),
        Row("alg none", .algorithm, header: ["alg": "none"]),
        Row("alg nOnE", .algorithm, header: ["alg": "nOnE"]),
        Row("alg in lower case", .algorithm, header: ["alg": "rs256"]),
        Row("no alg", .algorithm, header: ["alg": .null]),
        Row("alg RS512", .algorithm, header: ["alg": "RS512"]),
        Row("alg of another kind of key", .unknownKey, header: ["alg": "ES256"]),
        Row("alg of another padding", .signature, header: ["alg": "PS256"]),
    ]

    @Test(arguments: rows)
    func `a token of the issuer's`(_ row: Row) async throws {
        let key = try await TestKeys.key(.rs256)
        var claims = Self.sound
        claims.change(row.claims)
        let token = try key.token(claims, header: row.header)
        #expect(await Self.fault(token, [key.jwk]) == row.fault)
    }

    @Test(arguments: SignatureAlgorithm.ofIDTokens)
    func `a signature is of one key and one text`(_ algorithm: SignatureAlgorithm) async throws {
        let key = try await TestKeys.key(algorithm)
        let other = try await TestKey.make(algorithm, id: key.id)
        let token = try key.token(Self.sound)
        #expect(await Self.fault(token, [key.jwk]) == nil)
        #expect(await Self.fault(token, [other.jwk]) == .signature)

        var bytes = try #require(Base64URL.decode(token.split(separator: ".")[2]))
        bytes[bytes.count / 2] ^= 1
        let input = token.split(separator: ".").prefix(2).joined(separator: ".")
        #expect(await Self.fault(input + "." + Base64URL.encode(bytes), [key.jwk]) == .signature)
        #expect(await Self.fault(input + ".", [key.jwk]) == .signature)

        var claims = Self.sound
        claims["sub"] = "s-2"
        let header: JSONObject = ["alg": .string(algorithm.rawValue), "kid": .string(key.id)]
        let forged = TokenText.unsigned(header, claims) + "." + Base64URL.encode(bytes)
        #expect(await Self.fault(forged, [key.jwk]) == .signature)
    }

    @Test(arguments: SignatureAlgorithm.ofIDTokens)
    func `the access token's hash is by the token's algorithm`(
        _ algorithm: SignatureAlgorithm
    ) async throws {
        let key = try await TestKeys.key(algorithm)
        let bytes = Array("an access token".utf8)
        let hash: [UInt8] =
            algorithm == .es384
            ? Array(SHA384.hash(data: bytes).prefix(24))
            : Array(SHA256.hash(data: bytes).prefix(16))
        var claims = Self.sound
        claims["at_hash"] = .string(Base64URL.encode(hash))
        #expect(await Self.fault(try key.token(claims), [key.jwk]) == nil)
    }

    @Test func `an HMAC with a public text as its key is refused`() async throws {
        let key = try await TestKeys.key(.rs256)
        let publicTexts = [
            key.publicPEM, JSONValue.object(key.jwk).text, key.jwk["n"]?.string ?? "",
        ]
        for secret in publicTexts {
            let header: JSONObject = ["alg": "HS256", "kid": .string(key.id)]
            let input = TokenText.unsigned(header, Self.sound)
            let code = HMAC<SHA256>.authenticationCode(
                for: Array(input.utf8),
                using: SymmetricKey(data: Array(secret.utf8))
            )
            let token = input + "." + Base64URL.encode(code)
            #expect(await Self.fault(token, [key.jwk]) == .algorithm)
            // Nor is a shared key believed that the issuer's document itself would give.
            let shared: JSONObject = [
                "kty": "oct", "kid": .string(key.id), "k": .string(Base64URL.encode(secret.utf8)),
            ]
            #expect(await Self.fault(token, [shared]) == .algorithm)
        }
    }

    @Test func `a token without a signature is refused`() async throws {
        let key = try await TestKeys.key(.rs256)
        for name in ["none", "None", "NONE", ""] {
            let header: JSONObject = ["alg": .string(name), "kid": .string(key.id)]
            let token = TokenText.unsigned(header, Self.sound) + "."
            #expect(await Self.fault(token, [key.jwk]) == .algorithm)
        }
    }

    @Test func `a key that the token brings along is not believed`() async throws {
        let key = try await TestKeys.key(.es256)
        let forger = try await TestKey.make(.es256, id: key.id)
        let token = try forger.token(Self.sound, header: ["jwk": .object(forger.jwk)])
        #expect(await Self.fault(token, [key.jwk]) == .signature)
    }

    @Test func `a key serves only what the issuer publishes it for`() async throws {
        let key = try await TestKeys.key(.rs256)
        let token = try key.token(Self.sound)
        let unnamed = try key.token(Self.sound, header: ["kid": .null])
        func published(_ changes: JSONObject) -> JSONObject {
            var jwk = key.jwk
            jwk.change(changes)
            return jwk
        }
        #expect(await Self.fault(token, [published(["use": "sig"])]) == nil)
        #expect(await Self.fault(token, [published(["use": "enc"])]) == .unknownKey)
        #expect(await Self.fault(token, [published(["key_ops": ["encrypt"]])]) == .unknownKey)
        #expect(await Self.fault(token, [published(["alg": "RS256"])]) == nil)
        #expect(await Self.fault(token, [published(["alg": "PS256"])]) == .unknownKey)
        #expect(await Self.fault(unnamed, [key.jwk, published(["kid": "2"])]) == .unknownKey)
    }

    @Test func `what is not a signed JWT is refused`() async throws {
        let key = try await TestKeys.key(.rs256)
        let parts = try key.token(Self.sound).split(separator: ".").map(String.init)
        let twice = Base64URL.encode(#"{"sub":"a","sub":"b"}"#.utf8)
        let texts = [
            "", "..", parts[0], parts[0] + "." + parts[1], parts.joined(separator: ".") + ".x",
            parts[0] + "=." + parts[1] + "." + parts[2],
            "bm90IEpTT04." + parts[1] + "." + parts[2], parts[0] + ".W10." + parts[2],
            parts[0] + "." + twice + "." + parts[2], parts.joined(separator: ".") + "\n",
        ]
        for text in texts {
            #expect(await Self.fault(text, [key.jwk]) == .malformed, "\(text)")
        }
    }

    /// The fault that is found in a token, if any.
    static func fault(_ token: String, _ jwks: [JSONObject]) async -> OpenIDError.TokenFault? {
        let set: JSONValue = .object(["keys": .array(jwks.map(JSONValue.object))])
        do {
            _ = try await check.claims(of: token, signedBy: try IssuerKeys(set))
            return nil
        } catch {
            guard case .token(let fault) = error.kind else {
                Issue.record("\(error)")
                return nil
            }
            return fault
        }
    }
}
