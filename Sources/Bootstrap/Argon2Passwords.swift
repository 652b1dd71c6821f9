import Application
import Passwords

/// The passwords room, as the application asks for it.
struct Argon2Passwords: PasswordHashing {
    private let hasher = PasswordHasher()

    func hash(_ password: String) async throws -> String {
        try await named { try await hasher.hash(password) }
    }

    func verify(_ password: String, against hash: String?) async throws -> Bool {
        try await named { try await hasher.verify(password, against: hash) }
    }

    func needsRehash(_ hash: String) -> Bool { hasher.needsRehash(hash) }

    private func named<R>(_ work: () async throws -> R) async throws -> R {
        do {
            return try await work()
        } catch PasswordFailure.busy {
            throw ServiceError.passwordsBusy
        }
    }
}
