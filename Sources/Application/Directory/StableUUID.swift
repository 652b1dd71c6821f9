import Crypto

/// An id that always stands for the same name (RFC 9562, 5.5: version 5).
package enum StableUUID {
    /// Ours: made once, and never changed.
    private static let space: [UInt8] = [
        0x5D, 0x0B, 0x9A, 0x61, 0x2C, 0x3E, 0x4F, 0x87, 0xA4, 0x19, 0x6E, 0x70, 0xD2, 0x58, 0xC1,
        0x3B,
    ]

    package static func of(_ name: String) -> String {
        var bytes = Array(Insecure.SHA1.hash(data: space + Array(name.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(bytes)
    }

    /// One that nobody has used (version 4).
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return text(bytes)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = bytes.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 0x0F, radix: 16)
        }
        let cuts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
        return cuts.map { digits[$0].joined() }.joined(separator: "-")
    }
}
