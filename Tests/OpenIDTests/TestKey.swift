import Crypto
import CryptoExtras
import Foundation
import JWTKit
import Kernel

@testable import OpenID

/// A key pair that signs tokens for the tests.
struct TestKey: Sendable {
    let id: String
    let algorithm: SignatureAlgorithm
    let pem: String
    let publicPEM: String

    /// The public half as a JWK, without "alg".
    let jwk: JSONObject

    private let signer: any JWTAlgorithm

    /// Signs bytes, whatever they are.
    func sign(_ bytes: [UInt8]) throws -> [UInt8] { try signer.sign(bytes) }

    /// A new key for one algorithm.
    static func make(_ algorithm: SignatureAlgorithm, id: String) async throws -> TestKey {
        let keys = JWTKeyCollection()
        var jwk: JSONObject = ["kid": .string(id)]
        let pem: String
        let publicPEM: String
        switch algorithm {
        case .rs256, .rs384, .rs512, .ps256:
            let fresh = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            let key = try Insecure.RSA.PrivateKey(backing: fresh)
            if algorithm == .ps256 {
                await keys.add(pss: key, digestAlgorithm: .sha256)
            } else {
                await keys.add(rsa: key, digestAlgorithm: algorithm.digest)
            }
            let numbers = try key.publicKey.getKeyPrimitives()
            jwk["kty"] = "RSA"
            jwk["n"] = .string(Base64URL.encode(numbers.modulus))
            jwk["e"] = .string(Base64URL.encode(numbers.publicExponent))
            (pem, publicPEM) = (key.pemRepresentation, key.publicKey.pemRepresentation)
        case .es256:
            let key = P256.Signing.PrivateKey()
            await keys.add(ecdsa: try ES256PrivateKey(pem: key.pemRepresentation))
            jwk.setPoint("P-256", Array(key.publicKey.rawRepresentation))
            (pem, publicPEM) = (key.pemRepresentation, key.publicKey.pemRepresentation)
        case .es384:
            let key = P384.Signing.PrivateKey()
            await keys.add(ecdsa: try ES384PrivateKey(pem: key.pemRepresentation))
            jwk.setPoint("P-384", Array(key.publicKey.rawRepresentation))
            (pem, publicPEM) = (key.pemRepresentation, key.publicKey.pemRepresentation)
        }
        return TestKey(
            id: id,
            algorithm: algorithm,
            pem: pem,
            publicPEM: publicPEM,
            jwk: jwk,
            signer: try await keys.getKey()
        )
    }

    /// A token of this key's, with parts of its header changed.
    func token(_ claims: JSONObject, header changes: JSONObject = [:]) throws -> String {
        var header: JSONObject = [
            "alg": .string(algorithm.rawValue), "kid": .string(id), "typ": "JWT",
        ]
        header.change(changes)
        let input = TokenText.unsigned(header, claims)
        return input + "." + Base64URL.encode(try sign(Array(input.utf8)))
    }
}

/// A token's text from its parts.
enum TokenText {
    static func unsigned(_ header: JSONObject, _ claims: JSONObject) -> String {
        [header, claims].map { Base64URL.encode(JSONValue.object($0).text.utf8) }
            .joined(separator: ".")
    }
}

extension JSONObject {
    /// Puts each member in; a null takes its member out.
    mutating func change(_ changes: JSONObject) {
        for (key, value) in changes.members { self[key] = value.isNull ? nil : value }
    }

    fileprivate mutating func setPoint(_ curve: String, _ point: [UInt8]) {
        self["kty"] = "EC"
        self["crv"] = .string(curve)
        self["x"] = .string(Base64URL.encode(point.prefix(point.count / 2)))
        self["y"] = .string(Base64URL.encode(point.suffix(point.count / 2)))
    }
}

/// Keys made once, since an RSA key takes a while.
enum TestKeys {
    private static let made = Task {
        var keys: [SignatureAlgorithm: TestKey] = [:]
        for algorithm in SignatureAlgorithm.allCases {
            keys[algorithm] = try await TestKey.make(algorithm, id: "k-" + algorithm.rawValue)
        }
        return keys
    }

    static func key(_ algorithm: SignatureAlgorithm) async throws -> TestKey {
        guard let key = try await made.value[algorithm] else { throw CancellationError() }
        return key
    }
}

extension SignatureAlgorithm {
    /// The digest of a signature by RSA.
    fileprivate var digest: DigestAlgorithm {
        switch self {
        case .rs384: .sha384
        case .rs512: .sha512
        default: .sha256
        }
    }
}
