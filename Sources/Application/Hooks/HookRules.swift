import Crypto
import Foundation
import Kernel
import Store

/// What the operator lets webhooks and subscriptions be.
package struct HookRules: Sendable {
    /// Private networks that may be posted to all the same, over `http` too.
    package var allowed: [IPRange]
    /// How many one client may have of each kind.
    package var ofClientMax = 20

    package init(allowed: [IPRange] = []) { self.allowed = allowed }

    /// What is wrong with an address, as far as its spelling shows it.
    ///
    /// Where a name leads to is found when something is posted there, each time.
    package func problem(ofAddress text: String) -> String? {
        guard text.utf8.count <= 1_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else { return "is no https address" }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
            return "has a name, a password or a fragment in it"
        }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let isLoopback = bare == "localhost"
        let address = isLoopback ? IPAddress("127.0.0.1") : IPAddress(bare)
        if let address, allowed.contains(where: { $0.contains(address) }) { return nil }
        guard scheme == "https" else { return "is not https" }
        if isLoopback || address.map({ !$0.isPublic }) == true { return "is in a private network" }
        return nil
    }
}

/// What webhooks are signed with (Standard Webhooks 1.0): `whsec_` and base64.
package enum HookSecret {
    private static let mark = "whsec_"

    package static func new() -> String { text(RandomText.bytes(32)) }

    static func text(_ bytes: [UInt8]) -> String { mark + Data(bytes).base64EncodedString() }

    /// The bytes of a secret; nil when they are not 24 to 64.
    package static func bytes(_ text: String) -> [UInt8]? {
        guard text.hasPrefix(mark),
            let data = Data(base64Encoded: String(text.dropFirst(mark.count))),
            (24...64).contains(data.count)
        else { return nil }
        return Array(data)
    }

    /// The headers that say what is sent, when, and that it is ours.
    static func headers(id: String, at now: Instant, body: [UInt8], secret: [UInt8]) -> [String] {
        let seconds = now.milliseconds / 1_000
        var code = HMAC<SHA256>(key: SymmetricKey(data: secret))
        code.update(data: Array("\(id).\(seconds).".utf8))
        code.update(data: body)
        let signature = Data(code.finalize()).base64EncodedString()
        return [
            "Webhook-Id: \(id)", "Webhook-Timestamp: \(seconds)",
            "Webhook-Signature: v1,\(signature)",
        ]
    }
}
