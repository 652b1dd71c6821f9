import CSodium
import Foundation

/// Hashes passwords with argon2id, on threads of its own.
///
/// The parameters are those of OWASP's Password Storage Cheat Sheet: 19 MiB of memory, 2 passes.
/// The hash is a text in the PHC format, which names its own parameters and salt.
package struct PasswordHasher: Sendable {
    /// What a hash costs.
    package struct Cost: Sendable, Hashable {
        package var memoryBytes: Int
        package var passes: UInt64

        package init(memoryBytes: Int, passes: UInt64) {
            self.memoryBytes = memoryBytes
            self.passes = passes
        }

        /// 19 MiB and 2 passes, about 50 ms.
        package static let standard = Cost(memoryBytes: 19 << 20, passes: 2)
    }

    package let cost: Cost
    private let threads: HashingThreads

    /// Makes a hasher with its own threads.
    ///
    /// - Parameters:
    ///   - threads: how many hashes are made at once.
    ///   - waitingMax: how many may wait; one more is answered `busy`.
    package init(cost: Cost = .standard, threads: Int = 2, waitingMax: Int = 64) {
        self.cost = cost
        self.threads = HashingThreads(count: threads, waitingMax: waitingMax)
    }

    /// A new hash of a password, with a salt of its own.
    ///
    /// - Throws: `PasswordFailure`.
    package func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await threads.run { try Self.hash(password, cost) }
    }

    /// Whether a password is the one that was hashed.
    ///
    /// - Parameter hash: nil when there is no such account; it costs as much and answers false.
    /// - Throws: `PasswordFailure`.
    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        let cost = cost
        return try await threads.run {
            guard let hash else {
                _ = try Self.hash(password, cost)
                return false
            }
            return try Self.withBytes(of: password) { bytes, count in
                crypto_pwhash_str_verify(hash, bytes, count) == 0
            }
        }
    }

    /// Whether a hash was made with another cost than new ones are.
    package func needsRehash(_ hash: String) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, cost.passes, cost.memoryBytes) != 0
    }

    private static func hash(_ password: String, _ cost: Cost) throws -> String {
        try withBytes(of: password) { bytes, count in
            var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
            let failed = crypto_pwhash_str_alg(
                &text,
                bytes,
                count,
                cost.passes,
                cost.memoryBytes,
                crypto_pwhash_ALG_ARGON2ID13
            )
            guard failed == 0 else { throw PasswordFailure.outOfMemory }
            let ascii = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return String(decoding: ascii, as: UTF8.self)
        }
    }

    /// Lends a password's bytes, and wipes them afterwards.
    ///
    /// They are those of its compatibility form (NFKC), so that a letter typed on another
    /// keyboard is the same letter (NIST SP 800-63B, section 5.1.1.2).
    private static func withBytes<R>(
        of password: String,
        _ body: (UnsafePointer<CChar>, UInt64) throws -> R
    ) throws -> R {
        let normal = password.precomposedStringWithCompatibilityMapping.utf8
        // One byte more than the password, so that an empty one has an address too.
        let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: normal.count + 1)
        bytes.initialize(repeating: 0)
        defer {
            sodium_memzero(bytes.baseAddress, bytes.count)
            bytes.deallocate()
        }
        guard let start = bytes.baseAddress else { throw PasswordFailure.outOfMemory }
        for (index, byte) in normal.enumerated() { bytes[index] = CChar(bitPattern: byte) }
        return try body(UnsafePointer(start), UInt64(normal.count))
    }
}

/// Why a password was neither hashed nor verified.
package enum PasswordFailure: Error, Sendable, Hashable {
    /// As many are waiting as may wait.
    case busy
    case outOfMemory
    /// The library could not be started.
    case noLibrary
}
