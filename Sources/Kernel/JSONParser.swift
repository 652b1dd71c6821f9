extension JSONValue {
    /// The deepest that arrays and objects may stand within one another.
    package static let depthLimit = 64

    /// Reads one JSON text strictly by RFC 8259, from UTF-8 bytes.
    ///
    /// It also refuses what the RFC leaves open: keys that come twice, lone surrogates, and nesting
    /// beyond `depthLimit`. A byte order mark at the start is passed over (section 8.1).
    package init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.parse()
    }

    /// Reads one JSON text from bytes.
    package init(parsing bytes: [UInt8]) throws(JSONFault) {
        let result = bytes.withUnsafeBufferPointer { JSONParser.result($0) }
        self = try result.get()
    }

    /// Reads one JSON text.
    package init(parsing text: String) throws(JSONFault) {
        var text = text
        let result = text.withUTF8 { JSONParser.result($0) }
        self = try result.get()
    }
}

/// Reads JSON from bytes, once through.
///
/// Other rooms read formats of their own with its small steps: a value is skipped or taken at the
/// index, and what they do not understand they leave to `skipValue`.
package struct JSONParser {
    /// The whole text.
    package let bytes: UnsafeBufferPointer<UInt8>

    /// The index of the next byte to read.
    package var index = 0

    /// The arrays and objects that are open.
    package private(set) var depth = 0

    /// A parser at the start of a text, after its byte order mark if it has one.
    package init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    }

    /// The value of a text, or its fault.
    static func result(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONFault> {
        Result { () throws(JSONFault) in
            var parser = JSONParser(bytes: bytes)
            return try parser.parse()
        }
    }

    /// Reads the whole text as one value.
    mutating func parse() throws(JSONFault) -> JSONValue {
        skipSpace()
        let value = try self.value()
        skipSpace()
        guard index == bytes.count else { throw fault("there is more after the value") }
        return value
    }

    /// Reads a value that begins at the index.
    private mutating func value() throws(JSONFault) -> JSONValue {
        guard let byte = current else { throw fault("the text ends where a value was expected") }
        switch byte {
        case JSONByte.quote: return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case Ascii.minus, Ascii.zero...Ascii.nine: return .number(try number())
        default: throw fault("no value begins with this character")
        }
    }

    /// Skips a value that begins at the index, holding it to the grammar.
    package mutating func skipValue() throws(JSONFault) {
        guard let byte = current else { throw fault("the text ends where a value was expected") }
        switch byte {
        case JSONByte.quote: try skipString()
        case UInt8(ascii: "{"): try skipItems(closing: UInt8(ascii: "}"), isObject: true)
        case UInt8(ascii: "["): try skipItems(closing: UInt8(ascii: "]"), isObject: false)
        case Ascii.minus, Ascii.zero...Ascii.nine: try skipNumber()
        default: _ = try value()
        }
    }

    /// Skips an array, or an object, whose keys are not compared.
    private mutating func skipItems(closing: UInt8, isObject: Bool) throws(JSONFault) {
        try open()
        if !take(closing) {
            repeat {
                skipSpace()
                if isObject {
                    guard current == JSONByte.quote else {
                        throw fault("a key in quotes was expected")
                    }
                    try skipString()
                    guard take(Ascii.colon) else {
                        throw fault("a colon was expected after the key")
                    }
                    skipSpace()
                }
                try skipValue()
            } while take(Ascii.comma)
            guard take(closing) else {
                throw fault("a comma or \(isObject ? "}" : "]") was expected")
            }
        }
        close()
    }

    /// Reads an object.
    private mutating func object() throws(JSONFault) -> JSONObject {
        try open()
        var members: [(key: String, value: JSONValue)] = []
        var seen: Set<String> = []
        guard !take(UInt8(ascii: "}")) else { return closed(JSONObject()) }
        members.reserveCapacity(8)
        repeat {
            skipSpace()
            guard current == JSONByte.quote else { throw fault("a key in quotes was expected") }
            let start = index
            let key = try string()
            guard isNew(key, among: members, &seen) else {
                throw JSONFault("the key comes twice in its object", at: start, in: bytes)
            }
            guard take(Ascii.colon) else { throw fault("a colon was expected after the key") }
            skipSpace()
            members.append((key, try value()))
        } while take(Ascii.comma)
        guard take(UInt8(ascii: "}")) else { throw fault("a comma or } was expected") }
        return closed(JSONObject(distinct: members))
    }

    /// Reads an array.
    private mutating func array() throws(JSONFault) -> [JSONValue] {
        try open()
        guard !take(UInt8(ascii: "]")) else { return closed([]) }
        var elements: [JSONValue] = []
        repeat {
            skipSpace()
            elements.append(try value())
        } while take(Ascii.comma)
        guard take(UInt8(ascii: "]")) else { throw fault("a comma or ] was expected") }
        return closed(elements)
    }

    /// Whether a key is not among the members; `seen` is filled once there are many.
    private func isNew(
        _ key: String,
        among members: [(key: String, value: JSONValue)],
        _ seen: inout Set<String>
    ) -> Bool {
        guard members.count >= 16 else {
            for member in members where member.key == key { return false }
            return true
        }
        if seen.isEmpty { for member in members { seen.insert(member.key) } }
        return seen.insert(key).inserted
    }

    /// Steps into an array or object.
    package mutating func open() throws(JSONFault) {
        guard depth < JSONValue.depthLimit else {
            throw fault("arrays and objects are nested more than \(JSONValue.depthLimit) deep")
        }
        depth += 1
        index += 1
    }

    /// Steps out of an array or object.
    package mutating func close() { depth -= 1 }

    /// Steps out of an array or object, giving it back.
    private mutating func closed<Value>(_ value: Value) -> Value {
        close()
        return value
    }

    /// Skips space, and `byte` if it is next.
    package mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        index += 1
        return true
    }

    /// Skips space, tabs and line ends.
    package mutating func skipSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index &+= 1
        }
    }
}
