/// What a subscription can be of: the changes of one type of resource that a case makes.
package struct SubscriptionTopic: Sendable, Hashable {
    /// `Task`.
    package var type: String

    /// Every topic, in order of the alphabet.
    package static let all = CaseView.makers.map(\.type).sorted().map {
        SubscriptionTopic(type: $0)
    }

    /// The canonical address: `…/SubscriptionTopic/task-changed`.
    package var canonical: String {
        "\(Systems.base)/SubscriptionTopic/\(type.lowercased())-changed"
    }

    /// How the outbox names it.
    package var mark: String { "fhir:\(type)" }

    package init?(mark: String?) {
        guard let found = Self.all.first(where: { $0.mark == mark }) else { return nil }
        self = found
    }

    package init?(canonical: String) {
        guard let found = Self.all.first(where: { $0.canonical == canonical }) else { return nil }
        self = found
    }

    private init(type: String) { self.type = type }
}

/// Addresses of the guide that brings topics to R4 (Subscriptions R5 Backport 1.1).
enum Backport {
    static let base = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition"
    static let status = "\(base)/backport-subscription-status-r4"
    static let notification = "\(base)/backport-subscription-notification-r4"
    static let filter = "\(base)/backport-filter-criteria"
    static let heartbeat = "\(base)/backport-heartbeat-period"
    static let content = "\(base)/backport-payload-content"
    static let topicCanonical = "\(base)/capabilitystatement-subscriptiontopic-canonical"
}
