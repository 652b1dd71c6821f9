import Kernel

/// `application/x-www-form-urlencoded`, as forms and queries are sent (WHATWG URL, 5).
package enum URLEncoding {
    /// The most fields that one form may send.
    package static let fieldsMax = 2_000

    /// Reads a form or a query; nil when it has more fields than a form of ours can have.
    package static func decode(_ bytes: some Sequence<UInt8>) -> Form? {
        let bytes = Array(bytes)
        var fields: [Form.Field] = []
        for part in bytes.split(separator: 0x26) {
            if fields.count == fieldsMax { return nil }
            let end = part.firstIndex(of: 0x3D) ?? part.endIndex
            fields.append(
                Form.Field(
                    name: String(formEncoded: part[..<end]),
                    value: String(formEncoded: part[end...].dropFirst())
                )
            )
        }
        return Form(fields)
    }

    package static func encode(_ form: Form) -> String {
        form.fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// One name or value, so that it can stand in a query or a path.
    package static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.unicodeScalars.append(UnicodeScalar(byte))
            default:
                encoded.unicodeScalars.append("%")
                encoded.unicodeScalars.append(UnicodeScalar(hex[Int(byte >> 4)]))
                encoded.unicodeScalars.append(UnicodeScalar(hex[Int(byte & 15)]))
            }
        }
        return encoded
    }

    /// Text with its `%` escapes undone, and `+` as a space.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(formEncoded: Array(bytes)[...])
    }

    private static let hex = Array("0123456789ABCDEF".utf8)
}
