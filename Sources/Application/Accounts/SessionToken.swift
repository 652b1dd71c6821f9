import Crypto
import Kernel

/// What a session's cookie holds: 32 random bytes, of which only a hash is stored.
struct SessionToken: Sendable {
    let bytes: [UInt8]

    /// A new token.
    init() { bytes = RandomText.bytes(32) }

    /// A token from a cookie.
    init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = Base64URL.bytes(text) else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64URL.text(bytes) }
    /// What the session is stored under.
    var id: [UInt8] { Array(SHA256.hash(data: bytes)) }
}

/// Whoever a session's cookie belongs to.
package struct SignedIn: Sendable, Hashable {
    package var account: Account
    package var stage: SignInStage

    package var actor: Actor { account.actor }
}

/// What a session's cookie is worth.
package enum SessionState: Sendable, Hashable {
    /// There is no such session, or it was ended on purpose.
    case none
    /// It ran out; what was being typed can be kept for the account.
    case expired(UserID)
    case live(SignedIn)

    package var signedIn: SignedIn? {
        if case .live(let signedIn) = self { signedIn } else { nil }
    }
}
