/// The signatures that a token may have, named as RFC 7518 3.1 does.
///
/// There is no `none`, and none of the HMACs, whose key would be a text that others know.
enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case es256 = "ES256"
    case es384 = "ES384"

    /// Those that an issuer's ID token may have.
    static let ofIDTokens: [SignatureAlgorithm] = [.rs256, .ps256, .es256, .es384]

    /// Those by which a client may prove itself to us (SMART App Launch 2.2, 4.1.3).
    static let ofAssertions: [SignatureAlgorithm] = [.rs384, .es384, .rs512]
}
