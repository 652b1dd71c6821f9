import Foundation

/// Bytes as text of letters, digits, "-" and "_", without padding (RFC 4648 5, RFC 7515 2).
enum Base64URL {
    /// The text of bytes.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// The bytes of text, read strictly: only text that `encode` writes.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let usual = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: usual + padding) else { return nil }
        // Two texts for the same bytes would let a token have two spellings.
        let bytes = [UInt8](data)
        return encode(bytes) == text ? bytes : nil
    }
}
