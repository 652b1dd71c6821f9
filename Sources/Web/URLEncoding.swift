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
                Form.Field(name: text(part[..<end]), value: text(part[end...].dropFirst()))
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
    package static func text(_ bytes: some Sequence<UInt8>) -> String { text(Array(bytes)[...]) }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        if !bytes.contains(where: { $0 == 0x25 || $0 == 0x2B }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            if byte == 0x25, place + 1 < bytes.endIndex, let high = digit(bytes[place]),
                let low = digit(bytes[place + 1])
            {
                decoded.append(high << 4 | low)
                place += 2
            } else {
                decoded.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let hex = Array("0123456789ABCDEF".utf8)

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
