import Foundation

/// A web address that a secret may be sent to: https, or http on this machine's loopback.
struct SafeAddress: Hashable, Sendable {
    /// The address as written.
    let text: String

    /// An address, unless it is not absolute, not safe, or has user, password or fragment.
    init?(_ text: String) {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), let host = parts.host?.lowercased(),
            !host.isEmpty, parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        guard scheme == "https" || scheme == "http" && Self.isLoopback(host) else { return nil }
        self.text = text
    }

    /// The address with pairs added to its query.
    func adding(query pairs: [(String, String)]) -> String {
        let separator = text.contains("?") ? "&" : "?"
        return text + separator + FormText.encode(pairs)
    }

    /// Whether a host in lower case is this machine, by its spelling alone.
    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "[::1]", "::1"].contains(host) { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127"
            && numbers.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}
