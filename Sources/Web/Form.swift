/// The fields of a form or of a query, in the order in which they were sent.
package struct Form: Sendable, Hashable {
    package private(set) var fields: [Field]

    /// One field; a file keeps its bytes as text of UTF-8 and its own name.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var value: String
        package var file: String?

        package init(name: String, value: String, file: String? = nil) {
            self.name = name
            self.value = value
            self.file = file
        }
    }

    package init(_ fields: [Field] = []) { self.fields = fields }

    package init(_ pairs: KeyValuePairs<String, String>) {
        fields = pairs.map { Field(name: $0.key, value: $0.value) }
    }

    /// The trimmed value, or nil when the field is blank or missing.
    package subscript(_ name: String) -> String? {
        guard let value = fields.first(where: { $0.name == name })?.value else { return nil }
        let trimmed = value.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Every value of a field that can be ticked more than once.
    package func all(_ name: String) -> [String] {
        fields.filter { $0.name == name && !$0.value.trimmed.isEmpty }.map(\.value.trimmed)
    }

    /// The field as it was sent, blanks and all.
    package func raw(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    package var isEmpty: Bool { fields.isEmpty }

    package mutating func set(_ name: String, _ value: String?) {
        fields.removeAll { $0.name == name }
        if let value { fields.append(Field(name: name, value: value)) }
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Takes the names with a beginning away, for example those that are ours and not the user's.
    package func without(prefix: String) -> Form {
        Form(fields.filter { !$0.name.hasPrefix(prefix) })
    }
}

extension String {
    /// Without white space at either end.
    package var trimmed: String {
        // Looking for characters costs many times as much as looking for bytes.
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7F, last > 0x20,
            last < 0x7F
        {
            return self
        }
        let isBlank: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        guard let first = firstIndex(where: { !isBlank($0) }),
            let last = lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
