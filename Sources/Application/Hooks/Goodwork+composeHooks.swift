import Casework
import Kernel
import SQL
import Store

/// Why a program is not told.
enum NothingToTell: String, Error {
    /// The webhook or its client is there no more, or was turned off.
    case nobody = "skipped-off"
    /// The client may not know of it now.
    case hidden = "skipped-not-allowed"
    /// The entry was withdrawn.
    case withdrawn = "skipped-withdrawn"
    /// It is no change of what was asked for.
    case unchanged = "skipped-unchanged"
}

extension Goodwork {
    /// What a delivery is now, for its client as it is now: ids, and nothing of the case.
    ///
    /// - Throws: `NothingToTell`.
    func compose(
        _ delivery: HookDelivery,
        _ senders: HookSenders,
        in transaction: any Transaction
    ) throws -> (hook: Hook, outgoing: OutgoingHook) {
        guard let hook = try store.hook(delivery.hook, in: transaction), hook.deletedAt == nil,
            hook.state != .off, let stored = try store.client(hook.client, in: transaction),
            stored.disabledAt == nil
        else { throw NothingToTell.nobody }
        let client = Client(stored)
        guard Access.decide(client.actor, .keepHooks) == .allowed else {
            throw NothingToTell.nobody
        }
        let secret = try hook.secret.map { try store.vault.open($0, at: Self.place(hook.id)) } ?? []
        switch hook.kind {
        case .webhook:
            let body = try message(delivery, to: client, in: transaction)
            let signed = HookSecret.headers(id: delivery.id, at: now(), body: body, secret: secret)
            let headers = ["Content-Type: application/json"] + signed
            return (hook, OutgoingHook(address: hook.address, headers: headers, body: body))
        case .subscription:
            let story = try delivery.caseID.map {
                try told($0, to: client.actor, in: transaction)
            }
            guard let writer = senders.writer,
                let body = try writer.notification(delivery, to: hook, about: story, at: now())
            else { throw NothingToTell.unchanged }
            let own = String(decoding: secret, as: UTF8.self).split(separator: "\n").map(
                String.init
            )
            let headers = ["Content-Type: application/fhir+json"] + own
            return (hook, OutgoingHook(address: hook.address, headers: headers, body: body))
        }
    }

    /// The body of a webhook (Standard Webhooks 1.0, payload structure).
    private func message(
        _ delivery: HookDelivery,
        to client: Client,
        in transaction: any Transaction
    ) throws -> [UInt8] {
        guard let topic = HookTopic(rawValue: delivery.topic), let id = delivery.caseID,
            let event = delivery.event, let header = try store.header(id: id, in: transaction)
        else { throw NothingToTell.withdrawn }
        let relations = try relations(of: header, for: client.actor, in: transaction)
        let isAllowed = topic.actions.contains { action in
            Access.decide(client.actor, action, on: .case(relations)) == .allowed
        }
        guard isAllowed else { throw NothingToTell.hidden }
        if topic != .changed {
            let (history, _) = try told(of: header, in: transaction)
            guard let happened = history.effective().first(where: { $0.id == event }) else {
                throw NothingToTell.withdrawn
            }
            guard topic.matches(happened.body) else { throw NothingToTell.unchanged }
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.string(topic.rawValue)
        writer.key("timestamp")
        writer.string(delivery.createdAt.iso)
        writer.key("data")
        writer.beginObject()
        writer.key("case")
        writer.string(id.text)
        writer.key("event")
        writer.string(event.text)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// A case as a client may know it; nothing of it leaves but ids.
    private func told(
        _ id: CaseID,
        to actor: Actor,
        in transaction: any Transaction
    ) throws -> CaseStory {
        guard let header = try store.header(id: id, in: transaction) else {
            throw NothingToTell.withdrawn
        }
        let relations = try relations(of: header, for: actor, in: transaction)
        let may = Self.allowed(actor, relations)
        guard may.contains(.readStatus) else { throw NothingToTell.hidden }
        return try story(of: header, relations, may, in: transaction)
    }
}
