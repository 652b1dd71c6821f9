import JWTKit
import Kernel

/// The keys that an issuer signs with (a JWK Set, RFC 7517 5).
struct IssuerKeys: Sendable {
    /// A public key, by the kind of signature that it can make.
    enum Material: Hashable, Sendable {
        case rsa(modulus: String, exponent: String)
        case p256(x: String, y: String)
        case p384(x: String, y: String)
    }

    private struct Key: Sendable {
        let id: String?
        let algorithm: String?
        let material: Material
    }

    private let keys: [Key]

    /// The keys of a document that can check a signature; others in it do no harm.
    init(_ json: JSONValue) throws(OpenIDError) {
        guard let listed = json["keys"]?.array else {
            throw OpenIDError(.unusableAnswer, "the issuer's keys are not a JWK Set")
        }
        keys = listed.compactMap { key in
            guard key["use"] == nil || key["use"]?.string == "sig",
                key["key_ops"] == nil
                    || key["key_ops"]?.array?.contains(.string("verify")) == true,
                let material = Self.material(of: key)
            else { return nil }
            return Key(id: key["kid"]?.string, algorithm: key["alg"]?.string, material: material)
        }
    }

    /// The key that a token names, if it can make that signature.
    ///
    /// A token that names none is believed only when there is a single key that fits (Core 10.1).
    func key(id: String?, for algorithm: SignatureAlgorithm) -> Material? {
        let fitting = keys.filter { key in
            key.material.makes(algorithm) && [nil, algorithm.rawValue].contains(key.algorithm)
                && (id == nil || key.id == id)
        }
        return fitting.count == 1 ? fitting[0].material : nil
    }

    private static func material(of key: JSONValue) -> Material? {
        switch (key["kty"]?.string, key["crv"]?.string) {
        case ("RSA", _):
            guard let modulus = key["n"]?.string, let exponent = key["e"]?.string else {
                return nil
            }
            return .rsa(modulus: modulus, exponent: exponent)
        case ("EC", "P-256"?):
            guard let x = key["x"]?.string, let y = key["y"]?.string else { return nil }
            return .p256(x: x, y: y)
        case ("EC", "P-384"?):
            guard let x = key["x"]?.string, let y = key["y"]?.string else { return nil }
            return .p384(x: x, y: y)
        default: return nil
        }
    }
}

extension IssuerKeys.Material {
    /// Whether a key of this kind can make such signatures.
    func makes(_ algorithm: SignatureAlgorithm) -> Bool {
        switch (self, algorithm) {
        case (.rsa, .rs256), (.rsa, .rs384), (.rsa, .rs512), (.rsa, .ps256), (.p256, .es256),
            (.p384, .es384):
            true
        default: false
        }
    }

    /// Whether a signature is this key's, of these bytes.
    func verifies(
        _ signature: [UInt8],
        of bytes: [UInt8],
        by algorithm: SignatureAlgorithm
    ) async -> Bool {
        // A collection of one key: JWTKit would fall back to another key for a name that it does
        // not know, and does not hold a key to the header's algorithm.
        let collection = JWTKeyCollection()
        do {
            switch (self, algorithm) {
            case (.rsa(let modulus, let exponent), .rs256):
                let key = try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
                await collection.add(rsa: key, digestAlgorithm: .sha256)
            case (.rsa(let modulus, let exponent), .rs384):
                let key = try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
                await collection.add(rsa: key, digestAlgorithm: .sha384)
            case (.rsa(let modulus, let exponent), .rs512):
                let key = try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
                await collection.add(rsa: key, digestAlgorithm: .sha512)
            case (.rsa(let modulus, let exponent), .ps256):
                let key = try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
                await collection.add(pss: key, digestAlgorithm: .sha256)
            case (.p256(let x, let y), .es256):
                await collection.add(ecdsa: try ES256PublicKey(parameters: (x, y)))
            case (.p384(let x, let y), .es384):
                await collection.add(ecdsa: try ES384PublicKey(parameters: (x, y)))
            default: return false
            }
            let signer = try await collection.getKey()
            guard signer.name == algorithm.rawValue else { return false }
            return try signer.verify(signature, signs: bytes)
        } catch {
            return false
        }
    }
}
