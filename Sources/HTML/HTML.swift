/// Markup in which every text has been escaped, as bytes of UTF-8.
///
/// It is made of elements, attributes and texts; nothing becomes markup unless one of the two
/// named doors, `trusted` and `markup`, is used.
package struct HTML: Sendable {
    /// What stands before `end`.
    ///
    /// Stretches that are long are taken over as they are: around most of a page there are a dozen
    /// elements, and each would copy it.
    private var stretches: [[UInt8]] = []
    private var end: [UInt8] = []
    private static let longFrom = 1_024

    package init() {}

    /// Text, escaped.
    package init(_ text: String) {
        Escape.append(text, to: &end, inAttribute: false)
    }

    /// Markup written in the source.
    package static func trusted(_ markup: StaticString) -> HTML {
        var html = HTML()
        markup.withUTF8Buffer { html.end.append(contentsOf: $0) }
        return html
    }

    /// Markup that another room has made and escaped, such as a chart or a report's table.
    package static func markup(_ text: String) -> HTML {
        var html = HTML()
        html.end.append(contentsOf: text.utf8)
        return html
    }

    package var isEmpty: Bool { stretches.isEmpty && end.isEmpty }

    package var bytes: [UInt8] { stretches.isEmpty ? end : joined(after: []) }

    /// The markup as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A complete document: the doctype and the markup.
    package var document: [UInt8] { joined(after: Array("<!DOCTYPE html>\n".utf8)) }

    private func joined(after start: [UInt8]) -> [UInt8] {
        var bytes = start
        bytes.reserveCapacity(stretches.reduce(start.count + end.count) { $0 + $1.count })
        for stretch in stretches { bytes.append(contentsOf: stretch) }
        bytes.append(contentsOf: end)
        return bytes
    }

    package mutating func append(_ other: HTML) {
        guard other.isLong else {
            end.append(contentsOf: other.end)
            return
        }
        close()
        stretches.append(contentsOf: other.stretches)
        end = other.end
    }

    private var isLong: Bool { !stretches.isEmpty || end.count >= Self.longFrom }

    /// Lets what comes next begin a stretch of its own.
    private mutating func close() {
        if end.isEmpty { return }
        stretches.append(end)
        end = []
    }

    /// An element with its content; a void element has none and no end tag.
    package init(
        element name: StaticString,
        _ attributes: [Attribute?],
        isVoid: Bool = false,
        _ content: HTML = HTML()
    ) {
        if !content.isLong { end.reserveCapacity(content.end.count + 64) }
        end.append(0x3C)
        name.withUTF8Buffer { end.append(contentsOf: $0) }
        for attribute in attributes { attribute?.append(to: &end) }
        end.append(0x3E)
        if isVoid { return }
        append(content)
        if end.count >= Self.longFrom { close() }
        end.append(0x3C)
        end.append(0x2F)
        name.withUTF8Buffer { end.append(contentsOf: $0) }
        end.append(0x3E)
    }
}

extension HTML: Hashable {
    package static func == (one: HTML, other: HTML) -> Bool { one.bytes == other.bytes }

    package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

/// An element that stands many times, and begins with the same content each time.
///
/// What is the same is made once.
package struct RepeatedElement: Sendable {
    private let before: [UInt8]
    private let after: [UInt8]

    package init(element name: StaticString, _ attributes: [Attribute?], _ start: HTML = HTML()) {
        let whole = HTML(element: name, attributes, start).bytes
        // `</`, the name and `>`.
        let end = whole.count - name.utf8CodeUnitCount - 3
        before = Array(whole[..<end])
        after = Array(whole[end...])
    }

    /// Puts the element with its further content at the end of other markup.
    package func append(_ content: HTML, to html: inout HTML) {
        append(to: &html) { $0.append(content) }
    }

    /// The same with content that is written where it stands.
    package func append(to html: inout HTML, _ content: (inout HTML) -> Void) {
        html.append(bytes: before)
        content(&html)
        html.append(bytes: after)
    }
}

extension HTML {
    fileprivate mutating func append(bytes more: [UInt8]) { end.append(contentsOf: more) }
}

/// Puts texts and elements one after the other.
@resultBuilder
package enum HTMLBuilder {
    package static func buildExpression(_ html: HTML) -> HTML { html }
    package static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
    package static func buildExpression(_ text: String) -> HTML { HTML(text) }
    package static func buildExpression(_ text: String?) -> HTML { text.map { HTML($0) } ?? HTML() }
    package static func buildExpression(_ number: Int) -> HTML { HTML(String(number)) }
    package static func buildExpression(_ parts: [HTML]) -> HTML { joined(parts) }
    package static func buildBlock() -> HTML { HTML() }
    package static func buildPartialBlock(first: HTML) -> HTML { first }
    package static func buildPartialBlock(accumulated: consuming HTML, next: HTML) -> HTML {
        accumulated.append(next)
        return accumulated
    }
    package static func buildOptional(_ html: HTML?) -> HTML { html ?? HTML() }
    package static func buildEither(first html: HTML) -> HTML { html }
    package static func buildEither(second html: HTML) -> HTML { html }
    package static func buildArray(_ parts: [HTML]) -> HTML { joined(parts) }

    private static func joined(_ parts: [HTML]) -> HTML {
        var all = HTML()
        for part in parts { all.append(part) }
        return all
    }
}

extension HTML {
    package static func + (one: consuming HTML, other: HTML) -> HTML {
        one.append(other)
        return one
    }
}
