import Application
import Passwords
import Synchronization

/// Real argon2id hashes that are cheap, counting what was done.
package final class TestPasswords: PasswordHashing {
    /// Serves every installation that asks for no other, so that a test run has few threads.
    package static let shared = TestPasswords()

    private let hasher: PasswordHasher
    private let verified = Mutex(0)

    /// Makes a hasher.
    ///
    /// - Parameter cost: 64 KiB and one pass, unless it matters.
    package init(cost: PasswordHasher.Cost = .init(memoryBytes: 64 << 10, passes: 1)) {
        hasher = PasswordHasher(cost: cost, threads: 2, waitingMax: 10_000)
    }

    /// How many times a password was verified, against a hash or against none.
    package var verifications: Int { verified.withLock { $0 } }

    package func hash(_ password: String) async throws -> String {
        try await hasher.hash(password)
    }

    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        verified.withLock { $0 += 1 }
        return try await hasher.verify(password, against: hash)
    }

    package func needsRehash(_ hash: String) -> Bool { hasher.needsRehash(hash) }
}
