import Kernel

extension OpenIDClient {
    /// Who the claims are of, with what the user info endpoint adds to them.
    func identity(
        _ claims: JSONValue,
        _ tokens: IssuedTokens,
        _ document: IssuerDocument
    ) async throws(OpenIDError) -> OpenIDIdentity {
        guard let subject = claims["sub"]?.string else {
            throw OpenIDError(.token(.subject), "the token names nobody")
        }
        var email = Self.verifiedEmail(claims)
        var name = Self.name(claims)
        if email == nil || name == nil, let endpoint = document.userInfoEndpoint,
            let accessToken = tokens.accessToken
        {
            let more = try await userInfo(endpoint, accessToken, of: subject)
            email = email ?? Self.verifiedEmail(more)
            name = name ?? Self.name(more)
        }
        return OpenIDIdentity(
            issuer: provider.issuer,
            subject: subject,
            email: email,
            name: name,
            acr: claims["acr"]?.string,
            amr: claims["amr"]?.array?.compactMap(\.string) ?? []
        )
    }

    /// What the issuer knows of a person (OpenID Connect Core 5.3).
    private func userInfo(
        _ endpoint: SafeAddress,
        _ accessToken: String,
        of subject: String
    ) async throws(OpenIDError) -> JSONValue {
        let answer = try await requests.get(endpoint, bearer: accessToken)
        guard answer.status < 500 else {
            throw OpenIDError(.unreachable, "the user info endpoint answered \(answer.status)")
        }
        guard answer.status == 200, let json = answer.json else {
            throw OpenIDError(
                .unusableAnswer,
                "the user info endpoint answered \(answer.status), or no JSON"
            )
        }
        // Core 5.3.2: or it might be of someone else.
        guard json["sub"]?.string == subject else {
            throw OpenIDError(.unusableAnswer, "the user info is of another person")
        }
        return json
    }

    private static func verifiedEmail(_ claims: JSONValue) -> String? {
        guard claims["email_verified"]?.bool == true else { return nil }
        return claims["email"]?.string
    }

    private static func name(_ claims: JSONValue) -> String? {
        if let name = claims["name"]?.string, !name.isEmpty { return name }
        let parts = ["given_name", "family_name"].compactMap { claims[$0]?.string }
        let joined = parts.filter { !$0.isEmpty }.joined(separator: " ")
        return joined.isEmpty ? nil : joined
    }
}
