import Kernel

/// The primitive types of FHIR R4.
enum PrimitiveKind: String, CaseIterable, Sendable {
    case boolean, integer, positiveInt, unsignedInt, decimal
    case string, markdown, code, id, uri, url, canonical, oid, uuid
    case date, dateTime, instant, time, base64Binary, xhtml

    /// How its values stand in JSON.
    enum Form { case truth, number, text }

    /// How its values stand in JSON.
    var form: Form {
        switch self {
        case .boolean: .truth
        case .integer, .positiveInt, .unsignedInt, .decimal: .number
        default: .text
        }
    }

    /// What a value must be, to follow "must be".
    var expected: String {
        switch self {
        case .boolean: "true or false, without quotes"
        case .integer: "a whole number of 32 bits"
        case .positiveInt: "a whole number from 1 to 2147483647"
        case .unsignedInt: "a whole number from 0 to 2147483647"
        case .decimal: "a number, without quotes"
        case .string, .markdown: "text that is not blank"
        case .code: "a code: text without spaces at its ends or two together"
        case .id: "an id: 1 to 64 letters, digits, hyphens and dots"
        case .uri, .url, .canonical: "an address without spaces"
        case .oid: "an object identifier such as urn:oid:1.2.36"
        case .uuid: "a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520"
        case .date: "a date: 2025, 2025-04 or 2025-04-01"
        case .dateTime: "a date, or a date and time with its zone: 2025-04-01T09:30:00+01:00"
        case .instant: "a date and time with its zone: 2025-04-01T09:30:00.000Z"
        case .time: "a time of day: 09:30:00"
        case .base64Binary: "bytes in base64"
        case .xhtml: "XHTML within one div"
        }
    }

    /// Whether the text of a string, or of a number, is a value of the type.
    func takes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .boolean: true
        case .integer: Self.whole(bytes).map { Int32(exactly: $0) != nil } ?? false
        case .positiveInt: Self.whole(bytes).map { (1...Self.most).contains($0) } ?? false
        case .unsignedInt: Self.whole(bytes).map { (0...Self.most).contains($0) } ?? false
        case .decimal: true
        case .string, .markdown: Self.isText(bytes)
        case .code: Self.isCode(bytes)
        case .id: (1...64).contains(bytes.count) && bytes.allSatisfy(Self.isIDByte)
        case .uri, .url, .canonical:
            !bytes.isEmpty && bytes.allSatisfy { $0 > 0x20 }
        case .oid: Self.isOID(bytes)
        case .uuid: Self.isUUID(bytes)
        case .date: bytes.count <= 10 && Self.isDate(bytes)
        case .dateTime: bytes.count <= 10 ? Self.isDate(bytes) : Self.isInstant(bytes)
        case .instant: Self.isInstant(bytes)
        case .time: Self.isTime(bytes)
        case .base64Binary: Self.isBase64(bytes)
        case .xhtml: Self.isDivision(bytes)
        }
    }

    private static let most = 2_147_483_647

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        Int(String(decoding: bytes, as: UTF8.self))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || byte == 0x2D || byte == 0x2E
    }

    /// Up to a megabyte, not of spaces alone, and without control characters but tabs and lines.
    private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= 1_048_576 else { return false }
        var hasMark = false
        for byte in bytes {
            if byte > 0x20 {
                hasMark = true
            } else if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
                return false
            }
        }
        return hasMark
    }

    private static func isCode(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var wasSpace = true
        for byte in bytes {
            if byte < 0x20 { return false }
            if byte == 0x20, wasSpace { return false }
            wasSpace = byte == 0x20
        }
        return !wasSpace
    }

    private static func isOID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count > 10, bytes.starts(with: "urn:oid:".utf8) else { return false }
        let arcs = bytes.dropFirst(8).split(separator: 0x2E, omittingEmptySubsequences: false)
        return arcs.count > 1
            && arcs.allSatisfy { arc in
                !arc.isEmpty && arc.allSatisfy(isDigit) && (arc.count == 1 || arc.first != 0x30)
            }
    }

    private static func isUUID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 45, bytes.starts(with: "urn:uuid:".utf8) else { return false }
        for index in 9..<45 {
            let isHyphen = [17, 22, 27, 32].contains(index)
            let byte = bytes[index]
            let isHex = isDigit(byte) || (byte | 0x20) &- 0x61 < 6
            if isHyphen ? byte != 0x2D : !isHex { return false }
        }
        return true
    }

    /// A year, a month or a day.
    private static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if bytes.count == 10 { return CivilDate(isoBytes: bytes) != nil }
        guard bytes.count == 4 || bytes.count == 7 else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return CivilDate(iso: bytes.count == 4 ? text + "-01-01" : text + "-01") != nil
    }

    private static func isInstant(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count > 10 && Instant(isoBytes: bytes) != nil
    }

    private static func isTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 8 else { return false }
        return Instant(iso: "2000-01-01T" + String(decoding: bytes, as: UTF8.self) + "Z") != nil
    }

    private static func isBase64(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var count = 0
        var padding = 0
        for byte in bytes where byte > 0x20 {
            if byte == 0x3D {
                padding += 1
            } else {
                let isMark = isDigit(byte) || isLetter(byte) || byte == 0x2B || byte == 0x2F
                if !isMark || padding > 0 { return false }
            }
            count += 1
        }
        return count > 0 && count % 4 == 0 && padding < 3
    }

    /// One div, without anything that runs.
    private static func isDivision(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard isSame(bytes, at: 0, "<div"), isSame(bytes, at: bytes.count - 6, "</div>") else {
            return false
        }
        return !bytes.indices.contains { bytes[$0] == 0x3C && isSame(bytes, at: $0, "<script") }
    }

    /// Whether some bytes are a word of small letters, capitals not counting.
    private static func isSame(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int,
        _ word: StaticString
    ) -> Bool {
        let count = word.utf8CodeUnitCount
        guard start >= 0, start + count <= bytes.count else { return false }
        for offset in 0..<count {
            let byte = bytes[start + offset]
            let small = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if small != word.utf8Start[offset] { return false }
        }
        return true
    }
}
