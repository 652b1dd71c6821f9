import Kernel
import Yams

/// Reads a mapping key by key, and reports the keys that nobody asked for.
package final class MappingReader {
    package let place: Place
    private let shape: String
    private var values: [String: Place] = [:]
    private var keyPlaces: [(key: String, place: Place)] = []
    private var asked: [String] = []

    package init?(_ place: Place, shape: String) {
        self.place = place
        self.shape = shape
        guard place.isMapping else {
            place.fault(
                "\(place.found) stands where a mapping should",
                expected: "key: value pairs, indented or in { }"
            )
            return nil
        }
        guard place.withinDepth() else { return nil }
        for entry in place.entries() {
            guard let key = entry.key.node.scalar?.string else { continue }
            values[key] = entry.value
            keyPlaces.append((key, entry.key))
        }
    }

    /// The value of a key, or nil if it is not there.
    package func optional(_ key: String) -> Place? {
        if !asked.contains(key) { asked.append(key) }
        place.log.know(key: key, in: shape)
        return values[key]
    }

    /// The value of a key; a fault if it is not there.
    package func required(_ key: String) -> Place? {
        let value = optional(key)
        if value == nil { place.fault("`\(key)` is missing", expected: "`\(key)`") }
        return value
    }

    /// The items of an optional list.
    package func list(_ key: String) -> [Place] {
        optional(key)?.list() ?? []
    }

    /// The name that people read: the key `name`, or else the id in words.
    package func name(or id: String?) -> String? {
        guard let given = optional("name") else { return id?.asName }
        return given.text()
    }

    /// The one key of these that is there, with its value; a fault if there is none or several.
    package func exactlyOne(_ keys: [String]) -> (key: String, value: Place)? {
        let found = keys.compactMap { key in optional(key).map { (key: key, value: $0) } }
        guard found.count <= 1 else {
            let written = found.map { "`\($0.key)`" }.joined(separator: " and ")
            found[1].value.fault("\(written) exclude each other", expected: "exactly one of them")
            return nil
        }
        guard let one = found.first else {
            place.fault("one of its keys is missing", expected: oneOf(keys))
            return nil
        }
        return one
    }

    /// The days from `from` to `to`.
    package func dateRange(requiresFrom: Bool = false) -> DateRange? {
        let start = requiresFrom ? required("from") : optional("from")
        let from = start?.date()
        let end = optional("to")
        let to = end?.date()
        if let from, let to, let end, from > to {
            end.fault("`\(to.iso)` is before \(from.iso)", expected: "`from` no later than `to`")
        }
        if requiresFrom, from == nil { return nil }
        return DateRange(from: from, to: to)
    }

    /// Whole numbers from `from` to `to`, one of which may be left out.
    package func bounds() -> (from: Int?, to: Int?) {
        let from = optional("from")?.whole(0...Place.large)
        let end = optional("to")
        let to = end?.whole(0...Place.large)
        if let from, let to, from > to {
            end?.fault("\(to) is below \(from)", expected: "`from` no greater than `to`")
        }
        if values["from"] == nil, values["to"] == nil {
            place.fault("a range without ends", expected: "`from`, `to` or both")
        }
        return (from, to)
    }

    /// Reports every key that was written but never asked for.
    package func reportUnknownKeys() {
        for (key, place) in keyPlaces where !asked.contains(key) {
            place.fault("`\(key)` is not a key here", expected: oneOf(asked, nearest: key))
        }
    }
}
