import Foundation
import Kernel

/// What the issuer gives for a code.
struct IssuedTokens: Sendable {
    let idToken: String
    let accessToken: String?
}

extension OpenIDClient {
    /// Hands the code in (OpenID Connect Core 3.1.3.1, RFC 7636 4.5).
    func tokens(
        for code: String,
        _ pending: OpenIDPending,
        _ document: IssuerDocument
    ) async throws(OpenIDError) -> IssuedTokens {
        var form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", provider.redirectURI),
            ("code_verifier", pending.codeVerifier),
        ]
        let authorization = try await authenticate(&form, document)
        let answer = try await requests.post(
            form,
            authorization: authorization,
            to: document.tokenEndpoint
        )
        guard answer.status < 500 else {
            throw OpenIDError(.unreachable, "the token endpoint answered \(answer.status)")
        }
        guard answer.status == 200 else {
            let word = ErrorCode.printable(answer.json?["error"]?.string)
            throw OpenIDError(.refused, "the token endpoint answered \(answer.status), \(word)")
        }
        guard let json = answer.json, let idToken = json["id_token"]?.string,
            json["token_type"]?.string?.lowercased() == "bearer"
        else {
            throw OpenIDError(.unusableAnswer, "the token endpoint gave no ID token")
        }
        let accessToken = json["access_token"]?.string
        // RFC 6749 A.12: it goes into a header later.
        guard accessToken?.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) ?? true else {
            throw OpenIDError(.unusableAnswer, "the access token has characters that none may have")
        }
        return IssuedTokens(idToken: idToken, accessToken: accessToken)
    }

    /// Proves who we are: adds to the form, or answers an `Authorization` header.
    private func authenticate(
        _ form: inout [(String, String)],
        _ document: IssuerDocument
    ) async throws(OpenIDError) -> String? {
        switch provider.clientAuthentication.settled(for: document) {
        case .clientSecret(let secret), .clientSecretBasic(let secret):
            // RFC 6749 2.3.1: both are escaped as in a form before they are joined.
            let pair = FormText.escape(provider.clientID) + ":" + FormText.escape(secret)
            return "Basic " + Data(pair.utf8).base64EncodedString()
        case .clientSecretPost(let secret):
            form += [("client_id", provider.clientID), ("client_secret", secret)]
        case .privateKeyJWT(let key):
            let assertion = ClientAssertion(
                clientID: provider.clientID,
                tokenEndpoint: document.tokenEndpoint,
                now: now()
            )
            form += [
                ("client_id", provider.clientID),
                ("client_assertion_type", Self.assertionType),
                (
                    "client_assertion",
                    try await key.sign(assertion, accepted: document.assertionAlgorithms)
                ),
            ]
        }
        return nil
    }

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// The ID token's claims, once it passes every check.
    func claims(
        of tokens: IssuedTokens,
        _ pending: OpenIDPending,
        _ document: IssuerDocument
    ) async throws(OpenIDError) -> JSONValue {
        let check = IDTokenCheck(
            issuer: provider.issuer,
            clientID: provider.clientID,
            nonce: pending.nonce,
            begunAt: pending.begunAt,
            now: now(),
            accessToken: tokens.accessToken
        )
        do {
            return try await check.claims(of: tokens.idToken, signedBy: try await keys(document))
        } catch {
            // Core 10.1.1: the issuer may have begun to sign with a new key.
            guard error.kind == .token(.unknownKey) else { throw error }
        }
        let keys = try await keys(document, ageMax: Self.keyRefreshMin)
        return try await check.claims(of: tokens.idToken, signedBy: keys)
    }
}
