import JWTKit
import Kernel

/// What a client signs to prove itself (RFC 7523 3, OpenID Connect Core 9).
struct ClientAssertion: JWTPayload {
    let iss: String
    let sub: String
    let aud: String
    let jti: String
    let iat: Int64
    let exp: Int64

    /// An assertion for one request, good for three minutes.
    init(clientID: String, tokenEndpoint: SafeAddress, now: Instant) {
        iss = clientID
        sub = clientID
        aud = tokenEndpoint.text
        jti = RandomText.make()
        iat = now.milliseconds / 1000
        exp = iat + 180
    }

    /// Nothing: it is only ever signed.
    func verify(using algorithm: some JWTAlgorithm) {}
}
