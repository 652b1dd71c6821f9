import Kernel

/// The coded fields of an event as a JSON object, and apart from them the fields to be sealed.
package struct EncodedBody: Sendable, Hashable {
    package var payload: [UInt8]
    /// A JSON object of the sealed fields, in clear; empty when there is none.
    package var sealed: [UInt8]

    package init(payload: [UInt8], sealed: [UInt8]) {
        self.payload = payload
        self.sealed = sealed
    }
}

extension EventBody {
    /// The body as it is stored.
    ///
    /// Blank fields are left out.
    package func encoded() -> EncodedBody {
        var writer = FieldWriter()
        writer.payload.beginObject()
        var copy = self
        // A writer never throws: it reads values, and each value has a text.
        try? copy.visit(&writer)
        writer.payload.endObject()
        if writer.hasSealed { writer.sealedFields.endObject() }
        return EncodedBody(payload: writer.payload.bytes, sealed: writer.sealedFields.bytes)
    }

    /// Reads a stored body.
    ///
    /// - Parameters:
    ///   - type: the event's type, for example `plan.agreed`.
    ///   - payload: the coded fields.
    ///   - sealed: the opened sealed fields; nil when there is none or their key was destroyed.
    package init(
        type: String,
        payload: UnsafeBufferPointer<UInt8>,
        sealed: [UInt8]?
    ) throws(EventFault) {
        guard let kind = EventKind(rawValue: type) else {
            throw EventFault(problem: "\(type) is not a type of event")
        }
        self = EventBody(kind)
        var reader = FieldReader(object: try FieldReader.object(payload))
        if let sealed, !sealed.isEmpty {
            reader.sealedObject = try sealed.withUnsafeBufferPointer { (bytes) throws(EventFault) in
                try FieldReader.object(bytes)
            }
        }
        try visit(&reader)
    }
}

extension Identity {
    /// The identity as a JSON object in clear, to be sealed.
    package func encoded() -> [UInt8] {
        var writer = FieldWriter()
        var copy = self
        try? copy.visit(&writer)
        if writer.hasSealed { writer.sealedFields.endObject() }
        return writer.hasSealed ? writer.sealedFields.bytes : Array("{}".utf8)
    }

    /// Reads an opened identity.
    package init(encoded bytes: [UInt8]) throws(EventFault) {
        self.init()
        var reader = FieldReader(object: JSONObject())
        reader.sealedObject = try bytes.withUnsafeBufferPointer { (bytes) throws(EventFault) in
            try FieldReader.object(bytes)
        }
        try visit(&reader)
    }
}

private struct FieldWriter: FieldVisitor {
    var payload = JSONWriter()
    var sealedFields = JSONWriter()
    var hasSealed = false

    mutating func field(_ name: String, _ value: inout String) {
        payload.key(name)
        payload.string(value)
    }

    mutating func field(_ name: String, _ value: inout String?) {
        guard let text = value else { return }
        payload.key(name)
        payload.string(text)
    }

    mutating func field(_ name: String, _ value: inout Int) {
        payload.key(name)
        payload.int(value)
    }

    mutating func field(_ name: String, _ value: inout Int?) {
        guard let number = value else { return }
        payload.key(name)
        payload.int(number)
    }

    mutating func field(_ name: String, _ value: inout Bool?) {
        guard let flag = value else { return }
        payload.key(name)
        payload.bool(flag)
    }

    mutating func field(_ name: String, _ value: inout CivilDate) {
        payload.key(name)
        payload.string(value.iso)
    }

    mutating func field(_ name: String, _ value: inout CivilDate?) {
        guard let date = value else { return }
        payload.key(name)
        payload.string(date.iso)
    }

    mutating func field(_ name: String, _ value: inout [String]) {
        guard !value.isEmpty else { return }
        payload.key(name)
        payload.beginArray()
        for text in value { payload.string(text) }
        payload.endArray()
    }

    mutating func field(_ name: String, _ value: inout [String: String]) {
        guard !value.isEmpty else { return }
        payload.key(name)
        Self.write(value, to: &payload)
    }

    mutating func sealed(_ name: String, _ value: inout String?) {
        guard let text = value else { return }
        beginSealed(name)
        sealedFields.string(text)
    }

    mutating func sealed(_ name: String, _ value: inout [String: String]) {
        guard !value.isEmpty else { return }
        beginSealed(name)
        Self.write(value, to: &sealedFields)
    }

    private mutating func beginSealed(_ name: String) {
        if !hasSealed {
            sealedFields.beginObject()
            hasSealed = true
        }
        sealedFields.key(name)
    }

    private static func write(_ texts: [String: String], to writer: inout JSONWriter) {
        writer.beginObject()
        for key in texts.keys.sorted() {
            writer.key(key)
            writer.string(texts[key] ?? "")
        }
        writer.endObject()
    }
}

private struct FieldReader: FieldVisitor {
    var object: JSONObject
    var sealedObject: JSONObject?

    init(object: JSONObject) {
        self.object = object
    }

    static func object(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventFault) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw EventFault(problem: "not JSON at byte \(error.offset): \(error.problem)")
        }
        guard case .object(let object) = value else {
            throw EventFault(problem: "not a JSON object")
        }
        return object
    }

    mutating func field(_ name: String, _ value: inout String) throws(EventFault) {
        value = try required(name, text(name, in: object))
    }

    mutating func field(_ name: String, _ value: inout String?) throws(EventFault) {
        value = try text(name, in: object)
    }

    mutating func field(_ name: String, _ value: inout Int) throws(EventFault) {
        value = try required(name, number(name))
    }

    mutating func field(_ name: String, _ value: inout Int?) throws(EventFault) {
        value = try number(name)
    }

    mutating func field(_ name: String, _ value: inout Bool?) throws(EventFault) {
        switch object[name] {
        case nil: value = nil
        case .bool(let flag): value = flag
        default: throw EventFault(field: name, problem: "expected true or false")
        }
    }

    mutating func field(_ name: String, _ value: inout CivilDate) throws(EventFault) {
        value = try required(name, date(name))
    }

    mutating func field(_ name: String, _ value: inout CivilDate?) throws(EventFault) {
        value = try date(name)
    }

    mutating func field(_ name: String, _ value: inout [String]) throws(EventFault) {
        switch object[name] {
        case nil: value = []
        case .array(let items):
            value = []
            for item in items {
                guard case .string(let text) = item else {
                    throw EventFault(field: name, problem: "expected a list of texts")
                }
                value.append(text)
            }
        default: throw EventFault(field: name, problem: "expected a list of texts")
        }
    }

    mutating func field(_ name: String, _ value: inout [String: String]) throws(EventFault) {
        value = try texts(name, in: object)
    }

    mutating func sealed(_ name: String, _ value: inout String?) throws(EventFault) {
        guard let sealedObject else { return }
        value = try text(name, in: sealedObject)
    }

    mutating func sealed(_ name: String, _ value: inout [String: String]) throws(EventFault) {
        guard let sealedObject else { return }
        value = try texts(name, in: sealedObject)
    }

    private func texts(
        _ name: String,
        in object: JSONObject
    ) throws(EventFault) -> [String: String] {
        var texts: [String: String] = [:]
        switch object[name] {
        case nil: break
        case .object(let members):
            for (key, item) in members.members {
                guard case .string(let text) = item else {
                    throw EventFault(field: name, problem: "expected texts")
                }
                texts[key] = text
            }
        default: throw EventFault(field: name, problem: "expected an object of texts")
        }
        return texts
    }

    private func required<T>(_ name: String, _ value: T?) throws(EventFault) -> T {
        guard let value else { throw EventFault(field: name, problem: "is missing") }
        return value
    }

    private func text(_ name: String, in object: JSONObject) throws(EventFault) -> String? {
        switch object[name] {
        case nil: nil
        case .string(let text): text
        default: throw EventFault(field: name, problem: "expected a text")
        }
    }

    private func number(_ name: String) throws(EventFault) -> Int? {
        guard let value = object[name] else { return nil }
        guard case .number(let text) = value, let number = Int(text) else {
            throw EventFault(field: name, problem: "expected a whole number")
        }
        return number
    }

    private func date(_ name: String) throws(EventFault) -> CivilDate? {
        guard let text = try text(name, in: object) else { return nil }
        guard let date = CivilDate(iso: text) else {
            throw EventFault(field: name, problem: "\(text) is not a date YYYY-MM-DD")
        }
        return date
    }
}
