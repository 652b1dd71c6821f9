/// What others may ask of the tables.
package enum FHIRStructure {
    /// The names of the elements that a resource must have, choices apart.
    package static func required(of type: String) -> [String] {
        let schema = FHIRSchema.r4
        guard let place = schema.resources[type] else { return [] }
        return schema.elements[schema.types[place].rows].filter { element in
            element.isRequired && element.choice == nil
        }.map(\.name)
    }

    /// What an element is called in JSON: of a choice each of its names, `valueString` for `value`.
    package static func names(of element: String, in type: String) -> Set<String> {
        let schema = FHIRSchema.r4
        guard let place = schema.resources[type] else { return [] }
        let rows = schema.types[place].rows.filter { schema.isElement($0, called: element) }
        return Set(rows.map { schema.elements[$0].name })
    }

    /// Whether a path of element names leads somewhere in a type, through any type of a choice.
    package static func has(_ path: [String], in type: String) -> Bool {
        let schema = FHIRSchema.r4
        guard let start = schema.resources[type] else { return false }
        var types: Set<Int> = [start]
        for name in path {
            let next = types.flatMap { type in
                schema.types[type].rows.filter { row in
                    schema.elements[row].stem == name || schema.elements[row].name == name
                }.map { Int(schema.rows[$0].type) }
            }
            types = Set(next)
        }
        return !types.isEmpty
    }
}
