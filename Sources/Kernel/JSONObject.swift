/// A JSON object: keys and values in the order they were written.
///
/// Two objects are equal when they have the same members in the same order.
package struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The members in order; no key comes twice.
    package private(set) var members: [(key: String, value: JSONValue)] = []

    /// An object with no members.
    package init() {}

    /// An object with members in order; of two with one key, the last counts.
    package init(_ members: [(key: String, value: JSONValue)]) {
        for (key, value) in members { self[key] = value }
    }

    /// An object with members whose keys are known to differ.
    package init(distinct members: [(key: String, value: JSONValue)]) { self.members = members }

    /// An object from a literal, in its order.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { (key: $0.0, value: $0.1) })
    }

    /// The keys in order.
    package var keys: [String] { members.map(\.key) }

    /// The number of members.
    package var count: Int { members.count }

    /// Whether there are no members.
    package var isEmpty: Bool { members.isEmpty }

    /// The value of a key; setting a new key puts it last, and setting nil removes the member.
    package subscript(key: String) -> JSONValue? {
        get {
            for member in members where member.key == key { return member.value }
            return nil
        }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// Writes the object.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for (key, value) in members {
            writer.key(key)
            value.write(to: &writer)
        }
        writer.endObject()
    }

    /// Whether two objects have the same members in the same order.
    package static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.elementsEqual(b.members) { $0.key == $1.key && $0.value == $1.value }
    }

    /// Feeds the members to a hash, in order.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        for (key, value) in members {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}
