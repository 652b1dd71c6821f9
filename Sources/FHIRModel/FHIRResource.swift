import Kernel

/// A resource of FHIR R4 that satisfies the tables: its JSON, and where each value stands in it.
///
/// Values are read from the text when they are asked for. What the standard allows is kept as it was
/// sent, extensions of primitives included.
package struct FHIRResource: Sendable {
    /// The type: `Patient`.
    package let type: String
    /// What was left out or not read, for the answer.
    package let warnings: [FHIRIssue]
    let bytes: [UInt8]
    let nodes: [FHIRNode]

    /// Reads a resource from UTF-8 JSON, and throws every fault at once.
    package init(
        parsing bytes: [UInt8],
        limits: FHIRLimits = FHIRLimits()
    ) throws(FHIRIssues) {
        let result = bytes.withUnsafeBufferPointer { FHIRResource.read($0, limits) }
        let read = try result.get()
        self.bytes = bytes
        nodes = read.nodes
        warnings = read.warnings
        type = FHIRSchema.r4.typeNames[Int(read.nodes[0].type)]
    }

    /// Reads a resource that was built here or taken apart, from its value.
    package init(_ json: JSONObject, limits: FHIRLimits = FHIRLimits()) throws(FHIRIssues) {
        var writer = JSONWriter(capacity: 4096)
        json.write(to: &writer)
        try self.init(parsing: writer.bytes, limits: limits)
    }

    private struct Read {
        var nodes: [FHIRNode]
        var warnings: [FHIRIssue]
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ limits: FHIRLimits
    ) -> Result<Read, FHIRIssues> {
        guard bytes.count <= limits.bytesMax else {
            let says = "A resource of more than \(limits.bytesMax) bytes is not taken."
            return .failure(FHIRIssues(FHIRIssue(.tooLong, says)))
        }
        guard bytes.isValidUTF8 else {
            return .failure(FHIRIssues(FHIRIssue(.structure, "The text is not UTF-8.")))
        }
        var reader = ResourceReader(bytes, schema: .r4, limits: limits)
        do {
            try reader.read()
        } catch {
            let path = FHIRPath.path(reader.open, reader.nodes, .r4)
            let issue = FHIRIssue(
                reader.isOverLimit ? .tooCostly : .structure,
                at: path.isEmpty ? nil : path,
                error.description,
                severity: .fatal
            )
            return .failure(FHIRIssues(reader.issues + [issue]))
        }
        if !reader.issues.isEmpty { return .failure(FHIRIssues(reader.issues + reader.warnings)) }
        return .success(Read(nodes: reader.nodes, warnings: reader.warnings))
    }

    /// The resource as an element, from which the others are reached.
    package var root: FHIRElement { FHIRElement(resource: self, index: 0) }

    /// The logical id.
    package var id: String? { root["id"]?.text }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the bytes are UTF-8; those of ASCII are seen eight at a time.
    fileprivate var isValidUTF8: Bool {
        var index = 0
        var marks: UInt64 = 0
        while index &+ 8 <= count, let base = baseAddress {
            marks |= UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            index &+= 8
        }
        var rest: UInt8 = 0
        while index < count {
            rest |= self[index]
            index &+= 1
        }
        if marks & 0x8080_8080_8080_8080 == 0, rest < 0x80 { return true }
        return String(validating: self, as: UTF8.self) != nil
    }
}
