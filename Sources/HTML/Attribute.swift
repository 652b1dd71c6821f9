/// An attribute of an element; its value is escaped when it is written.
package struct Attribute: Sendable, Hashable {
    package var name: String
    /// Nil for an attribute that only stands there, such as `required`.
    package var value: String?

    package init(_ name: StaticString, _ value: String?) {
        self.name = name.description
        self.value = value
    }

    /// An attribute without a value, or none.
    package static func flag(_ name: StaticString, if isThere: Bool = true) -> Attribute? {
        isThere ? Attribute(name, nil) : nil
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(0x20)
        bytes.append(contentsOf: name.utf8)
        guard let value else { return }
        bytes.append(0x3D)
        bytes.append(0x22)
        Escape.append(value, to: &bytes, inAttribute: true)
        bytes.append(0x22)
    }
}

extension Attribute {
    package static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    package static func id(_ id: String) -> Attribute { Attribute("id", id) }
    package static func name(_ name: String) -> Attribute { Attribute("name", name) }
    package static func value(_ value: String) -> Attribute { Attribute("value", value) }
    package static func type(_ type: String) -> Attribute { Attribute("type", type) }
    package static func `for`(_ id: String) -> Attribute { Attribute("for", id) }
    package static func method(_ method: String) -> Attribute { Attribute("method", method) }
    package static func role(_ role: String) -> Attribute { Attribute("role", role) }
    package static func lang(_ tag: String) -> Attribute { Attribute("lang", tag) }
    package static func dir(_ direction: String) -> Attribute { Attribute("dir", direction) }
    package static func scope(_ scope: String) -> Attribute { Attribute("scope", scope) }
    package static func rows(_ rows: Int) -> Attribute { Attribute("rows", String(rows)) }
    package static func content(_ text: String) -> Attribute { Attribute("content", text) }
    package static func rel(_ relation: String) -> Attribute { Attribute("rel", relation) }
    package static func autocomplete(_ what: String) -> Attribute {
        Attribute("autocomplete", what)
    }
    package static func inputmode(_ mode: String) -> Attribute { Attribute("inputmode", mode) }
    package static func aria(_ what: StaticString, _ value: String) -> Attribute {
        var attribute = Attribute(what, value)
        attribute.name = "aria-" + attribute.name
        return attribute
    }

    /// A link to a place of ours, to a heading, by secure web, mail or telephone.
    ///
    /// Anything else, such as `javascript:`, becomes a link to nowhere.
    package static func href(_ place: String) -> Attribute { Attribute("href", safe(place)) }
    package static func action(_ place: String) -> Attribute { Attribute("action", safe(place)) }
    package static func src(_ place: String) -> Attribute { Attribute("src", safe(place)) }

    private static let starts = ["/", "#", "?", "https://", "mailto:", "tel:"]

    private static func safe(_ place: String) -> String {
        let isOurs = starts.contains { place.hasPrefix($0) } && !place.hasPrefix("//")
        return isOurs ? place : "#"
    }
}
