/// An address of the Internet Protocol: 4 bytes (version 4) or 16 (version 6).
package struct IPAddress: Hashable, Sendable {
    package let bytes: [UInt8]

    /// An address from its bytes; version 4 written as version 6 (RFC 4291, 2.5.5.2) is version 4.
    package init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.bytes = bytes
        case 16:
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF
            self.bytes = isMapped && bytes[11] == 0xFF ? Array(bytes[12...]) : bytes
        default: return nil
        }
    }

    /// An address as it is written: `192.0.2.1`, `2001:db8::1`.
    package init?(_ text: some StringProtocol) {
        let read = text.contains(":") ? Self.sixteen(text) : Self.four(text)
        guard let read, let address = IPAddress(bytes: read) else { return nil }
        self = address
    }

    /// The address as it is written, in full.
    package var text: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }.joined(separator: ":")
    }

    /// Four numbers, without leading noughts: those are read in other ways elsewhere.
    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard part.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = UInt8(part),
                part.utf8.count == 1 || part.utf8.first != 0x30
            else { return nil }
            bytes.append(number)
        }
        return bytes
    }

    /// Eight groups (RFC 4291, 2.2), of which a run of noughts may be left out once.
    private static func sixteen(_ text: some StringProtocol) -> [UInt8]? {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { return nil }
        var sides: [[UInt8]] = []
        for half in halves {
            guard let bytes = groups(half) else { return nil }
            sides.append(bytes)
        }
        if sides.count == 1 { return sides[0].count == 16 ? sides[0] : nil }
        let missing = 16 - sides[0].count - sides[1].count
        return missing >= 2 ? sides[0] + [UInt8](repeating: 0, count: missing) + sides[1] : nil
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard index == parts.count - 1, let four = four(part) else { return nil }
                bytes += four
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.first != 0x2B,
                let number = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
        }
        return bytes
    }

    /// Whether anybody on the internet may have it, so that a stranger may name it.
    package var isPublic: Bool { !IPRange.special.contains { $0.contains(self) } }
}

/// The addresses that begin with the same bits: `10.0.0.0/8`.
package struct IPRange: Hashable, Sendable {
    private let start: IPAddress
    private let bits: Int

    /// A range as it is written, or a single address.
    package init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let start = IPAddress(halves[0]) else { return nil }
        self.start = start
        let most = start.bytes.count * 8
        guard halves.count == 2 else {
            bits = most
            return
        }
        guard let bits = Int(halves[1]), (0...most).contains(bits) else { return nil }
        self.bits = bits
    }

    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == start.bytes.count else { return false }
        for index in start.bytes.indices {
            let left = bits - index * 8
            if left <= 0 { return true }
            let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
            if (address.bytes[index] ^ start.bytes[index]) & mask != 0 { return false }
        }
        return true
    }

    /// What is not for everybody (IANA's registries of special addresses), and what stands for
    /// one of those in version 6: 6to4, Teredo, and the prefixes of translators.
    static let special: [IPRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { IPRange($0) }
}
