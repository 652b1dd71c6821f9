import Casework
import Crypto
import Foundation
import Kernel

/// Seals what identifies people, each under a key of their own.
///
/// AES-256-GCM (NIST SP 800-38D) with random nonces; person keys are wrapped by a key derived
/// from the installation's master key (HKDF, RFC 5869). Look-ups go by keyed blind indexes
/// (HMAC-SHA-256, the first 16 bytes).
package struct Vault: Sendable {
    private let wrapping: SymmetricKey
    /// Begun with its key, which costs as much as an index; each index goes on from a copy.
    private let indexing: HMAC<SHA256>
    /// Begun with its key likewise.
    private let signing: HMAC<SHA256>

    /// - Parameter master: the installation's master key, 32 bytes.
    package init(master: [UInt8]) throws(StoreError) {
        guard master.count == 32 else { throw .badKey("it has \(master.count) bytes, not 32") }
        let key = SymmetricKey(data: master)
        wrapping = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            info: Data("goodwork person keys".utf8),
            outputByteCount: 32
        )
        indexing = HMAC<SHA256>(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key,
                info: Data("goodwork blind indexes".utf8),
                outputByteCount: 32
            )
        )
        signing = HMAC<SHA256>(
            key: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key,
                info: Data("goodwork signatures".utf8),
                outputByteCount: 32
            )
        )
    }

    /// A new master key.
    package static func newMasterKey() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// A value by which a wrong master key is noticed.
    package var check: [UInt8] { index("check", "goodwork") }

    /// A new key for a person, with its wrapped form.
    package func newKey(for person: PersonID) throws -> (key: PersonKey, wrapped: [UInt8]) {
        let key = PersonKey(person: person, key: SymmetricKey(size: .bits256))
        let clear = key.key.withUnsafeBytes { Array($0) }
        return (key, try Self.seal(clear, with: wrapping, bound: "key:\(person.text)"))
    }

    /// Opens a wrapped key.
    package func unwrap(_ wrapped: [UInt8], for person: PersonID) throws(StoreError) -> PersonKey {
        let clear = try Self.open(wrapped, with: wrapping, bound: "key:\(person.text)")
        return PersonKey(person: person, key: SymmetricKey(data: clear))
    }

    /// A keyed index of a value, equal for equal values and telling nothing else.
    package func index(_ kind: String, _ value: String) -> [UInt8] {
        var mac = indexing
        mac.update(data: Array("\(kind):\(value)".utf8))
        return Array(mac.finalize().prefix(16))
    }

    /// Seals what belongs to no person under the installation's own key.
    ///
    /// - Parameter place: where it stands, so that it cannot be moved to another place.
    package func seal(_ clear: [UInt8], at place: String) throws -> [UInt8] {
        try Self.seal(clear, with: wrapping, bound: "place:\(place)")
    }

    /// Opens what was sealed for the same place.
    package func open(_ sealed: [UInt8], at place: String) throws(StoreError) -> [UInt8] {
        try Self.open(sealed, with: wrapping, bound: "place:\(place)")
    }

    /// Signs bytes that leave the installation and come back: HMAC-SHA-256, 32 bytes.
    ///
    /// - Parameter purpose: what they are for, so that they serve no other.
    package func sign(_ bytes: [UInt8], for purpose: String) -> [UInt8] {
        Array(signature(of: bytes, for: purpose))
    }

    /// Whether these bytes were signed here for this purpose, told in the same time either way.
    package func isSigned(_ bytes: [UInt8], for purpose: String, by signature: [UInt8]) -> Bool {
        self.signature(of: bytes, for: purpose) == signature
    }

    private func signature(
        of bytes: [UInt8],
        for purpose: String
    ) -> HMAC<SHA256>.MAC {
        var mac = signing
        mac.update(data: Array("\(purpose.utf8.count):\(purpose)".utf8))
        mac.update(data: bytes)
        return mac.finalize()
    }

    fileprivate static func seal(
        _ clear: [UInt8],
        with key: SymmetricKey,
        bound: String
    ) throws -> [UInt8] {
        let box = try AES.GCM.seal(clear, using: key, authenticating: Array(bound.utf8))
        // With a nonce of the usual length they stand together already.
        if let combined = box.combined { return Array(combined) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(clear.count + 28)
        bytes.append(contentsOf: box.nonce)
        bytes.append(contentsOf: box.ciphertext)
        bytes.append(contentsOf: box.tag)
        return bytes
    }

    fileprivate static func open(
        _ sealed: [UInt8],
        with key: SymmetricKey,
        bound: String
    ) throws(StoreError) -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: key, authenticating: Array(bound.utf8)))
        } catch {
            throw .damaged("something sealed cannot be opened with its key")
        }
    }
}

/// The key under which one person's identity and free text are sealed.
package struct PersonKey: Sendable {
    package let person: PersonID
    fileprivate let key: SymmetricKey

    /// Seals bytes, bound to a place so that they cannot be moved to another.
    package func seal(_ clear: [UInt8], at place: String) throws -> [UInt8] {
        try Vault.seal(clear, with: key, bound: place)
    }

    /// Opens bytes sealed at the same place.
    package func open(_ sealed: [UInt8], at place: String) throws(StoreError) -> [UInt8] {
        try Vault.open(sealed, with: key, bound: place)
    }
}
