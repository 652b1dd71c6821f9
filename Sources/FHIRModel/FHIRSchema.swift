/// The element tables of FHIR R4, made ready for reading resources.
///
/// What is looked at for every byte of a resource stands in flat rows without references; names for
/// messages stand beside them.
struct FHIRSchema: Sendable {
    /// The one that the tables make.
    static let r4 = FHIRSchema(TableReader())

    /// A name that is looked up by its bytes: eight of them at once, and the rest in the pool.
    struct Name: Sendable {
        var head: UInt64
        var start: Int32
        var count: Int32
    }

    /// What the reader needs of an element.
    struct Row: Sendable {
        var name: Name
        var type: UInt16
        /// The bit of the element among those of its type.
        var bit: UInt8
        var isMany: Bool
        var hasTargets: Bool
        /// No system may ignore what this says.
        var isModifier: Bool
        /// The place of its codes; -1 when any will do.
        var codes: Int16
    }

    /// What the reader needs of a type.
    struct TypeRow: Sendable {
        var rows: Range<Int>
        var required: UInt64 = 0
        var choices: Range<Int>
        var primitive: PrimitiveKind?
        var isResource = false
    }

    /// One choice of types: the bits of its elements.
    struct Choice: Sendable {
        var bits: UInt64
        var isRequired: Bool
    }

    /// A set of codes, and the system of those that stand in a `Coding`.
    struct CodeSet: Sendable {
        var name: String
        var system: String?
        var codes: [String]
        var names: Range<Int>

        /// The system of codes that stand alone, as the binding implies it: mostly the set's own.
        var implied: String {
            let own = ["care-plan-intent", "task-intent"].contains(name) ? "request-intent" : name
            return system ?? "http://hl7.org/fhir/\(own)"
        }
    }

    private(set) var pool: [UInt8] = []
    private(set) var rows: [Row] = []
    private(set) var elements: [TableReader.Element] = []
    private(set) var types: [TypeRow] = []
    private(set) var typeNames: [String] = []
    private(set) var choices: [Choice] = []
    private(set) var codeSets: [CodeSet] = []
    private(set) var codeNames: [Name] = []
    /// The types of resources by their names.
    private(set) var resources: [String: Int] = [:]
    private(set) var elementType = 0
    private(set) var referenceType = 0
    private(set) var resourceType = 0
    private(set) var extensionType = 0
    /// The row of `Reference.reference`.
    private(set) var referenceRow = 0

    init(_ reader: TableReader) {
        for kind in PrimitiveKind.allCases {
            typeNames.append(kind.rawValue)
            types.append(TypeRow(rows: 0..<0, choices: 0..<0, primitive: kind))
        }
        addCodes()
        var places: [String: Int] = [:]
        for (place, name) in typeNames.enumerated() { places[name] = place }
        for (place, listing) in reader.types.enumerated() {
            places[listing.name] = place + PrimitiveKind.allCases.count
        }
        let listings = Dictionary(uniqueKeysWithValues: reader.types.map { ($0.name, $0) })
        for listing in reader.types { add(listing, listings, places) }
        elementType = places["Element"] ?? 0
        referenceType = places["Reference"] ?? 0
        resourceType = places["Resource"] ?? 0
        extensionType = places["Extension"] ?? 0
        referenceRow =
            types[referenceType].rows.first { elements[$0].name == "reference" } ?? 0
    }

    /// Whether an element has a name, in FHIRPath (`value`) or in JSON (`valueQuantity`).
    func isElement(_ row: Int, called name: String) -> Bool {
        elements[row].stem == name || elements[row].name == name
    }

    private mutating func addCodes() {
        for line in Tables.codes.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let head = words[0].split(separator: "@", maxSplits: 1).map(String.init)
            let codes = Array(words.dropFirst())
            let start = codeNames.count
            for code in codes { codeNames.append(intern(code)) }
            codeSets.append(
                CodeSet(
                    name: head[0],
                    system: head.count > 1 ? head[1] : nil,
                    codes: codes,
                    names: start..<codeNames.count
                )
            )
        }
    }

    private mutating func add(
        _ listing: TableReader.TypeListing,
        _ listings: [String: TableReader.TypeListing],
        _ places: [String: Int]
    ) {
        var line = [listing]
        while let parent = line.first?.parent, let above = listings[parent] {
            line.insert(above, at: 0)
        }
        var type = TypeRow(rows: rows.count..<rows.count, choices: choices.count..<choices.count)
        type.isResource = line[0].name == "Resource"
        for part in line {
            let firstChoice = choices.count
            choices += part.choices.map { Choice(bits: 0, isRequired: $0) }
            for element in part.elements {
                guard let place = places[element.type] else {
                    preconditionFailure("no type \(element.type) of \(part.name).\(element.name)")
                }
                let bit = rows.count - type.rows.lowerBound
                precondition(bit < 64, "\(listing.name) has too many elements")
                if let choice = element.choice { choices[firstChoice + choice].bits |= 1 << bit }
                if element.isRequired { type.required |= 1 << bit }
                elements.append(element)
                rows.append(
                    Row(
                        name: intern(element.name),
                        type: UInt16(place),
                        bit: UInt8(bit),
                        isMany: element.isMany,
                        hasTargets: element.targets != nil,
                        isModifier: ["modifierExtension", "implicitRules"].contains(element.name),
                        codes: codePlace(of: element)
                    )
                )
            }
        }
        type.rows = type.rows.lowerBound..<rows.count
        type.choices = type.choices.lowerBound..<choices.count
        let isAbstract = ["Resource", "DomainResource"].contains(listing.name)
        if type.isResource, !isAbstract { resources[listing.name] = types.count }
        types.append(type)
        typeNames.append(listing.name)
    }

    private func codePlace(of element: TableReader.Element) -> Int16 {
        guard let name = element.codes else { return -1 }
        guard let place = codeSets.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("no codes \(name) of \(element.name)")
        }
        return Int16(place)
    }

    private mutating func intern(_ text: String) -> Name {
        let start = pool.count
        pool.append(contentsOf: text.utf8)
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            Name(head: Self.head(of: bytes), start: Int32(start), count: Int32(bytes.count))
        }
    }
}

extension FHIRSchema {
    /// The first eight bytes of a name, or all of it with noughts after.
    static func head(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if bytes.count >= 8, let base = bytes.baseAddress {
            return UnsafeRawPointer(base).loadUnaligned(as: UInt64.self)
        }
        var head: UInt64 = 0
        for index in bytes.indices { head |= UInt64(bytes[index]) << UInt64(index * 8) }
        return UInt64(littleEndian: head)
    }

    /// Whether a name is these bytes, whose head is known.
    func matches(_ name: Name, _ bytes: UnsafeBufferPointer<UInt8>, head: UInt64) -> Bool {
        guard name.head == head, Int(name.count) == bytes.count else { return false }
        var index = 8
        while index < bytes.count {
            if pool[Int(name.start) + index] != bytes[index] { return false }
            index += 1
        }
        return true
    }

    /// The row of an element of a type by its name; looked for first where the last one was found.
    func row(
        named bytes: UnsafeBufferPointer<UInt8>,
        of type: TypeRow,
        after last: Int
    ) -> Int? {
        let head = Self.head(of: bytes)
        var row = last
        for _ in type.rows {
            row += 1
            if row >= type.rows.upperBound { row = type.rows.lowerBound }
            if matches(rows[row].name, bytes, head: head) { return row }
        }
        return nil
    }

    /// Whether a text is one of a set's codes.
    func isCode(_ bytes: UnsafeBufferPointer<UInt8>, of set: Int) -> Bool {
        let head = Self.head(of: bytes)
        for place in codeSets[set].names where matches(codeNames[place], bytes, head: head) {
            return true
        }
        return false
    }
}
