/// A JSON value (RFC 8259), with numbers kept as they were written and objects in their order.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number, as the text it was written with.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The value of a whole number.
    package static func int(_ value: Int) -> JSONValue { .number(String(value)) }

    /// The string, if it is one.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The truth value, if it is one.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The whole number, if it is one written without point or exponent and fits 64 bits.
    package var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    /// The number, if it is one, to the nearest that a Double can hold.
    package var double: Double? {
        if case .number(let text) = self { Double(text) } else { nil }
    }

    /// The elements, if it is an array.
    package var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, if it is one.
    package var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether it is null.
    package var isNull: Bool { self == .null }

    /// The value of a key, if it is an object that has it.
    package subscript(key: String) -> JSONValue? { object?[key] }

    /// Writes the value.
    package func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .number(let text): writer.raw(text)
        case .string(let text): writer.string(text)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let object): object.write(to: &writer)
        }
    }

    /// The value as compact JSON text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as compact JSON in UTF-8.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        write(to: &writer)
        return writer.bytes
    }
}
