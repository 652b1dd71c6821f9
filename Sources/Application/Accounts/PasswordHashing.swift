/// Hashes and verifies passwords; which way is the installation's choice.
package protocol PasswordHashing: Sendable {
    /// A hash of a password, with its salt and parameters.
    ///
    /// - Throws: `ServiceError`, with the code `busy` when too many wait.
    func hash(_ password: String) async throws -> String
    /// Whether a password is the one that was hashed; without a hash it costs as much.
    ///
    /// - Throws: `ServiceError`, with the code `busy` when too many wait.
    func verify(_ password: String, against hash: String?) async throws -> Bool
    /// Whether a hash was made in another way than new ones are.
    func needsRehash(_ hash: String) -> Bool
}

/// For parts of the program where nobody signs in.
package struct NoPasswords: PasswordHashing {
    package init() {}

    package func hash(_ password: String) async throws -> String { throw Self.none }

    package func verify(_ password: String, against hash: String?) async throws -> Bool {
        throw Self.none
    }

    package func needsRehash(_ hash: String) -> Bool { false }

    private static let none = ServiceError(.invalid, "Nobody can sign in here.")
}

extension ServiceError {
    /// So many people sign in at once that one more has to wait.
    package static let passwordsBusy = ServiceError(
        .refused,
        code: "busy",
        "Many people are signing in at this moment. Try again in a few seconds."
    )
}
