import Crypto
import Kernel

/// What an ID token must agree with (OpenID Connect Core 3.1.3.7).
struct IDTokenCheck: Sendable {
    let issuer: String
    let clientID: String
    let nonce: String

    /// When the sign-in was begun: no token for it can be older.
    let begunAt: Instant

    let now: Instant

    /// The access token that came with it, if any.
    let accessToken: String?

    /// The claims of a token that passes every check.
    func claims(of text: String, signedBy keys: IssuerKeys) async throws(OpenIDError) -> JSONValue {
        let token = try SignedToken(text)
        let algorithm = try algorithm(of: token)
        guard let key = keys.key(id: token.header["kid"]?.string, for: algorithm) else {
            throw fault(.unknownKey, "the issuer has no single \(algorithm.rawValue) key for it")
        }
        let isGenuine = await key.verifies(
            token.signature,
            of: token.signedBytes,
            by: algorithm
        )
        guard isGenuine else { throw fault(.signature, "the signature is not the issuer's") }
        try checkParties(token.claims)
        try checkTimes(token.claims)
        guard let said = token.claims["nonce"]?.string, RandomText.areEqual(said, nonce) else {
            throw fault(.nonce, "the nonce is not the one that was sent")
        }
        try checkAccessToken(token.claims, algorithm)
        return token.claims
    }

    private func algorithm(of token: SignedToken) throws(OpenIDError) -> SignatureAlgorithm {
        let named = token.header["alg"]?.string.flatMap(SignatureAlgorithm.init)
        guard let named, SignatureAlgorithm.ofIDTokens.contains(named) else {
            throw fault(.algorithm, "the algorithm is not one we accept")
        }
        // RFC 7515 4.1.11: what we must understand and do not.
        guard token.header["crit"] == nil else {
            throw fault(.malformed, "the header has critical extensions")
        }
        // RFC 9068 2.1: an access token says "at+jwt" and is no ID token.
        if let type = token.header["typ"], type.string?.lowercased() != "jwt" {
            throw fault(.malformed, "the token is of another type")
        }
        return named
    }

    private func checkParties(_ claims: JSONValue) throws(OpenIDError) {
        guard claims["iss"]?.string == issuer else {
            throw fault(.issuer, "the token is of another issuer")
        }
        let audience = claims["aud"]
        let audiences =
            audience?.array?.compactMap(\.string) ?? [audience?.string].compactMap(\.self)
        guard audiences.contains(clientID) else {
            throw fault(.audience, "the token is for another client")
        }
        // Rules 4 and 5: among several, the token must say that it was made for us.
        let party = claims["azp"]
        guard party?.string == clientID || party == nil && audiences.count == 1 else {
            throw fault(.authorizedParty, "the token was made for another party")
        }
        // Core 2: at most 255 ASCII characters.
        guard let subject = claims["sub"]?.string, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ $0 < 0x80 })
        else { throw fault(.subject, "the token names nobody") }
    }

    private func checkTimes(_ claims: JSONValue) throws(OpenIDError) {
        guard let expires = Instant(claim: claims["exp"]),
            now < expires.adding(milliseconds: ClockLeeway.milliseconds)
        else { throw fault(.expired, "the token has expired, or does not say when it will") }
        let latest = now.adding(milliseconds: ClockLeeway.milliseconds)
        let earliest = begunAt.adding(milliseconds: -ClockLeeway.milliseconds)
        guard let issued = Instant(claim: claims["iat"]), earliest <= issued, issued <= latest
        else {
            throw fault(.issuedAt, "the token was not issued during this sign-in")
        }
        guard let begins = claims["nbf"] else { return }
        guard let start = Instant(claim: begins), start <= latest else {
            throw fault(.notYetValid, "the token is not valid yet")
        }
    }

    /// Core 3.1.3.6: the left half of the access token's hash, when the issuer gives one.
    private func checkAccessToken(
        _ claims: JSONValue,
        _ algorithm: SignatureAlgorithm
    ) throws(OpenIDError) {
        guard let said = claims["at_hash"] else { return }
        let bytes = Array((accessToken ?? "").utf8)
        let hash =
            algorithm == .es384 ? Array(SHA384.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
        guard said.string == Base64URL.encode(hash.prefix(hash.count / 2)) else {
            throw fault(.accessTokenHash, "the access token is not the one it came with")
        }
    }

    private func fault(_ fault: OpenIDError.TokenFault, _ context: String) -> OpenIDError {
        OpenIDError(.token(fault), context)
    }
}

extension Instant {
    /// A moment from a claim in seconds since 1970 (RFC 7519 2, NumericDate), if it is one.
    init?(claim: JSONValue?) {
        guard let seconds = claim?.double, (0...253_402_300_799).contains(seconds) else {
            return nil
        }
        self.init(milliseconds: Int64(seconds * 1000))
    }
}
