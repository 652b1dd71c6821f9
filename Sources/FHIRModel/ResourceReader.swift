import Kernel

/// Reads the JSON of a resource once, holding it to the tables.
///
/// What is wrong by the standard is noted and reading goes on, so that every fault is told at once.
/// It ends early only where the text is no JSON, or a limit is passed.
struct ResourceReader {
    let schema: FHIRSchema
    let limits: FHIRLimits
    var json: JSONParser
    var nodes: [FHIRNode] = []
    var issues: [FHIRIssue] = []
    var warnings: [FHIRIssue] = []
    /// The nodes that are open, from the resource down.
    var open: [Int] = []
    /// Whether reading ended because of a limit rather than of the text.
    var isOverLimit = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, schema: FHIRSchema, limits: FHIRLimits) {
        self.schema = schema
        self.limits = limits
        json = JSONParser(bytes: bytes)
        nodes.reserveCapacity(bytes.count / 16 + 8)
        open.reserveCapacity(16)
    }

    /// Reads the whole text as one resource.
    mutating func read() throws(JSONFault) {
        json.skipSpace()
        try resource(FHIRNode.noRow, place: 0)
        json.skipSpace()
        guard json.current == nil else { throw json.fault("there is more after the resource") }
    }

    // MARK: - Resources and objects

    /// Reads a resource at the index, whose type it says itself.
    private mutating func resource(_ row: UInt16, place: Int) throws(JSONFault) {
        guard json.current == UInt8(ascii: "{") else {
            note(.structure, "A resource is an object in braces.", row, place)
            return try json.skipValue()
        }
        let name = try typeName()
        guard let name else {
            note(.required, "Say the resourceType.", row, place)
            return try json.skipValue()
        }
        guard let type = schema.resources[name] else {
            // Within a bundle or a resource it may stand unread; nothing here rests on it.
            let isInner = row != FHIRNode.noRow
            note(
                .notSupported,
                "This system does not know the resource type \(name.prefix(64)).",
                row,
                place,
                isWarning: isInner
            )
            return try json.skipValue()
        }
        try object(type, row, place: place)
    }

    /// The resourceType of the object at the index, which may stand anywhere in it.
    private mutating func typeName() throws(JSONFault) -> String? {
        let start = json.index
        defer { json.index = start }
        json.index += 1
        guard !json.take(UInt8(ascii: "}")) else { return nil }
        repeat {
            json.skipSpace()
            guard json.current == UInt8(ascii: "\"") else {
                throw json.fault("a key in quotes was expected")
            }
            let from = json.index + 1
            try json.skipString()
            let key = UnsafeBufferPointer(rebasing: json.bytes[from..<json.index - 1])
            guard json.take(UInt8(ascii: ":")) else {
                throw json.fault("a colon was expected after the key")
            }
            json.skipSpace()
            if key.elementsEqual("resourceType".utf8) {
                guard json.current == UInt8(ascii: "\"") else { return nil }
                return try json.string()
            }
            try json.skipValue()
        } while json.take(UInt8(ascii: ","))
        return nil
    }

    /// Reads an object of a type at the index.
    mutating func object(
        _ type: Int,
        _ row: UInt16,
        place: Int,
        isCompanion: Bool = false
    ) throws(JSONFault) {
        let at = try begin(row, type, place, isCompanion)
        open.append(at)
        try json.open()
        if json.depth > limits.depthMax { throw limit("nested more than \(limits.depthMax) deep") }
        let table = schema.types[type]
        var seen = Seen(last: table.rows.upperBound - 1)
        if !json.take(UInt8(ascii: "}")) {
            repeat { try member(table, &seen) } while json.take(UInt8(ascii: ","))
            guard json.take(UInt8(ascii: "}")) else {
                throw json.fault("a comma or } was expected")
            }
        }
        json.close()
        nodes[at].end = Int32(json.index)
        nodes[at].next = Int32(nodes.count)
        check(table, seen, at)
        open.removeLast()
    }

    /// What was met among the members of an object.
    struct Seen {
        var values: UInt64 = 0
        var companions: UInt64 = 0
        var hasType = false
        var hasGaps = false
        /// The row that was found last.
        var last: Int
    }

    /// Reads a key and its value.
    private mutating func member(
        _ table: FHIRSchema.TypeRow,
        _ seen: inout Seen
    ) throws(JSONFault) {
        json.skipSpace()
        guard json.current == UInt8(ascii: "\"") else {
            throw json.fault("a key in quotes was expected")
        }
        let from = json.index + 1
        let isPlain = try json.skipString()
        let key = UnsafeBufferPointer(rebasing: json.bytes[from..<json.index - 1])
        guard json.take(UInt8(ascii: ":")) else {
            throw json.fault("a colon was expected after the key")
        }
        json.skipSpace()
        if isPlain, let row = schema.row(named: key, of: table, after: seen.last) {
            seen.last = row
            return try value(row, &seen, isCompanion: false)
        }
        if isPlain, key.first == UInt8(ascii: "_"),
            let row = schema.row(
                named: UnsafeBufferPointer(rebasing: key[1...]),
                of: table,
                after: seen.last
            ),
            schema.types[Int(schema.rows[row].type)].primitive != nil
        {
            return try value(row, &seen, isCompanion: true)
        }
        if table.isResource, key.elementsEqual("resourceType".utf8) {
            if seen.hasType { note(.structure, "resourceType comes twice.") }
            seen.hasType = true
            return try json.skipValue()
        }
        unknown(String(decoding: key.prefix(64), as: UTF8.self), table)
        try json.skipValue()
    }

    /// Reads the value of an element, or its repetitions.
    private mutating func value(
        _ row: Int,
        _ seen: inout Seen,
        isCompanion: Bool
    ) throws(JSONFault) {
        let bit: UInt64 = 1 << UInt64(schema.rows[row].bit)
        if (isCompanion ? seen.companions : seen.values) & bit != 0 {
            note(.structure, "This element comes twice in its object.", UInt16(row), 0)
            return try json.skipValue()
        }
        if isCompanion { seen.companions |= bit } else { seen.values |= bit }
        let isArray = json.current == UInt8(ascii: "[")
        guard schema.rows[row].isMany else {
            if isArray {
                note(.structure, "This element comes once: give one value, not a list.", row)
                return try json.skipValue()
            }
            return try item(row, 0, &seen, isCompanion: isCompanion)
        }
        guard isArray else {
            note(.structure, "This element repeats: give a list in square brackets.", row)
            return try json.skipValue()
        }
        try json.open()
        var place = 0
        if json.take(UInt8(ascii: "]")) {
            note(.structure, "A list is not empty: leave the element out.", row)
        } else {
            repeat {
                json.skipSpace()
                if place >= limits.repetitionsMax {
                    throw limit("repeated more than \(limits.repetitionsMax) times")
                }
                try item(row, place, &seen, isCompanion: isCompanion)
                place += 1
            } while json.take(UInt8(ascii: ","))
            guard json.take(UInt8(ascii: "]")) else {
                throw json.fault("a comma or ] was expected")
            }
        }
        json.close()
    }

    /// Reads one value of an element.
    private mutating func item(
        _ row: Int,
        _ place: Int,
        _ seen: inout Seen,
        isCompanion: Bool
    ) throws(JSONFault) {
        let type = Int(schema.rows[row].type)
        let primitive = schema.types[type].primitive
        if json.current == UInt8(ascii: "n") {
            try json.skipValue()
            if primitive != nil, schema.rows[row].isMany {
                seen.hasGaps = true
                let at = try begin(UInt16(row), type, place, isCompanion)
                nodes[at].kind = .null
                nodes[at].next = Int32(nodes.count)
            } else {
                note(.structure, "null is no value: leave the element out.", UInt16(row), place)
            }
            return
        }
        if schema.rows[row].isModifier { noteModifier(row, place) }
        if let primitive, !isCompanion { return try scalar(primitive, row, place) }
        if type == schema.resourceType { return try resource(UInt16(row), place: place) }
        guard json.current == UInt8(ascii: "{") else {
            let name = schema.typeNames[isCompanion ? schema.elementType : type]
            note(.structure, "This must be an object: \(name).", UInt16(row), place)
            return try json.skipValue()
        }
        let of = isCompanion ? schema.elementType : type
        let at = nodes.count
        try object(of, UInt16(row), place: place, isCompanion: isCompanion)
        if !isCompanion { checkBound(row, at, place) }
    }

    // MARK: - Places

    /// Begins a node at the index.
    mutating func begin(
        _ row: UInt16,
        _ type: Int,
        _ place: Int,
        _ isCompanion: Bool
    ) throws(JSONFault) -> Int {
        if nodes.count >= limits.nodesMax { throw limit("of more than \(limits.nodesMax) values") }
        nodes.append(
            FHIRNode(
                row: row,
                type: UInt16(type),
                kind: .object,
                isCompanion: isCompanion,
                place: Int32(place),
                start: Int32(json.index)
            )
        )
        return nodes.count - 1
    }

    private mutating func limit(_ words: String) -> JSONFault {
        isOverLimit = true
        return json.fault("a resource \(words) is not taken")
    }
}
