/// Finds where in a text the value stands that a pointer names (RFC 6901), to tell whoever wrote it.
///
/// Read only when there is a fault; the text is known to be JSON.
package struct JSONPlaces: Sendable {
    private let bytes: [UInt8]
    private var places: [String: Int] = [:]
    private var index = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        value("")
    }

    /// Line and column of a value, from 1; of one that is missing, those of what it should be in.
    package func place(_ pointer: String) -> (line: Int, column: Int)? {
        var pointer = Substring(pointer)
        while true {
            if let offset = places[String(pointer)] { return lineAndColumn(offset) }
            guard let slash = pointer.lastIndex(of: "/") else { return nil }
            pointer = pointer[..<slash]
        }
    }

    private func lineAndColumn(_ offset: Int) -> (line: Int, column: Int) {
        let before = bytes[..<offset]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return (line, bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1)
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private mutating func value(_ pointer: String) {
        skipSpace()
        guard index < bytes.count else { return }
        places[pointer] = index
        switch bytes[index] {
        case UInt8(ascii: "{"): members(pointer)
        case UInt8(ascii: "["): elements(pointer)
        case UInt8(ascii: "\""): _ = string()
        default:
            let ends: [UInt8] = [0x2C, 0x5D, 0x7D, 0x20, 0x09, 0x0A, 0x0D]
            while index < bytes.count, !ends.contains(bytes[index]) { index += 1 }
        }
    }

    private mutating func members(_ pointer: String) {
        index += 1
        while index < bytes.count {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
            let key = string()
            skipSpace()
            // The colon.
            index += 1
            let part = key.replacing("~", with: "~0").replacing("/", with: "~1")
            value("\(pointer)/\(part)")
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        index += 1
    }

    private mutating func elements(_ pointer: String) {
        index += 1
        var place = 0
        skipSpace()
        while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
            value("\(pointer)/\(place)")
            place += 1
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
            index += 1
        }
        index += 1
    }

    private mutating func string() -> String {
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index + 1, bytes.count)
        return (try? JSONValue(parsing: Array(bytes[start..<index])))?.string ?? ""
    }
}
