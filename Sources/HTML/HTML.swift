/// Markup in which every text has been escaped, as bytes of UTF-8.
///
/// It is made of elements, attributes and texts; nothing becomes markup unless one of the two
/// named doors, `trusted` and `markup`, is used.
package struct HTML: Sendable, Hashable {
    package private(set) var bytes: [UInt8]

    package init() { bytes = [] }

    /// Text, escaped.
    package init(_ text: String) {
        bytes = []
        Escape.append(text, to: &bytes, inAttribute: false)
    }

    /// Markup written in the source.
    package static func trusted(_ markup: StaticString) -> HTML {
        var html = HTML()
        markup.withUTF8Buffer { html.bytes.append(contentsOf: $0) }
        return html
    }

    /// Markup that another room has made and escaped, such as a chart or a report's table.
    package static func markup(_ text: String) -> HTML {
        var html = HTML()
        html.bytes.append(contentsOf: text.utf8)
        return html
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// The markup as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func append(_ other: HTML) { bytes.append(contentsOf: other.bytes) }

    /// A complete document: the doctype and the markup.
    package var document: [UInt8] { Array("<!DOCTYPE html>\n".utf8) + bytes }

    /// An element with its content; a void element has none and no end tag.
    package init(
        element name: StaticString,
        _ attributes: [Attribute?],
        isVoid: Bool = false,
        _ content: HTML = HTML()
    ) {
        bytes = []
        bytes.reserveCapacity(content.bytes.count + 64)
        bytes.append(0x3C)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        for attribute in attributes { attribute?.append(to: &bytes) }
        bytes.append(0x3E)
        if isVoid { return }
        bytes.append(contentsOf: content.bytes)
        bytes.append(0x3C)
        bytes.append(0x2F)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x3E)
    }
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
    fileprivate mutating func append(bytes more: [UInt8]) { bytes.append(contentsOf: more) }
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
