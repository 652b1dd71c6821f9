import Kernel

/// A token in its three parts (RFC 7515 7.1), not yet believed.
struct SignedToken: Sendable {
    let header: JSONValue
    let claims: JSONValue
    let signature: [UInt8]

    /// What the signature is of.
    let signedBytes: [UInt8]

    /// The parts of a token's text.
    init(_ text: String) throws(OpenIDError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]),
            let claims = Self.object(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw OpenIDError(.token(.malformed), "the ID token is not a signed JWT") }
        self.header = header
        self.claims = claims
        self.signature = signature
        signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part),
            let value = try? JSONValue(parsing: bytes), value.object != nil
        else { return nil }
        return value
    }
}
