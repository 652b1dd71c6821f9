import Kernel

extension ResourceReader {
    /// Reads a primitive value at the index.
    mutating func scalar(_ kind: PrimitiveKind, _ row: Int, _ place: Int) throws(JSONFault) {
        let at = try begin(UInt16(row), Int(schema.rows[row].type), place, false)
        let start = json.index
        var isRight = false
        switch json.current {
        case UInt8(ascii: "\""):
            let isPlain = try json.skipString()
            nodes[at].kind = isPlain ? .plain : .escaped
            if kind.form == .text { isRight = takes(kind, row, place, start, isPlain) }
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            nodes[at].kind = json.current == UInt8(ascii: "t") ? .yes : .no
            try json.skipValue()
            isRight = kind.form == .truth
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            try json.skipValue()
        default:
            try json.skipNumber()
            nodes[at].kind = .number
            let text = UnsafeBufferPointer(rebasing: json.bytes[start..<json.index])
            isRight = kind.form == .number && kind.takes(text)
        }
        nodes[at].end = Int32(json.index)
        nodes[at].next = Int32(nodes.count)
        if !isRight { note(.value, "This must be \(kind.expected).", UInt16(row), place) }
    }

    /// Whether the string that was just read is a value of the type; its code is looked at too.
    private mutating func takes(
        _ kind: PrimitiveKind,
        _ row: Int,
        _ place: Int,
        _ start: Int,
        _ isPlain: Bool
    ) -> Bool {
        let quoted = UnsafeBufferPointer(rebasing: json.bytes[start..<json.index])
        guard isPlain else {
            guard var text = (try? JSONValue(parsing: quoted))?.string else { return false }
            return text.withUTF8 { takes(kind, row, place, $0) }
        }
        return takes(kind, row, place, UnsafeBufferPointer(rebasing: quoted[1..<quoted.count - 1]))
    }

    private mutating func takes(
        _ kind: PrimitiveKind,
        _ row: Int,
        _ place: Int,
        _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard kind.takes(text) else { return false }
        let codes = Int(schema.rows[row].codes)
        if codes >= 0, !schema.isCode(text, of: codes) {
            noteCode(String(decoding: text.prefix(64), as: UTF8.self), codes, UInt16(row), place)
        }
        return true
    }

    func noteWords(_ code: String, _ set: Int) -> String {
        let codes = schema.codeSets[set].codes
        let near = nearestSpelling(to: code, in: codes).map { " Did you mean \($0)?" } ?? ""
        return "\(code) is not one of \(codes.joined(separator: ", ")).\(near)"
    }

    mutating func noteCode(_ code: String, _ set: Int, _ row: UInt16, _ place: Int) {
        note(.codeInvalid, noteWords(code, set), row, place)
    }
}
