/// Writes JSON (RFC 8259) as UTF-8 bytes, compactly, putting the commas in.
///
/// The caller keeps beginnings and ends in pairs and gives a key before each value of an object.
package struct JSONWriter: Sendable {
    /// What has been written.
    package var bytes: [UInt8] = []

    /// Whether a comma is due before the next key or value.
    private var needsComma = false

    /// A writer with nothing written.
    package init() {}

    /// A writer with room for a number of bytes.
    package init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// What has been written, as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Begins an object.
    package mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends an object.
    package mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Begins an array.
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends an array.
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes the key of the value that comes next.
    package mutating func key(_ key: String) {
        comma()
        quote(key)
        bytes.append(Ascii.colon)
        needsComma = false
    }

    /// Writes a string.
    package mutating func string(_ value: String) {
        comma()
        quote(value)
    }

    /// Writes a whole number.
    package mutating func int(_ value: Int) {
        comma()
        if value < 0 { bytes.append(Ascii.minus) }
        var rest = value.magnitude
        guard rest > 9 else {
            bytes.append(Ascii.zero + UInt8(rest))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var index = 20
            while rest > 0 {
                index -= 1
                digits[index] = Ascii.zero + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[index...]))
        }
    }

    /// Writes a number: the shortest text that reads back the same, a whole number without a
    /// point; null if it is infinite or not a number, which JSON cannot say.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return int(whole) }
        raw(value.description)
    }

    /// Writes true or false.
    package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// Writes null.
    package mutating func null() { raw("null") }

    /// Writes bytes that are already the JSON of one value.
    package mutating func raw(_ json: [UInt8]) {
        comma()
        bytes.append(contentsOf: json)
    }

    /// Writes part of some bytes that is already the JSON of one value.
    package mutating func raw(_ json: ArraySlice<UInt8>) {
        comma()
        bytes.append(contentsOf: json)
    }

    /// Writes text that is already the JSON of one value.
    package mutating func raw(_ json: String) {
        comma()
        bytes.append(contentsOf: json.utf8)
    }

    /// Opens an object or array.
    private mutating func begin(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    /// Closes an object or array.
    private mutating func end(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    /// Writes the comma that is due, and makes one due after what comes next.
    private mutating func comma() {
        if needsComma { bytes.append(Ascii.comma) }
        needsComma = true
    }

    /// Writes a string in quotes, copying the stretches that need no escape in one go.
    private mutating func quote(_ value: String) {
        var value = value
        bytes.append(JSONByte.quote)
        value.withUTF8 { text in
            var start = 0
            while true {
                let stop = JSONByte.endOfPlain(text, from: start)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<stop]))
                guard stop < text.count else { break }
                escape(text[stop])
                start = stop + 1
            }
        }
        bytes.append(JSONByte.quote)
    }

    /// Writes the escape of a quote, a backslash or a control character.
    private mutating func escape(_ byte: UInt8) {
        bytes.append(JSONByte.backslash)
        switch byte {
        case JSONByte.quote, JSONByte.backslash: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            let low = byte & 15
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Ascii.zero + byte >> 4)
            bytes.append(low < 10 ? Ascii.zero + low : 0x61 + low - 10)
        }
    }
}
