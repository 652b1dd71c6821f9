import Yams

/// A spot in a file: what is written there, the path that leads to it, and the log.
package struct Place {
    /// Nesting beyond this is refused, so that reading cannot run out of stack.
    static let depthMax = 40

    let node: Node
    /// For example `pathway.interventions[2].sessions_max`; list items are counted from 1.
    package let path: String
    package let depth: Int
    package let log: ReadingLog

    init(node: Node, path: String, depth: Int = 0, log: ReadingLog) {
        self.node = node
        self.path = path
        self.depth = depth
        self.log = log
    }

    /// The line, from 1.
    package var line: Int { node.mark?.line ?? 0 }
    /// The column, from 1.
    package var column: Int { node.mark?.column ?? 0 }

    /// Notes what has become a fault since files were first accepted, but in one that was.
    package func newFault(_ problem: String, expected: String? = nil) {
        if !log.isKept { fault(problem, expected: expected) }
    }

    /// Notes a fault here.
    package func fault(_ problem: String, expected: String? = nil) {
        log.add(
            line: node.mark?.line,
            column: node.mark?.column,
            field: path,
            problem: problem,
            expected: expected
        )
    }

    /// The place of an item of a list; `index` is counted from 0.
    package func item(_ index: Int, _ node: Node) -> Place {
        Place(node: node, path: "\(path)[\(index + 1)]", depth: depth + 1, log: log)
    }

    /// The place of the value of a key.
    package func value(of key: String, _ node: Node) -> Place {
        let path = path.isEmpty ? key : "\(path).\(key)"
        return Place(node: node, path: path, depth: depth + 1, log: log)
    }

    /// The items of a list; a fault, and none, if something else is written.
    package func list() -> [Place] {
        guard let sequence = node.sequence else {
            fault("\(found) stands where a list should", expected: "a list, such as [a, b]")
            return []
        }
        guard withinDepth() else { return [] }
        return sequence.enumerated().map { item($0.offset, $0.element) }
    }

    /// The items of a list, or the one thing that is written instead of a list of one.
    package func listOrOne() -> [Place] {
        node.sequence == nil ? [self] : list()
    }

    /// Whether a mapping is written here.
    package var isMapping: Bool { node.mapping != nil }
    /// Whether `[]` is written here.
    package var isEmptyList: Bool { node.sequence?.isEmpty ?? false }
    /// Whether `{}` is written here.
    package var isEmptyMapping: Bool { entryCount == 0 }
    /// How many entries a mapping has; nil if none is written here.
    package var entryCount: Int? { node.mapping?.count }
    /// The single value that is written here, if it is one.
    package var scalarText: String? { node.scalar?.string }

    /// Whether a mapping with this key is written here.
    package func hasKey(_ key: String) -> Bool {
        node.mapping?.keys.contains { $0.scalar?.string == key } ?? false
    }

    /// Reads a mapping whose keys are known; `shape` names its kind, as in the JSON Schema.
    package func read<Value>(_ shape: String, _ body: (MappingReader) -> Value?) -> Value? {
        guard let reader = MappingReader(self, shape: shape) else { return nil }
        let value = body(reader)
        reader.reportUnknownKeys()
        return value
    }

    /// The entries of a mapping whose keys are the writer's own, in order.
    package func entries() -> [(key: Place, value: Place)] {
        guard let mapping = node.mapping else {
            fault("\(found) stands where a mapping should", expected: "key: value pairs")
            return []
        }
        guard withinDepth() else { return [] }
        return mapping.compactMap { pair in
            let key = value(of: pair.key.scalar?.string ?? "?", pair.key)
            guard let name = pair.key.scalar?.string else {
                key.fault("a key must be a word", expected: nil)
                return nil
            }
            return (key, value(of: name, pair.value))
        }
    }

    /// Whether this is not too deep to be read; a fault if it is.
    package func withinDepth() -> Bool {
        guard depth > Self.depthMax else { return true }
        fault("nested too deeply", expected: "at most \(Self.depthMax) levels")
        return false
    }

    /// What is written here, in words.
    package var found: String {
        switch node {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "`\(scalar.string)`"
        case .alias: "an alias"
        }
    }
}
