import Kernel

/// One value of a resource, with its place: what the mapping reads.
package struct FHIRElement: Sendable {
    let resource: FHIRResource
    let index: Int

    private var node: FHIRNode { resource.nodes[index] }

    /// The type of its value: `Quantity`, `code`, `Patient.contact`.
    package var type: String { FHIRSchema.r4.typeNames[Int(node.type)] }

    /// The first value of an element, by its name in FHIRPath (`value`) or in JSON.
    package subscript(name: String) -> FHIRElement? {
        next(name, from: index + 1).map { FHIRElement(resource: resource, index: $0) }
    }

    /// The values of an element; gaps and extensions of primitives are not among them.
    package func all(_ name: String) -> [FHIRElement] {
        var found: [FHIRElement] = []
        var place = index + 1
        while let child = next(name, from: place) {
            found.append(FHIRElement(resource: resource, index: child))
            place = Int(resource.nodes[child].next)
        }
        return found
    }

    /// The place of the first value of an element, of those within that begin at a place or later.
    private func next(_ name: String, from place: Int) -> Int? {
        let nodes = resource.nodes
        guard nodes[index].kind == .object else { return nil }
        var child = place
        let end = Int(nodes[index].next)
        while child < end {
            let node = nodes[child]
            if !node.isCompanion, node.kind != .null,
                FHIRSchema.r4.isElement(Int(node.row), called: name)
            {
                return child
            }
            child = Int(node.next)
        }
        return nil
    }

    /// The text of a string, or the digits of a number.
    package var text: String? {
        let node = node
        let (start, end) = (Int(node.start), Int(node.end))
        switch node.kind {
        case .plain: return String(decoding: resource.bytes[start + 1..<end - 1], as: UTF8.self)
        case .escaped: return (try? JSONValue(parsing: Array(resource.bytes[start..<end])))?.string
        case .number: return String(decoding: resource.bytes[start..<end], as: UTF8.self)
        default: return nil
        }
    }

    /// The system of a code that stands alone, where the codes that it may be are bound.
    package var impliedSystem: String? {
        let row = node.row
        guard type == "code", row != FHIRNode.noRow else { return nil }
        let codes = Int(FHIRSchema.r4.rows[Int(row)].codes)
        return codes < 0 ? nil : FHIRSchema.r4.codeSets[codes].implied
    }

    /// The truth value, if it is one.
    package var bool: Bool? {
        switch node.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// The whole number, if it is one.
    package var int: Int? { node.kind == .number ? text.flatMap { Int($0) } : nil }

    /// The moment or the span that a date or a time says.
    package var time: FHIRTime? { text.flatMap { FHIRTime($0) } }

    /// The whole date, if it says one.
    package var day: CivilDate? { time?.day }

    /// The JSON of the value as it was sent.
    package var json: JSONValue? {
        let node = node
        return try? JSONValue(parsing: Array(resource.bytes[Int(node.start)..<Int(node.end)]))
    }

    /// Where it stands, in FHIRPath: `Patient.name[0].given[1]`.
    package var path: String {
        let nodes = resource.nodes
        var open: [Int] = []
        var at = 0
        while at != index {
            open.append(at)
            var child = at + 1
            while Int(nodes[child].next) <= index { child = Int(nodes[child].next) }
            at = child
        }
        open.append(index)
        return FHIRPath.path(open, nodes, .r4)
    }

    /// The extension of an address within, if it is there.
    package func `extension`(_ url: String) -> FHIRElement? {
        all("extension").first { $0["url"]?.text == url }
    }
}
