import Kernel

/// The schemas that have a name, gathered while a document is made.
struct NamedSchemas {
    private(set) var schemas: [String: JSONValue] = [:]

    /// A schema as JSON Schema 2020-12, as OpenAPI 3.1 uses it.
    mutating func json(_ schema: Schema) -> JSONValue {
        var object = self.object(schema.kind)
        if let says = schema.says { object["description"] = .string(says) }
        return .object(object)
    }

    private mutating func object(_ kind: Schema.Kind) -> JSONObject {
        switch kind {
        case .any: return [:]
        case .text(let form): return Self.text(form)
        case .choice(let values):
            return ["type": .string("string"), "enum": .array(values.map { .string($0) })]
        case .whole(let range):
            return [
                "type": .string("integer"), "minimum": .int(range.lowerBound),
                "maximum": .int(range.upperBound),
            ]
        case .number: return ["type": .string("number")]
        case .truth: return ["type": .string("boolean")]
        case .list(let of, let max):
            return ["type": .string("array"), "items": json(of), "maxItems": .int(max)]
        case .map(let of, let max):
            return [
                "type": .string("object"), "additionalProperties": json(of),
                "maxProperties": .int(max),
            ]
        case .object(let members): return object(members)
        case .nullable(let schema):
            return ["anyOf": .array([json(schema), .object(["type": .string("null")])])]
        case .tagged(let tag, let variants): return tagged(tag, variants)
        case .named(let name, let schema):
            if schemas[name] == nil {
                schemas[name] = .null
                schemas[name] = json(schema)
            }
            return ["$ref": .string("#/components/schemas/\(name)")]
        }
    }

    private mutating func object(_ members: [Schema.Member]) -> JSONObject {
        var properties = JSONObject()
        for member in members { properties[member.name] = json(member.schema) }
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        var object: JSONObject = ["type": .string("object"), "properties": .object(properties)]
        if !required.isEmpty { object["required"] = .array(required) }
        object["additionalProperties"] = .bool(false)
        return object
    }

    private mutating func tagged(_ tag: String, _ variants: [Schema.Variant]) -> JSONObject {
        var mapping = JSONObject()
        var references: [JSONValue] = []
        for variant in variants {
            var object = object(variant.members)
            var properties = object["properties"]?.object ?? JSONObject()
            properties[tag] = .object(["const": .string(variant.tag)])
            object["properties"] = .object(properties)
            object["description"] = .string(variant.says)
            schemas[variant.name] = .object(object)
            let reference = "#/components/schemas/\(variant.name)"
            references.append(.object(["$ref": .string(reference)]))
            mapping[variant.tag] = .string(reference)
        }
        return [
            "oneOf": .array(references),
            "discriminator": .object([
                "propertyName": .string(tag), "mapping": .object(mapping),
            ]),
        ]
    }

    private static func text(_ form: TextForm) -> JSONObject {
        var object: JSONObject = ["type": .string("string")]
        switch form {
        case .plain(let length):
            if length.lowerBound > 0 { object["minLength"] = .int(length.lowerBound) }
            object["maxLength"] = .int(length.upperBound)
        case .date: object["format"] = .string("date")
        case .moment: object["format"] = .string("date-time")
        case .id: object["pattern"] = .string(TextForm.idPattern)
        case .address: object["format"] = .string("uri-reference")
        }
        return object
    }
}
