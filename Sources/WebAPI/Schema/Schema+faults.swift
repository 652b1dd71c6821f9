import Kernel

extension Schema {
    /// Everything that is wrong with a value; each fault's field is a JSON pointer (RFC 6901).
    package func faults(in value: JSONValue, at pointer: String = "") -> [Fault] {
        func fault(_ problem: String) -> [Fault] {
            [Fault(field: pointer, problem: problem, expected: expected)]
        }
        switch kind {
        case .any: return []
        case .named(_, let schema): return schema.faults(in: value, at: pointer)
        case .nullable(let schema):
            return value.isNull ? [] : schema.faults(in: value, at: pointer)
        case .text(let form):
            guard let text = value.string else { return fault("is no text") }
            return form.problem(with: text).map(fault) ?? []
        case .choice(let values):
            guard let text = value.string else { return fault("is no text") }
            if values.contains(text) { return [] }
            let near = nearestSpelling(to: text, in: values).map { "; did you mean “\($0)”?" }
            return fault("“\(text.prefix(100))” is not known\(near ?? "")")
        case .whole(let range):
            guard let number = value.int, range.contains(number) else {
                return fault("is no such number")
            }
            return []
        case .number: return value.double == nil ? fault("is no number") : []
        case .truth: return value.bool == nil ? fault("is neither true nor false") : []
        case .list(let schema, let max):
            guard let items = value.array else { return fault("is no list") }
            if items.count > max { return fault("has \(items.count) parts") }
            return items.enumerated().flatMap { schema.faults(in: $1, at: "\(pointer)/\($0)") }
        case .map(let schema, let max):
            guard let object = value.object else { return fault("is no object") }
            if object.count > max { return fault("has \(object.count) members") }
            return object.members.flatMap { key, value in
                schema.faults(in: value, at: pointer + "/" + key.asPointer)
            }
        case .object(let members):
            guard let object = value.object else { return fault("is no object") }
            return Self.faults(in: object, members, at: pointer)
        case .tagged(let tag, let variants):
            guard let object = value.object else { return fault("is no object") }
            let tags = Schema.choice(variants.map(\.tag))
            guard let said = object[tag] else {
                return [
                    Fault(
                        field: "\(pointer)/\(tag)",
                        problem: "is missing",
                        expected: tags.expected
                    )
                ]
            }
            guard let variant = variants.first(where: { $0.tag == said.string }) else {
                return tags.faults(in: said, at: "\(pointer)/\(tag)")
            }
            return Self.faults(in: object, variant.members, at: pointer)
        }
    }

    private static func faults(
        in object: JSONObject,
        _ members: [Member],
        at pointer: String
    ) -> [Fault] {
        var faults: [Fault] = []
        for member in members {
            let place = pointer + "/" + member.name.asPointer
            if let value = object[member.name] {
                faults += member.schema.faults(in: value, at: place)
            } else if member.isRequired {
                faults.append(
                    Fault(field: place, problem: "is missing", expected: member.schema.expected)
                )
            }
        }
        let known = members.map(\.name)
        for key in object.keys where !known.contains(key) {
            let near = nearestSpelling(to: key, in: known).map { "“\($0)”" }
            faults.append(
                Fault(
                    field: pointer + "/" + key.asPointer,
                    problem: "is not known here",
                    expected: near ?? (known.count > 12 ? nil : known.joined(separator: ", "))
                )
            )
        }
        return faults
    }

    /// What would have been right, in words.
    var expected: String? {
        switch kind {
        case .any: nil
        case .named(_, let schema), .nullable(let schema): schema.expected
        case .text(.plain(let length)):
            length.lowerBound > 0
                ? "a text of \(length.lowerBound) to \(length.upperBound) characters"
                : "a text of up to \(length.upperBound) characters"
        case .text(.date): "a date, YYYY-MM-DD"
        case .text(.moment): "a moment, such as 2025-03-31T17:00:00Z"
        case .text(.id): "an id of ours, 26 characters"
        case .text(.address): "an address"
        case .choice(let values): "one of " + values.joined(separator: ", ")
        case .whole(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
        case .number: "a number"
        case .truth: "true or false"
        case .list(_, let max): "a list of up to \(max)"
        case .map, .object, .tagged: "an object"
        }
    }
}

extension TextForm {
    /// What is wrong with a text; nil when nothing is.
    func problem(with text: String) -> String? {
        switch self {
        case .plain(let length):
            // JSON Schema counts code points, and so do we (JSON Schema 2020-12, 6.3.1).
            let count = text.unicodeScalars.count
            if text.unicodeScalars.contains(where: { $0.value == 0 }) {
                return "holds a character that cannot be kept"
            }
            return length.contains(count) ? nil : count == 0 ? "is blank" : "is too long or short"
        case .date: return CivilDate(iso: text) == nil ? "“\(text.prefix(40))” is no date" : nil
        case .moment: return Instant(iso: text) == nil ? "is no moment" : nil
        case .id: return ID<CaseTag>(text) == nil ? "is no id of ours" : nil
        case .address: return text.utf8.contains { $0 <= 0x20 } ? "is no address" : nil
        }
    }
}

extension String {
    /// As a part of a JSON pointer (RFC 6901, 3).
    var asPointer: String { replacing("~", with: "~0").replacing("/", with: "~1") }
}
