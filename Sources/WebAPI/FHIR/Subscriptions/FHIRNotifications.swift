import Application
import FHIRMapping
import FHIRModel
import Foundation
import Kernel
import Store

/// Writes what receivers of subscriptions are told.
package struct FHIRNotifications: NotificationWriter {
    /// The base that clients use.
    private let address: String
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - address: where the installation is reached, without a slash at the end.
    ///   - report: where the operator is told of what cannot be searched.
    package init(address: String, report: @escaping @Sendable (String) -> Void) {
        self.address = address + FHIRRoute.base
        self.report = report
    }

    package func notification(
        _ delivery: HookDelivery,
        to hook: Hook,
        about story: CaseStory?,
        at now: Instant
    ) throws -> [UInt8]? {
        guard let record = SubscriptionRecord(hook) else { return nil }
        let kind: SubscriptionRecord.Kind
        switch delivery.topic {
        case HookDelivery.handshake: kind = .handshake
        case HookDelivery.heartbeat: kind = .heartbeat
        default:
            guard let story, let request = try request(hook, at: now) else { return nil }
            // What organisations are called is no part of a change.
            let changed = CaseRecord(story).changed(at: delivery.createdAt, of: record.topic.type)
                .filter { version in request.filters.allSatisfy { isTold(version, by: $0) } }
            let focus = changed.compactMap { SubscriptionRecord.Focus($0) }
            if focus.isEmpty { return nil }
            kind = .event(
                number: delivery.number ?? hook.sent + 1,
                at: delivery.createdAt,
                focus: request.namesResources ? focus : []
            )
        }
        let bundle = record.bundle(
            kind,
            id: UUID().uuidString.lowercased(),
            address: address,
            at: now
        )
        return Array(JSONValue.object(bundle).text.utf8)
    }

    /// Whether a filter lets a change be told.
    ///
    /// One that cannot be searched is told: whoever reads it sees whether it is meant, and who is
    /// not told does not look.
    func isTold(_ version: FHIRVersion, by filter: SearchQuery) -> Bool {
        do {
            return try filter.check(version.asKnown)
        } catch {
            report(version.unsearchable(error))
            return true
        }
    }

    private func request(_ hook: Hook, at now: Instant) throws -> SubscriptionRequest? {
        guard var kept = try hook.resource.map({ try JSONValue(parsing: $0) })?.object else {
            return nil
        }
        kept["resourceType"] = .string("Subscription")
        kept["status"] = .string("active")
        kept["end"] = nil
        return try SubscriptionRequest(FHIRResource(kept), isNew: false, at: now) { _ in nil }
    }
}

extension SubscriptionRecord {
    /// Nil where the hook is no subscription of ours.
    init?(_ hook: Hook) {
        guard let topic = SubscriptionTopic(mark: hook.topics.first),
            let kept = hook.resource.flatMap({ try? JSONValue(parsing: $0) })?.object
        else { return nil }
        self.init(
            id: hook.id,
            version: hook.version,
            updatedAt: hook.updatedAt,
            status: hook.state.rawValue,
            problem: hook.problem,
            topic: topic,
            events: hook.sent,
            kept: kept
        )
    }
}
