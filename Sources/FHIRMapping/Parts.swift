import Kernel

/// An object of the members that have a value, in order.
func built(_ members: (String, JSONValue?)...) -> JSONObject { built(members) }

/// The same; no key may come twice.
private func built(_ members: [(String, JSONValue?)]) -> JSONObject {
    JSONObject(distinct: members.compactMap { key, value in value.map { (key, $0) } })
}

/// The values that resources are built of; what is nil, or an empty list, is left out.
extension JSONValue {
    /// An object of the members that have a value.
    static func built(_ members: (String, JSONValue?)...) -> JSONValue {
        .object(FHIRMapping.built(members))
    }

    static func text(_ text: String?) -> JSONValue? {
        guard let text else { return nil }
        // Mostly the first byte is a letter; what is white in Unicode is rarely asked.
        if let first = text.utf8.first, first > 0x20, first < 0x7F { return .string(text) }
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        return .string(text)
    }

    static func list(_ values: [JSONValue?]) -> JSONValue? {
        let values = values.compactMap { $0 }
        return values.isEmpty ? nil : .array(values)
    }

    static func code(_ system: String?, _ code: String, _ display: String? = nil) -> JSONValue {
        .built(("system", text(system)), ("code", .string(code)), ("display", text(display)))
    }

    /// A concept of codes, or of words alone.
    static func concept(_ codings: JSONValue?..., words: String? = nil) -> JSONValue {
        .built(("coding", list(codings)), ("text", text(words)))
    }

    static func identifier(_ system: String, _ value: String?) -> JSONValue? {
        value.map { .built(("system", .string(system)), ("value", .string($0))) }
    }

    /// A reference to a resource here; to something without a FHIR id, by its name alone.
    static func reference(_ type: String, _ id: String?, _ display: String? = nil) -> JSONValue? {
        guard let id else { return nil }
        if id.isFHIRID {
            return .built(("reference", .string("\(type)/\(id)")), ("display", text(display)))
        }
        let system = Systems.identifier(type.lowercased())
        return .built(
            ("type", .string(type)),
            ("identifier", identifier(system, id)),
            ("display", text(display))
        )
    }

    static func day(_ day: CivilDate?) -> JSONValue? { day.map { .string($0.iso) } }

    static func moment(_ instant: Instant) -> JSONValue { .string(instant.iso) }

    static func period(_ start: CivilDate?, _ end: CivilDate?) -> JSONValue? {
        if start == nil, end == nil { return nil }
        return .built(("start", day(start)), ("end", day(end)))
    }

    static func value(_ code: String) -> JSONValue { .string(code) }
}

extension String {
    /// Whether it can be the id of a resource: 1 to 64 letters, digits, hyphens and dots.
    package var isFHIRID: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy { byte in
                (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x2E
            }
    }
}
