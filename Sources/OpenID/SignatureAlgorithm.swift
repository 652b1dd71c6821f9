/// The signatures that an ID token may have, named as RFC 7518 3.1 does.
///
/// There is no `none`, and none of the HMACs, whose key would be a text that others know.
enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case es384 = "ES384"
}
