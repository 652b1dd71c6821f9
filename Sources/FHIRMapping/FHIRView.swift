import FHIRModel
import Kernel

/// A resource as the journal makes it, not yet with its version.
package struct FHIRView: Sendable, Hashable {
    package var type: String
    package var id: String
    /// All but `resourceType`, `id` and `meta`.
    package var body: JSONObject

    package init(_ type: String, _ id: String, _ body: JSONObject) {
        self.type = type
        self.id = id
        self.body = body
    }

    /// `Task/0123`.
    package var reference: String { "\(type)/\(id)" }
}

/// One version of a resource: what it was from a moment on.
package struct FHIRVersion: Sendable, Hashable {
    /// From 1, without gaps.
    package var number: Int
    package var lastUpdated: Instant
    /// Nil where it was no more to be had from then on.
    package var view: FHIRView?
    /// What it was last, where it is no more.
    package var last: FHIRView?

    package init(number: Int, lastUpdated: Instant, view: FHIRView?, last: FHIRView? = nil) {
        self.number = number
        self.lastUpdated = lastUpdated
        self.view = view
        self.last = last
    }

    /// The same with what is no more as it was last.
    package var asKnown: FHIRVersion {
        FHIRVersion(number: number, lastUpdated: lastUpdated, view: view ?? last)
    }

    /// The weak entity tag: `W/"3"`.
    package var etag: String { "W/\"\(number)\"" }

    /// Where this version is read, or the resource where versions are not; nil where it was deleted.
    package var place: String? {
        view.map { view in
            Capability.versionedTypes.contains(view.type)
                ? "\(view.reference)/_history/\(number)" : view.reference
        }
    }

    /// The whole resource, with its version; nil where it was deleted.
    package var resource: JSONObject? {
        guard let view else { return nil }
        let moment = JSONValue.string(lastUpdated.iso)
        let meta = built(("versionId", .string("\(number)")), ("lastUpdated", moment))
        var members: [(key: String, value: JSONValue)] = [
            ("resourceType", .string(view.type)), ("id", .string(view.id)),
            ("meta", .object(meta)),
        ]
        members += view.body.members
        var json = JSONObject(distinct: members)
        // A Task says itself when it changed; that alone is no change of it.
        if view.type == "Task" { json["lastModified"] = moment }
        return json
    }
}
