import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// What the entries of a transaction say of each other, by `fullUrl` (R4, 3.1.0.11.2).
///
/// A case that is referred on has no ServiceRequest of its own for that: one that comes as the
/// focus of an onward Task is read as part of the Task, as if it were contained in it.
struct BundleLinks {
    private let entries: [BundleEntry]
    private let byURL: [String: BundleEntry]
    /// The places of Tasks that refer a case on.
    private(set) var onward: Set<Int> = []
    /// Of each ServiceRequest that is part of an onward Task, the place of that Task.
    private(set) var requests: [Int: Int] = [:]

    init(_ entries: [BundleEntry]) {
        self.entries = entries
        let named = entries.flatMap { entry -> [(String, BundleEntry)] in
            guard let url = entry.fullURL else { return [] }
            return [url, FHIRReference(fullURL: url)?.text].compactMap { name in
                name.map { ($0, entry) }
            }
        }
        byURL = Dictionary(named) { first, _ in first }
        for entry in entries where entry.request.method == .post && entry.type == "Task" {
            guard let parent = Self.references(entry, "partOf").first else { continue }
            // A Task may be part of one that is the sender's own, and a referral all the same.
            let isHere = FHIRReference(parent).map { CaseReference.caseID(in: $0.id) != nil }
            guard isHere == true || byURL[parent] != nil else { continue }
            onward.insert(entry.place)
            let focus = Self.references(entry, "focus").first.flatMap { byURL[$0] }
            if let focus, focus.type == "ServiceRequest", focus.request.method == .post {
                requests[focus.place] = entry.place
            }
        }
    }

    /// The first entry that opens a case, where there is one.
    var opening: BundleEntry? {
        entries.first { entry in
            entry.request.method == .post
                && (entry.type == "ServiceRequest" && requests[entry.place] == nil
                    || entry.type == "Task" && !onward.contains(entry.place))
        }
    }

    /// An entry as it would be sent by itself: what it says of others is where they are.
    func resolved(_ entry: BundleEntry) -> BundleEntry {
        guard var resource = entry.resource else { return entry }
        if let place = requests.first(where: { $0.value == entry.place })?.key,
            let request = entries.first(where: { $0.place == place })?.resource
        {
            resource = Self.containing(request, resource)
        }
        let moved = placed(.object(resource))
        if moved == .object(entry.resource ?? JSONObject()) { return entry }
        var entry = entry
        entry.request.body = Array(moved.text.utf8)
        return entry
    }

    /// The case of another entry that this one names, for one that names its case by that alone.
    func caseNamed(by entry: BundleEntry) -> CaseID? {
        for place in CaseReference.places {
            for text in Self.references(entry, place) {
                guard let other = byURL[text]?.resource.flatMap({ try? FHIRResource($0) }) else {
                    continue
                }
                if let id = CaseReference.cases(in: other).first { return id }
            }
        }
        return nil
    }

    /// References to what is changed by the same transaction lead to where it is.
    private func placed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(placed))
        case .object(let object):
            return .object(
                JSONObject(
                    distinct: object.members.map { key, value in
                        guard key == "reference", let text = value.string,
                            let other = byURL[text], other.request.method == .put
                        else { return (key, placed(value)) }
                        let path = other.request.path.dropFirst(FHIRRoute.base.count + 1)
                        return (key, .string(String(path)))
                    }
                )
            )
        default: return value
        }
    }

    /// A Task with its ServiceRequest within it.
    private static func containing(_ request: JSONObject, _ task: JSONObject) -> JSONObject {
        var (task, request) = (task, request)
        // Contained resources hold none themselves.
        let inner = request["contained"]?.array ?? []
        request["contained"] = nil
        request["id"] = .string("request")
        task["contained"] = .array((task["contained"]?.array ?? []) + inner + [.object(request)])
        task["focus"] = .object(["reference": .string("#request")])
        return task
    }

    private static func references(_ entry: BundleEntry, _ name: String) -> [String] {
        let value = entry.resource?[name]
        return (value?.array ?? [value].compactMap(\.self)).compactMap { $0["reference"]?.string }
    }
}
