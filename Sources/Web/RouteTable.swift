/// Which entry answers a method and a path.
///
/// A pattern is a path in which `:name` stands for one part: `/cases/:case/notes`.
package struct RouteTable<Entry: Sendable>: Sendable {
    private struct Node: Sendable {
        var words: [String: Int] = [:]
        var parameter: (name: String, node: Int)?
        var entries: [Request.Method: Entry] = [:]
    }

    /// What a look-up finds.
    package enum Found: Sendable {
        case entry(Entry, parameters: [String: String])
        /// The path is known, with other methods.
        case methods([Request.Method])
        case nothing
    }

    private var nodes = [Node()]

    package init() {}

    package mutating func add(_ method: Request.Method, _ pattern: String, _ entry: Entry) {
        var at = 0
        for part in pattern.split(separator: "/") {
            at = part.hasPrefix(":") ? parameter(String(part.dropFirst()), at) : word(part, at)
        }
        precondition(nodes[at].entries[method] == nil, "\(method) \(pattern) is there twice")
        nodes[at].entries[method] = entry
    }

    private mutating func word(_ part: Substring, _ at: Int) -> Int {
        if let node = nodes[at].words[String(part)] { return node }
        nodes.append(Node())
        nodes[at].words[String(part)] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func parameter(_ name: String, _ at: Int) -> Int {
        if let known = nodes[at].parameter {
            precondition(known.name == name, ":\(name) stands where :\(known.name) does")
            return known.node
        }
        nodes.append(Node())
        nodes[at].parameter = (name, nodes.count - 1)
        return nodes.count - 1
    }

    /// The entry for a path; a word goes before a parameter.
    package func find(_ method: Request.Method, _ path: String) -> Found {
        var at = 0
        var parameters: [String: String] = [:]
        for part in path.utf8.split(separator: 0x2F) {
            let text = URLEncoding.text(part)
            if let node = nodes[at].words[text] {
                at = node
            } else if let (name, node) = nodes[at].parameter {
                parameters[name] = text
                at = node
            } else {
                return .nothing
            }
        }
        if let entry = nodes[at].entries[method] { return .entry(entry, parameters: parameters) }
        let methods = nodes[at].entries.keys.sorted { $0.rawValue < $1.rawValue }
        return methods.isEmpty ? .nothing : .methods(methods)
    }
}

extension [Request.Method] {
    /// What an address takes, as `Allow` lists it (RFC 9110, 10.2.1); what can be got has a head too.
    package var allowed: String {
        flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
    }
}
