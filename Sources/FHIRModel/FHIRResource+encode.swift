import Kernel

extension FHIRResource {
    /// Compact JSON of what the standard knows in it, its type first.
    package func write(to writer: inout JSONWriter) {
        write(0, to: &writer)
    }

    /// The same as bytes.
    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: bytes.count)
        write(to: &writer)
        return writer.bytes
    }

    private func write(_ at: Int, to writer: inout JSONWriter) {
        let node = nodes[at]
        let schema = FHIRSchema.r4
        switch node.kind {
        case .null: writer.null()
        case .object:
            writer.beginObject()
            if schema.types[Int(node.type)].isResource {
                writer.key("resourceType")
                writer.string(schema.typeNames[Int(node.type)])
            }
            var child = at + 1
            while child < node.next {
                child = writeElement(from: child, before: Int(node.next), &writer)
            }
            writer.endObject()
        default:
            writer.raw(bytes[Int(node.start)..<Int(node.end)])
        }
    }

    /// Writes an element with its repetitions, and gives the node after them.
    private func writeElement(
        from first: Int,
        before end: Int,
        _ writer: inout JSONWriter
    ) -> Int {
        let schema = FHIRSchema.r4
        let node = nodes[first]
        let element = schema.elements[Int(node.row)]
        writer.key(node.isCompanion ? "_" + element.name : element.name)
        guard element.isMany else {
            write(first, to: &writer)
            return Int(node.next)
        }
        writer.beginArray()
        var child = first
        while child < end, nodes[child].row == node.row,
            nodes[child].isCompanion == node.isCompanion
        {
            write(child, to: &writer)
            child = Int(nodes[child].next)
        }
        writer.endArray()
        return child
    }
}
