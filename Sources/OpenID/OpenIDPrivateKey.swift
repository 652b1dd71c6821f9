import JWTKit

/// The key that an installation signs its assertions with.
package struct OpenIDPrivateKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private enum Material: Sendable {
        case rsa(Insecure.RSA.PrivateKey)
        case p256(ES256PrivateKey)
        case p384(ES384PrivateKey)
    }

    private let material: Material

    /// The name that the issuer knows its public half by, if it has one.
    package let id: String?

    /// A key from PEM text: RSA of 2048 bits or more, or elliptic of P-256 or P-384.
    package init?(pem: String, id: String? = nil) {
        if let key = try? Insecure.RSA.PrivateKey(pem: pem) {
            material = .rsa(key)
        } else if let key = try? ES256PrivateKey(pem: pem) {
            material = .p256(key)
        } else if let key = try? ES384PrivateKey(pem: pem) {
            material = .p384(key)
        } else {
            return nil
        }
        self.id = id
    }

    /// What it is, without the key.
    package var description: String { "private key \(id ?? "without a name")" }

    /// The same, so that no key is printed with what holds it.
    package var debugDescription: String { description }

    /// A payload's signed text, by an algorithm that the issuer takes if it says which.
    func sign(
        _ payload: some JWTPayload,
        accepted: [String]
    ) async throws(OpenIDError) -> String {
        let collection = JWTKeyCollection()
        switch material {
        case .rsa(let key):
            // RS256 is what everybody takes, unless they say that they do not.
            let known = ["RS256", "PS256", "RS512", "PS512"]
            let chosen = known.first { accepted.contains($0) } ?? "RS256"
            let digest: DigestAlgorithm = chosen.hasSuffix("512") ? .sha512 : .sha256
            if chosen.hasPrefix("PS") {
                await collection.add(pss: key, digestAlgorithm: digest)
            } else {
                await collection.add(rsa: key, digestAlgorithm: digest)
            }
        case .p256(let key): await collection.add(ecdsa: key)
        case .p384(let key): await collection.add(ecdsa: key)
        }
        do {
            return try await collection.sign(payload, kid: id.map { JWKIdentifier(string: $0) })
        } catch {
            throw OpenIDError(.settings, "the private key cannot sign")
        }
    }
}
