/// A literal reference taken apart: type, id and, where it names one, version.
package struct FHIRReference: Hashable, Sendable {
    package var type: String
    package var id: String
    package var version: String?

    package init(_ type: String, _ id: String) {
        self.type = type
        self.id = id
    }

    /// From `Patient/1`, `Patient/1/_history/2` or an address that ends so; nil for `urn:uuid:…`,
    /// a fragment, or anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var rest = parts[...]
        if rest.count >= 4, rest[rest.endIndex - 2] == "_history" {
            version = rest.last
            rest = rest.dropLast(2)
        }
        guard rest.count >= 2, let id = rest.popLast(), let type = rest.popLast(),
            let first = type.utf8.first, first &- 0x41 < 26, !id.isEmpty
        else { return nil }
        self.id = id
        self.type = type
    }

    /// By what others in a bundle may name an entry: where `fullUrl` is an address of REST, its end
    /// (R4, 3.1.0.11.2: resolving references in bundles).
    package init?(fullURL url: String) {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return nil }
        self.init(url)
    }

    /// The type that a reference leads to, when its text tells: what stands before the last id.
    static func typeName(
        in text: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let slash = UInt8(ascii: "/")
        var end = text.count
        var parts: [Range<Int>] = []
        for index in text.indices.reversed() where text[index] == slash {
            parts.append(index + 1..<end)
            end = index
            if parts.count == 4 { break }
        }
        if parts.count < 4 { parts.append(0..<end) }
        func part(_ place: Int) -> UnsafeBufferPointer<UInt8>? {
            place < parts.count ? UnsafeBufferPointer(rebasing: text[parts[place]]) : nil
        }
        let isVersioned = part(1)?.elementsEqual("_history".utf8) ?? false
        guard let name = part(isVersioned ? 3 : 1), let first = name.first, first &- 0x41 < 26
        else { return nil }
        return name
    }

    /// `Patient/1`.
    package var text: String { "\(type)/\(id)" }
}
