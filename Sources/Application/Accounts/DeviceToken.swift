import Kernel
import Store

/// Marks a device that somebody has signed in on, so that an attack from elsewhere does not slow
/// them.
///
/// It is worth nothing else: neither a password nor a second factor.
struct DeviceToken: Sendable {
    var account: UserID
    var issuedAt: Instant
    /// Random, the same for as long as the token is kept.
    var device: String

    private static let purpose = "device"
    private var payload: String { "\(account.text).\(issuedAt.milliseconds).\(device)" }

    init(account: UserID, issuedAt: Instant) {
        self.account = account
        self.issuedAt = issuedAt
        device = Base64URL.text(RandomText.bytes(16))
    }

    /// A token from a cookie; nil when it was not signed here.
    init?(_ text: String, vault: Vault) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 4, let account = UserID(parts[0]),
            let milliseconds = Int64(parts[1]), let signature = Base64URL.bytes(parts[3])
        else { return nil }
        self.account = account
        issuedAt = Instant(milliseconds: milliseconds)
        device = String(parts[2])
        guard vault.isSigned(Array(payload.utf8), for: Self.purpose, by: signature) else {
            return nil
        }
    }

    func text(vault: Vault) -> String {
        "\(payload).\(Base64URL.text(vault.sign(Array(payload.utf8), for: Self.purpose)))"
    }
}

extension Goodwork {
    /// What a device keeps after its user signed in, to be given with the next sign-in.
    package func deviceToken(for account: UserID) -> String {
        DeviceToken(account: account, issuedAt: now()).text(vault: store.vault)
    }

    /// The device of a token, if an account signed in on it not too long ago.
    func knownDevice(_ token: String?, of account: UserID?) -> String? {
        guard let token, let account, let found = DeviceToken(token, vault: store.vault),
            found.account == account
        else { return nil }
        let days = Int64(signInRules.deviceDays)
        return now() < found.issuedAt.adding(milliseconds: days * 86_400_000)
            ? found.device : nil
    }
}
