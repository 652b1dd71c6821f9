import Crypto

/// Secrets made by the system's secure generator, written for people or for cookies.
enum RandomText {
    static func bytes(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }

    /// A password to be typed once: 80 bits, as in `k7mq-2xvd-hh3a-r5tz`.
    static func password() -> String { grouped(Base32.text(bytes(10)), 4) }

    /// A recovery code: 50 bits, as in `k7mq2-xvdhh`.
    static func recoveryCode() -> String {
        grouped(String(Base32.text(bytes(7)).prefix(10)), 5)
    }

    private static func grouped(_ text: String, _ size: Int) -> String {
        var groups: [Substring] = []
        var rest = text.lowercased()[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return groups.joined(separator: "-")
    }
}

/// Bytes as letters A to Z and digits 2 to 7 (RFC 4648), without padding.
package enum Base32 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    package static func text(_ bytes: [UInt8]) -> String {
        String(bytes.groups(ofBits: 5).map { digits[$0] })
    }
}

/// Bytes as they stand in cookies and links (RFC 4648, section 5), without padding.
package enum Base64URL {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
    )

    package static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.groups(ofBits: 6).map { digits[$0] }, as: UTF8.self)
    }

    /// The bytes of a text; nil when it is not one that `text` writes.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits = 0
        var held: UInt32 = 0
        for byte in text.utf8 {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            held = held << 6 | UInt32(digit)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
            }
        }
        // A digit too many, or bits that stand for nothing, would be a second spelling.
        guard bits < 6, held & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }
}

extension [UInt8] {
    /// The bits in groups of a width, the last filled up with zeros.
    fileprivate func groups(ofBits width: Int) -> [Int] {
        var groups: [Int] = []
        var bits = 0
        var held: UInt32 = 0
        let mask = 1 << width - 1
        for byte in self {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= width {
                bits -= width
                groups.append(Int(held >> UInt32(bits)) & mask)
            }
        }
        if bits > 0 { groups.append(Int(held << UInt32(width - bits)) & mask) }
        return groups
    }
}
