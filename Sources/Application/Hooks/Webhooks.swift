import Kernel
import Store

/// A webhook that is asked for, or how one is to change.
package struct NewWebhook: Sendable, Hashable {
    package var address: String
    package var topics: [String]
    /// `whsec_…`; one is made where none is given.
    package var secret: String?

    package init(address: String, topics: [String], secret: String? = nil) {
        self.address = address
        self.topics = topics
        self.secret = secret
    }
}

extension Goodwork {
    /// Registers a webhook of a client's.
    ///
    /// - Returns: the webhook, and its secret, which is shown this once.
    /// - Throws: `ServiceError` with every fault of it.
    package func addWebhook(
        _ new: NewWebhook,
        by actor: Actor
    ) async throws -> (hook: Hook, secret: String) {
        guard let client = actor.client else {
            throw ServiceError(.forbidden, "Webhooks are for clients.")
        }
        let faults = webhookFaults(new.address, new.topics, new.secret)
        guard faults.isEmpty else { throw ServiceError.inHook(faults) }
        let now = now()
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id = ids.make(OutboxTag.self, at: now).text
        let secret = new.secret ?? HookSecret.new()
        let hook = Hook(
            id: id,
            kind: .webhook,
            client: client,
            organisation: actor.organisation,
            address: new.address,
            topics: new.topics.sorted(),
            state: .active,
            secret: try store.vault.seal(HookSecret.bytes(secret) ?? [], at: Self.place(id)),
            at: now
        )
        return (try await addHook(hook, by: actor), secret)
    }

    /// Gives a webhook another address, topics or secret, or turns it off or on.
    package func changeWebhook(
        _ id: String,
        address: String? = nil,
        topics: [String]? = nil,
        secret: String? = nil,
        isOn: Bool? = nil,
        by actor: Actor
    ) async throws -> Hook {
        let faults = webhookFaults(address, topics, secret)
        guard faults.isEmpty else { throw ServiceError.inHook(faults) }
        let sealed = try secret.flatMap(HookSecret.bytes).map {
            try store.vault.seal($0, at: Self.place(id))
        }
        return try await changeHook(id, .webhook, by: actor) { hook in
            if let address { hook.address = address }
            if let topics { hook.topics = topics.sorted() }
            if let sealed { hook.secret = sealed }
            if let isOn { (hook.state, hook.problem) = (isOn ? .active : .off, nil) }
        }
    }

    /// Where a hook's secret stands, so that it cannot be moved to another hook.
    package static func place(_ id: String) -> String { "hook:\(id)" }

    private func webhookFaults(
        _ address: String?,
        _ topics: [String]?,
        _ secret: String?
    ) -> [Fault] {
        var faults: [Fault] = []
        if let address, let problem = hookRules.problem(ofAddress: address) {
            faults.append(
                Fault(
                    field: "address",
                    problem: problem,
                    expected: "an https address that anybody on the internet can reach"
                )
            )
        }
        if let topics {
            let known = HookTopic.allCases.map(\.rawValue)
            for topic in topics where !known.contains(topic) {
                let near = nearestSpelling(to: topic, in: known).map { "“\($0)”?" }
                faults.append(
                    Fault(
                        field: "topics",
                        problem: "“\(topic)” is no topic",
                        expected: near ?? known.joined(separator: ", ")
                    )
                )
            }
            if topics.isEmpty || Set(topics).count != topics.count {
                let problem = topics.isEmpty ? "is empty" : "has one twice"
                faults.append(Fault(field: "topics", problem: problem))
            }
        }
        if let secret, HookSecret.bytes(secret) == nil {
            faults.append(
                Fault(
                    field: "secret",
                    problem: "cannot be used",
                    expected: "whsec_ and 24 to 64 bytes as base64"
                )
            )
        }
        return faults
    }
}

extension ServiceError {
    static func inHook(_ faults: [Fault]) -> ServiceError {
        ServiceError(.faults, "Nothing was done: see the faults.", faults: faults)
    }
}
