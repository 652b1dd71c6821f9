import Casework
import FHIRModel
import Kernel

/// A subscription as it is kept, for reading it and for telling its receiver.
package struct SubscriptionRecord: Sendable {
    package var id: String
    package var version: Int
    package var updatedAt: Instant
    /// `requested`, `active`, `error` or `off`.
    package var status: String
    package var problem: String?
    package var topic: SubscriptionTopic
    /// How many events there were since it began.
    package var events: Int
    /// As it was sent, without what the server sets.
    package var kept: JSONObject

    package init(
        id: String,
        version: Int,
        updatedAt: Instant,
        status: String,
        problem: String?,
        topic: SubscriptionTopic,
        events: Int,
        kept: JSONObject
    ) {
        self.id = id
        self.version = version
        self.updatedAt = updatedAt
        self.status = status
        self.problem = problem
        self.topic = topic
        self.events = events
        self.kept = kept
    }

    /// The Subscription.
    package var resource: FHIRVersion {
        var body: JSONObject = ["status": .value(status)]
        for (key, value) in kept.members { body[key] = value }
        body["error"] = problem.map { .value($0) }
        let view = FHIRView("Subscription", id, body)
        return FHIRVersion(number: version, lastUpdated: updatedAt, view: view)
    }

    /// A resource of which a notification tells.
    package struct Focus: Sendable, Hashable {
        /// `Task/0123`.
        package var reference: String
        /// Whether it is no more.
        package var isGone: Bool

        /// Nil where nothing was ever known of it.
        package init?(_ version: FHIRVersion) {
            guard let view = version.asKnown.view else { return nil }
            reference = view.reference
            isGone = version.view == nil
        }
    }

    /// Why its receiver is told.
    package enum Kind: Sendable {
        case handshake
        case heartbeat
        /// Somebody asked how it stands.
        case query
        /// The first is what changed, the others came with it.
        case event(number: Int, at: Instant, focus: [Focus])

        var code: String {
            switch self {
            case .handshake: "handshake"
            case .heartbeat: "heartbeat"
            case .query: "query-status"
            case .event: "event-notification"
            }
        }
    }

    /// The Bundle that says it: a notification, or the answer to `$status`.
    ///
    /// - Parameters:
    ///   - id: a UUID for the entry of the status.
    ///   - address: the base that clients use.
    package func bundle(_ kind: Kind, id uuid: String, address: String, at now: Instant)
        -> JSONObject
    {
        let own = "\(address)/Subscription/\(id)"
        let statusEntry = JSONValue.built(
            ("fullUrl", .value("urn:uuid:\(uuid)")),
            ("resource", .object(parameters(kind, address: address))),
            ("request", exchange("GET", "\(own)/$status")),
            ("response", .built(("status", .value("200"))))
        )
        if case .query = kind {
            let entry = JSONValue.built(
                ("fullUrl", .value("urn:uuid:\(uuid)")),
                ("resource", .object(parameters(kind, address: address))),
                ("search", .built(("mode", .value("match"))))
            )
            return built(
                ("resourceType", .value("Bundle")),
                ("type", .value("searchset")),
                ("total", .int(1)),
                (
                    "link",
                    .list([
                        .built(("relation", .value("self")), ("url", .value("\(own)/$status")))
                    ])
                ),
                ("entry", .list([entry]))
            )
        }
        var entries = [statusEntry]
        if case .event(_, _, let focus) = kind {
            entries += focus.map { one -> JSONValue in
                let (method, status) = one.isGone ? ("DELETE", "204") : ("GET", "200")
                return .built(
                    ("fullUrl", .value("\(address)/\(one.reference)")),
                    ("request", exchange(method, one.reference)),
                    ("response", .built(("status", .value(status))))
                )
            }
        }
        return built(
            ("resourceType", .value("Bundle")),
            ("id", .value(uuid)),
            ("meta", .built(("profile", .list([.value(Backport.notification)])))),
            ("type", .value("history")),
            ("timestamp", .moment(now)),
            ("entry", .list(entries))
        )
    }

    private func exchange(_ method: String, _ url: String) -> JSONValue {
        .built(("method", .value(method)), ("url", .value(url)))
    }

    private func parameters(_ kind: Kind, address: String) -> JSONObject {
        func parameter(_ name: String, _ type: String, _ value: JSONValue) -> JSONValue {
            .built(("name", .value(name)), ("value\(type)", value))
        }
        let own = JSONValue.built(("reference", .value("\(address)/Subscription/\(id)")))
        var events = self.events
        var parts: [JSONValue] = []
        if case .event(let number, let moment, let focus) = kind {
            events = number
            var part = [
                parameter("event-number", "String", .value("\(number)")),
                parameter("timestamp", "Instant", .moment(moment)),
            ]
            for (index, one) in focus.enumerated() {
                let name = index == 0 ? "focus" : "additional-context"
                let place = JSONValue.built(("reference", .value("\(address)/\(one.reference)")))
                part.append(parameter(name, "Reference", place))
            }
            parts = [
                .built(("name", .value("notification-event")), ("part", .list(part)))
            ]
        }
        var all = [
            parameter("subscription", "Reference", own),
            parameter("topic", "Canonical", .value(topic.canonical)),
            parameter("status", "Code", .value(status)),
            parameter("type", "Code", .value(kind.code)),
            parameter("events-since-subscription-start", "String", .value("\(events)")),
        ]
        if let problem {
            all.append(parameter("error", "CodeableConcept", .concept(words: problem)))
        }
        return built(
            ("resourceType", .value("Parameters")),
            ("meta", .built(("profile", .list([.value(Backport.status)])))),
            ("parameter", .list(all + parts))
        )
    }
}

extension CaseRecord {
    /// The resources of a type that what was told at a moment made, changed or took back, for this
    /// reader.
    package func changed(at moment: Instant, of type: String) -> [FHIRVersion] {
        let events = history.events
        let before = History(
            header: history.header,
            events: events.filter { $0.recordedAt < moment }
        )
        let after = History(
            header: history.header,
            events: events.filter { $0.recordedAt <= moment }
        )
        if after.events.count == before.events.count { return [] }
        let known = before.events.isEmpty ? [] : CaseView(self, history: before).all(of: type)
        let views = CaseView(self, history: after).all(of: type)
        let left = Set(views.map(\.id))
        var changed = views.filter { !known.contains($0) }
            .map { FHIRVersion(number: 1, lastUpdated: moment, view: $0) }
        changed += known.filter { !left.contains($0.id) }
            .map { FHIRVersion(number: 1, lastUpdated: moment, view: nil, last: $0) }
        return changed
    }
}
