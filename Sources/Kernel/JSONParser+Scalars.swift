extension JSONParser {
    /// The next byte, or nil at the end.
    package var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// A fault at the index.
    package func fault(_ problem: String) -> JSONFault { JSONFault(problem, at: index, in: bytes) }

    /// Reads one of the three words of JSON.
    mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let count = word.utf8CodeUnitCount
        for offset in 0..<count where !bytes.has(word.utf8Start[offset], at: index + offset) {
            throw fault("no value begins like this; true, false and null are the only words")
        }
        index += count
        return value
    }

    /// Reads a number and gives its text.
    mutating func number() throws(JSONFault) -> String {
        let start = index
        try skipNumber()
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
    }

    /// Skips a number that begins at the index.
    package mutating func skipNumber() throws(JSONFault) {
        if current == Ascii.minus { index += 1 }
        if current == Ascii.zero {
            index += 1
        } else {
            try digits()
        }
        if current == Ascii.dot {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == Ascii.minus { index += 1 }
            try digits()
        }
    }

    /// Skips digits, of which there must be at least one.
    private mutating func digits() throws(JSONFault) {
        let start = index
        while index < bytes.count, Ascii.isDigit(bytes[index]) { index &+= 1 }
        guard index > start else { throw fault("a digit was expected in the number") }
    }

    /// Skips a string whose opening quote is at the index, and says whether it has no escapes.
    ///
    /// Whether its bytes are UTF-8 is not looked at.
    @discardableResult
    package mutating func skipString() throws(JSONFault) -> Bool {
        let start = index + 1
        let stop = JSONByte.endOfPlain(bytes, from: start)
        guard bytes.has(JSONByte.quote, at: stop) else {
            _ = try stringWithEscapes(from: start)
            return false
        }
        index = stop + 1
        return true
    }

    /// Reads a string whose opening quote is at the index.
    package mutating func string() throws(JSONFault) -> String {
        let start = index + 1
        let stop = JSONByte.endOfPlain(bytes, from: start)
        guard bytes.has(JSONByte.quote, at: stop) else { return try stringWithEscapes(from: start) }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<stop])
        guard let text = String(validating: plain, as: UTF8.self) else {
            throw fault("the string is not valid UTF-8")
        }
        index = stop + 1
        return text
    }

    /// Reads the rest of a string that has escapes, from the byte after its quote.
    private mutating func stringWithEscapes(from start: Int) throws(JSONFault) -> String {
        let opening = index
        var text: [UInt8] = []
        index = start
        while true {
            let stop = JSONByte.endOfPlain(bytes, from: index)
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<stop]))
            index = stop
            guard let byte = current else { throw fault("the text ends within a string") }
            guard byte != JSONByte.quote else { break }
            guard byte == JSONByte.backslash else {
                throw fault("a control character within a string must be escaped")
            }
            try escape(into: &text)
        }
        guard let result = String(validating: text, as: UTF8.self) else {
            throw JSONFault("the string is not valid UTF-8", at: opening, in: bytes)
        }
        index += 1
        return result
    }

    /// Reads an escape that begins at the index.
    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard index + 1 < bytes.count else { throw fault("the text ends within a string") }
        let plain: UInt8
        switch bytes[index + 1] {
        case JSONByte.quote: plain = JSONByte.quote
        case JSONByte.backslash: plain = JSONByte.backslash
        case Ascii.slash: plain = Ascii.slash
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar()
            text.append(contentsOf: Character(scalar).utf8)
            return
        default: throw fault("there is no such escape")
        }
        text.append(plain)
        index += 2
    }

    /// Reads \uXXXX, or the two of them that make a surrogate pair.
    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try unit(at: index)
        if let scalar = Unicode.Scalar(first) {
            index += 6
            return scalar
        }
        guard first < 0xDC00, bytes.has(JSONByte.backslash, at: index + 6),
            bytes.has(UInt8(ascii: "u"), at: index + 7)
        else { throw fault("half of a surrogate pair stands alone") }
        let second = try unit(at: index + 6)
        let joined = 0x10000 + (first - 0xD800) << 10 + (second & 0x3FF)
        guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(joined) else {
            throw fault("half of a surrogate pair stands alone")
        }
        index += 12
        return scalar
    }

    /// The value of the four hexadecimal digits of the escape \uXXXX at a place.
    private func unit(at start: Int) throws(JSONFault) -> UInt32 {
        guard start + 6 <= bytes.count else { throw fault("the text ends within a string") }
        var value: UInt32 = 0
        for place in (start + 2)..<(start + 6) {
            let byte = bytes[place]
            let letter = byte | 0x20
            if Ascii.isDigit(byte) {
                value = value << 4 | UInt32(byte - Ascii.zero)
            } else if letter &- 0x61 < 6 {
                value = value << 4 | UInt32(letter - 0x61 + 10)
            } else {
                throw fault("\\u must be followed by four hexadecimal digits")
            }
        }
        return value
    }
}
