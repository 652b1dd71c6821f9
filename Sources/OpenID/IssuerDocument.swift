import Kernel

/// What the issuer says of itself (OpenID Connect Discovery 1.0, 3).
struct IssuerDocument: Sendable {
    let authorizationEndpoint: SafeAddress
    let tokenEndpoint: SafeAddress
    let keysAddress: SafeAddress
    let userInfoEndpoint: SafeAddress?

    /// How a client may prove itself; the standard's default when it does not say.
    let authenticationMethods: [String]

    /// What a client may sign its assertion with; empty when it does not say.
    let assertionAlgorithms: [String]

    /// Whether it names itself in its answer to the browser (RFC 9207).
    let namesItselfInAnswers: Bool

    /// Where an issuer's document is (Discovery 4.1).
    static func address(of issuer: String) throws(OpenIDError) -> SafeAddress {
        guard !issuer.contains("?"), SafeAddress(issuer) != nil else {
            throw OpenIDError(.settings, "the issuer is not an https address: \(issuer)")
        }
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        guard let address = SafeAddress(base + "/.well-known/openid-configuration") else {
            throw OpenIDError(.settings, "the issuer is not an https address: \(issuer)")
        }
        return address
    }

    /// The document of an issuer, from JSON.
    init(_ json: JSONValue, issuer: String) throws(OpenIDError) {
        // Discovery 4.3: exactly the address it was asked by, or another could speak for it.
        guard json["issuer"]?.string == issuer else {
            throw OpenIDError(.unusableAnswer, "the discovery document is of another issuer")
        }
        authorizationEndpoint = try Self.endpoint("authorization_endpoint", in: json)
        tokenEndpoint = try Self.endpoint("token_endpoint", in: json)
        keysAddress = try Self.endpoint("jwks_uri", in: json)
        let hasUserInfo = json["userinfo_endpoint"] != nil
        userInfoEndpoint = hasUserInfo ? try Self.endpoint("userinfo_endpoint", in: json) : nil
        let methods = Self.names("token_endpoint_auth_methods_supported", in: json)
        authenticationMethods = methods.isEmpty ? ["client_secret_basic"] : methods
        assertionAlgorithms = Self.names(
            "token_endpoint_auth_signing_alg_values_supported",
            in: json
        )
        namesItselfInAnswers =
            json["authorization_response_iss_parameter_supported"]?.bool ?? false
    }

    private static func endpoint(
        _ key: String,
        in json: JSONValue
    ) throws(OpenIDError) -> SafeAddress {
        guard let address = json[key]?.string.flatMap(SafeAddress.init) else {
            throw OpenIDError(
                .unusableAnswer,
                "the discovery document's \(key) is missing or not an https address"
            )
        }
        return address
    }

    private static func names(_ key: String, in json: JSONValue) -> [String] {
        json[key]?.array?.compactMap(\.string) ?? []
    }
}
