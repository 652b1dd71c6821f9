/// How text becomes markup that says the same (HTML Living Standard, 13.3).
enum Escape {
    static func append(_ text: String, to bytes: inout [UInt8], inAttribute: Bool) {
        var text = text
        text.withUTF8 { buffer in
            var from = 0
            for (index, byte) in buffer.enumerated() where mayNeedEntity(byte) {
                guard let entity = entity(byte, inAttribute) else { continue }
                bytes.append(contentsOf: buffer[from..<index])
                entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
                from = index + 1
            }
            bytes.append(contentsOf: buffer[from...])
        }
    }

    /// Whether a byte is not, at first sight, one of the most of a text.
    private static func mayNeedEntity(_ byte: UInt8) -> Bool { byte <= 0x3E || byte == 0x7F }

    private static func entity(_ byte: UInt8, _ inAttribute: Bool) -> StaticString? {
        switch byte {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: inAttribute ? "&quot;" : nil
        // A NUL, or another control character, is not allowed in a document.
        case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}
