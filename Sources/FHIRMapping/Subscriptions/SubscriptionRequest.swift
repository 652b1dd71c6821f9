import FHIRModel
import Kernel

/// A Subscription as it was sent, found to be one that can be kept.
package struct SubscriptionRequest: Sendable {
    package var topic: SubscriptionTopic
    /// Of the resources that change, those that are meant.
    package var filters: [SearchQuery]
    package var endpoint: String
    /// As they stand in each request, `Name: value`.
    package var headers: [String]
    /// Whether notifications name the resources, or only say that something changed.
    package var namesResources: Bool
    package var heartbeatSeconds: Int?
    package var end: Instant?
    package var isOff: Bool
    /// What is kept and shown: all but the headers, the id and what the server sets.
    package var kept: JSONObject

    /// Reads a Subscription, and throws every fault at once.
    ///
    /// - Parameters:
    ///   - problem: what is wrong with an address, if anything.
    ///   - isNew: whether it is created, so that its status must be `requested`.
    package init(
        _ resource: FHIRResource,
        isNew: Bool,
        at now: Instant,
        problem: (String) -> String?
    ) throws(FHIRIssues) {
        var issues: [FHIRIssue] = []
        let json = resource.root.json?.object ?? JSONObject()
        func fault(_ place: String, _ says: String, _ code: FHIRIssue.Code = .notSupported) {
            issues.append(FHIRIssue(code, at: "Subscription.\(place)", says))
        }

        let status = json["status"]?.string
        isOff = status == "off"
        if isNew ? status != "requested" : status == "error" {
            fault("status", "Send requested\(isNew ? "" : ", active or off").", .value)
        }

        let criteria = json["criteria"]?.string ?? ""
        let found = SubscriptionTopic(canonical: criteria)
        if found == nil {
            let topics = SubscriptionTopic.all.map(\.canonical)
            let near = nearestSpelling(to: criteria, in: topics)
            let says =
                near.map { "Did you mean \($0)?" } ?? "There are: " + topics.joined(separator: ", ")
            fault("criteria", "It is no topic of this server. \(says)")
        }
        filters = []
        for text in Self.values(of: Backport.filter, in: json["_criteria"]) {
            do {
                filters.append(try Self.filter(text.string ?? "", of: found?.type))
            } catch {
                issues += error.issues
            }
        }

        let channel = json["channel"]
        if channel?["type"]?.string != "rest-hook" {
            fault("channel.type", "Only rest-hook is served.")
        }
        endpoint = channel?["endpoint"]?.string ?? ""
        if let problem = problem(endpoint) {
            fault("channel.endpoint", "The address \(problem).", .value)
        }
        let payload = channel?["payload"]?.string.map { String($0.prefix { $0 != ";" }) }
        if payload != "application/fhir+json" {
            fault("channel.payload", "Only application/fhir+json is sent.")
        }
        let content = Self.values(of: Backport.content, in: channel?["_payload"]).first?.string
        namesResources = content != "empty"
        if !["id-only", "empty", nil].contains(content) {
            fault("channel.payload", "Only the content id-only, or empty, is sent.")
        }
        heartbeatSeconds = Self.values(of: Backport.heartbeat, in: channel).first?.int
        if let seconds = heartbeatSeconds, !(60...86_400).contains(seconds) {
            fault("channel", "A heartbeat comes every 60 to 86400 seconds.", .value)
        }
        headers = channel?["header"]?.array?.compactMap(\.string) ?? []
        if headers.count > 10 || !headers.allSatisfy(Self.isHeader) {
            let says = "At most 10 headers, each Name: value, and none that is the server's to set."
            fault("channel.header", says, .value)
        }

        end = json["end"]?.string.flatMap { Instant(iso: $0) }
        if let end, end <= now { fault("end", "It is over already.", .value) }
        guard issues.isEmpty, let found else { throw FHIRIssues(issues) }
        topic = found
        kept = Self.kept(json)
    }

    /// The values of an extension within an element.
    private static func values(of url: String, in element: JSONValue?) -> [JSONValue] {
        (element?["extension"]?.array ?? []).filter { $0["url"]?.string == url }.compactMap { one in
            one.object?.members.first { $0.key.hasPrefix("value") }?.value
        }
    }

    /// A filter as `Task?status=accepted`, its parameters encoded as those of an address are.
    private static func filter(
        _ text: String,
        of type: String?
    ) throws(FHIRIssues) -> SearchQuery {
        let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, type == nil || halves[0] == type ?? "" else {
            let says = "A filter is \(type ?? "Task")?parameter=value, not \(text)."
            throw FHIRIssues(FHIRIssue(.value, at: "Subscription.criteria", says))
        }
        let pairs = Array(halves[1].utf8).split(separator: 0x26).map { pair in
            let end = pair.firstIndex(of: 0x3D) ?? pair.endIndex
            return (
                name: String(formEncoded: pair[..<end]),
                value: String(formEncoded: pair[end...].dropFirst())
            )
        }
        let query = try SearchQuery(String(halves[0]), pairs)
        guard query.includes.isEmpty, !query.terms.isEmpty else {
            let says = "A filter has search parameters of the resource, and no others."
            throw FHIRIssues(FHIRIssue(.notSupported, at: "Subscription.criteria", says))
        }
        return query
    }

    /// Whether a header is one that its sender may have set.
    private static func isHeader(_ text: String) -> Bool {
        let ours = [
            "host", "content-type", "content-length", "transfer-encoding", "connection", "expect",
            "user-agent", "te", "upgrade", "trailer",
        ]
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, text.utf8.count <= 2_000 else { return false }
        let isName = halves[0].utf8.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D || $0 == 0x5F
        }
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isName && isPlain && !ours.contains(halves[0].lowercased())
    }

    private static func kept(_ json: JSONObject) -> JSONObject {
        var kept = json
        for key in ["resourceType", "id", "meta", "status", "error", "text"] { kept[key] = nil }
        if var channel = kept["channel"]?.object {
            // They may be a password: they are kept apart, and never shown.
            channel["header"] = nil
            channel["_header"] = nil
            kept["channel"] = .object(channel)
        }
        return kept
    }
}
