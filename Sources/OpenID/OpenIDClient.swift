import Crypto
import Kernel

/// Signs staff in with an OpenID Connect issuer: authorization code flow with PKCE.
package actor OpenIDClient {
    /// A document of the issuer's, and when it was fetched.
    struct Kept<Document: Sendable>: Sendable {
        let document: Document
        let fetchedAt: Instant

        /// Whether it is still as good as new.
        func isFresh(at now: Instant, for milliseconds: Int64) -> Bool {
            (0..<milliseconds).contains(now.milliseconds - fetchedAt.milliseconds)
        }
    }

    /// The issuer, and how it knows this installation.
    package nonisolated let provider: OpenIDProvider

    let now: @Sendable () -> Instant
    let requests: LimitedRequest
    var keptDocument: Kept<IssuerDocument>?
    var keptKeys: Kept<IssuerKeys>?

    /// A client of one issuer.
    ///
    /// Nothing is fetched until the first sign-in.
    package init(provider: OpenIDProvider, now: @escaping @Sendable () -> Instant) {
        self.init(provider: provider, now: now, requests: LimitedRequest())
    }

    /// A client with limits of its own.
    init(
        provider: OpenIDProvider,
        now: @escaping @Sendable () -> Instant,
        requests: LimitedRequest
    ) {
        self.provider = provider
        self.now = now
        self.requests = requests
    }

    /// Begins a sign-in: where to send the browser, and what to keep until it comes back.
    package func begin() async throws(OpenIDError) -> (url: String, pending: OpenIDPending) {
        guard SafeAddress(provider.redirectURI) != nil else {
            throw OpenIDError(.settings, "the redirect address is not https")
        }
        let document = try await document()
        let pending = OpenIDPending(begunAt: now())
        let challenge = Base64URL.encode(SHA256.hash(data: Array(pending.codeVerifier.utf8)))
        let url = document.authorizationEndpoint.adding(query: [
            ("response_type", "code"),
            ("client_id", provider.clientID),
            ("redirect_uri", provider.redirectURI),
            ("scope", provider.scopes.joined(separator: " ")),
            ("state", pending.state),
            ("nonce", pending.nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ])
        return (url, pending)
    }

    /// Finishes a sign-in with the query that the browser came back with.
    ///
    /// The caller forgets what was pending before it calls, so that no answer serves twice.
    package func finish(
        query: [String: String],
        pending: OpenIDPending
    ) async throws(OpenIDError) -> OpenIDIdentity {
        guard !pending.isStale(at: now()) else {
            throw OpenIDError(.stale, "begun at \(pending.begunAt)")
        }
        guard let state = query["state"], RandomText.areEqual(state, pending.state) else {
            throw OpenIDError(.notOurs, "the state is not the one that was sent")
        }
        let document = try await document()
        try checkIssuer(query["iss"], document)
        if let error = query["error"] { throw Self.refusal(error) }
        guard let code = query["code"], !code.isEmpty else {
            throw OpenIDError(.unusableAnswer, "the browser came back without a code")
        }
        let tokens = try await tokens(for: code, pending, document)
        let claims = try await claims(of: tokens, pending, document)
        return try await identity(claims, tokens, document)
    }

    /// RFC 9207 2.4: an answer that names another issuer, or none where it would, is not for us.
    private func checkIssuer(_ said: String?, _ document: IssuerDocument) throws(OpenIDError) {
        guard said == provider.issuer || said == nil && !document.namesItselfInAnswers else {
            throw OpenIDError(.notOurs, "the answer is of another issuer")
        }
    }

    /// The failure that an issuer's word for it means (RFC 6749 4.1.2.1, Core 3.1.2.6).
    private static func refusal(_ error: String) -> OpenIDError {
        let context = "the issuer answered \(ErrorCode.printable(error))"
        return switch error {
        case "access_denied", "login_required", "interaction_required", "consent_required",
            "account_selection_required":
            OpenIDError(.declined, context)
        case "temporarily_unavailable", "server_error": OpenIDError(.unreachable, context)
        default: OpenIDError(.refused, context)
        }
    }
}
