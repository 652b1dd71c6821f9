import Kernel

@testable import FHIRModel

/// Makes the least JSON that satisfies the tables, and such JSON with one more element.
struct Samples {
    let schema = FHIRSchema.r4
    /// What a primitive is given.
    static let values: [PrimitiveKind: JSONValue] = [
        .boolean: .bool(true), .integer: .int(-7), .positiveInt: .int(7), .unsignedInt: .int(0),
        .decimal: .number("3.140"), .string: .string("Text"), .markdown: .string("Some *text*"),
        .code: .string("a-code"), .id: .string("id-1.a"), .uri: .string("http://example.org/u"),
        .url: .string("http://example.org/l"), .canonical: .string("http://example.org/c|1"),
        .oid: .string("urn:oid:1.2.36.1"),
        .uuid: .string("urn:uuid:c757873d-ec9a-4326-a141-556f43239520"),
        .date: .string("2025-04-01"), .dateTime: .string("2025-04-01T09:30:00+01:00"),
        .instant: .string("2025-04-01T08:30:00.000Z"), .time: .string("09:30:00"),
        .base64Binary: .string("Z29vZA=="),
        .xhtml: .string("<div xmlns=\"http://www.w3.org/1999/xhtml\">Words</div>"),
    ]

    func value(ofRow row: Int) -> JSONValue {
        let type = Int(schema.rows[row].type)
        let element = schema.elements[row]
        if let codes = element.codes, let set = schema.codeSets.first(where: { $0.name == codes }) {
            if schema.types[type].primitive != nil { return .string(set.codes[0]) }
            let coding: JSONObject = [
                "system": .string(set.system ?? ""), "code": .string(set.codes[0]),
            ]
            return .object(["coding": .array([.object(coding)])])
        }
        if let kind = schema.types[type].primitive { return Self.values[kind] ?? .null }
        if type == schema.referenceType {
            let target = element.targets?.first ?? "Patient"
            return .object(["reference": .string("\(target)/1")])
        }
        if type == schema.resourceType { return .object(minimal("Patient")) }
        return .object(minimal(type))
    }

    func minimal(_ name: String) -> JSONObject {
        minimal(schema.resources[name] ?? schema.typeNames.firstIndex(of: name) ?? 0)
    }

    /// The least object of a type; where nothing is needed, its first own element.
    func minimal(_ type: Int) -> JSONObject {
        let table = schema.types[type]
        var json = JSONObject()
        if table.isResource { json["resourceType"] = .string(schema.typeNames[type]) }
        for row in table.rows where table.required & 1 << UInt64(schema.rows[row].bit) != 0 {
            fill(&json, row)
        }
        for choice in schema.choices[table.choices] where choice.isRequired {
            fill(&json, table.rows.lowerBound + choice.bits.trailingZeroBitCount)
        }
        if type == schema.extensionType { json["valueCode"] = .string("a-code") }
        if json.isEmpty {
            let own = table.rows.first { row in
                !["id", "extension", "modifierExtension"].contains(schema.elements[row].name)
            }
            fill(&json, own ?? table.rows.lowerBound)
        }
        return json
    }

    func fill(_ json: inout JSONObject, _ row: Int) {
        let value = value(ofRow: row)
        json[schema.elements[row].name] = schema.rows[row].isMany ? .array([value]) : value
    }

    /// Every object of a resource's type that can be reached, with one element more each.
    func withEachElement(of name: String) -> [(path: String, json: JSONObject)] {
        guard let type = schema.resources[name] else { return [] }
        var results: [(String, JSONObject)] = []
        var done: Set<Int> = []
        walk(type, name, &done, &results) { $0 }
        return results
    }

    private func walk(
        _ type: Int,
        _ path: String,
        _ done: inout Set<Int>,
        _ results: inout [(String, JSONObject)],
        wrap: (JSONObject) -> JSONObject
    ) {
        guard done.insert(type).inserted else { return }
        let table = schema.types[type]
        for row in table.rows {
            let element = schema.elements[row]
            if schema.rows[row].isModifier { continue }
            // An extension has a value or extensions; the value is there already.
            if type == schema.extensionType, element.choice != nil || element.name == "extension" {
                continue
            }
            var json = minimal(type)
            // Of a choice that must be made another alternative may stand there.
            if let choice = element.choice {
                let bits = schema.choices[table.choices][table.choices.lowerBound + choice].bits
                for other in table.rows where bits & 1 << UInt64(schema.rows[other].bit) != 0 {
                    json[schema.elements[other].name] = nil
                }
            }
            fill(&json, row)
            results.append(("\(path).\(element.name)", wrap(json)))
            let inner = Int(schema.rows[row].type)
            guard schema.types[inner].primitive == nil, inner != schema.resourceType else {
                continue
            }
            let isMany = schema.rows[row].isMany
            walk(inner, "\(path).\(element.name)", &done, &results) { part in
                var whole = json
                whole[element.name] = isMany ? .array([.object(part)]) : .object(part)
                return wrap(whole)
            }
        }
    }
}
