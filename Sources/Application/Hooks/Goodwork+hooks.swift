import Kernel
import SQL
import Store

extension Goodwork {
    /// The hooks of whoever asks; an administrator's are all.
    package func hooks(_ kind: Hook.Kind, by actor: Actor) async throws -> [Hook] {
        try await authorise(actor, .keepHooks, on: "\(kind.rawValue)s")
        let (store, owner) = (store, actor.hookOwner)
        return try await store.database.read { try store.hooks(kind, of: owner, in: $0) }
    }

    /// One hook; of one that was deleted only what says so.
    ///
    /// - Throws: `ServiceError`, `notFound` also when it is somebody else's.
    package func hook(_ id: String, _ kind: Hook.Kind, by actor: Actor) async throws -> Hook {
        try await authorise(actor, .keepHooks, on: "\(kind.rawValue):\(id)")
        let store = store
        return try await store.database.read {
            try self.hook(id, kind, for: actor, in: $0)
        }
    }

    /// Keeps a new hook, and has a subscription's receiver asked whether it is there.
    package func addHook(_ hook: Hook, by actor: Actor) async throws -> Hook {
        let (store, rules) = (store, hookRules)
        return try await write(
            by: actor,
            .keepHooks,
            on: "\(hook.kind.rawValue):\(hook.id)",
            because: .code("tell \(hook.topics.joined(separator: " "))")
        ) { transaction in
            let known = try store.hooks(hook.kind, of: hook.client, in: transaction)
            guard known.count < rules.ofClientMax else {
                throw ServiceError(
                    .refused,
                    code: "too-many-hooks",
                    "A client may have \(rules.ofClientMax): delete one first."
                )
            }
            try store.add(hook, in: transaction)
            try self.greet(hook, in: transaction)
            return hook
        }
    }

    /// Changes a hook.
    package func changeHook(
        _ id: String,
        _ kind: Hook.Kind,
        by actor: Actor,
        _ change: @Sendable @escaping (inout Hook) throws -> Void
    ) async throws -> Hook {
        let (store, now) = (store, now())
        return try await write(
            by: actor,
            .keepHooks,
            on: "\(kind.rawValue):\(id)",
            because: .code("change")
        ) { transaction in
            var hook = try self.living(id, kind, for: actor, in: transaction)
            try change(&hook)
            try store.update(&hook, at: now, in: transaction)
            try self.greet(hook, in: transaction)
            return hook
        }
    }

    /// Deletes a hook with its secret and all that waits for it.
    package func deleteHook(_ id: String, _ kind: Hook.Kind, by actor: Actor) async throws {
        let (store, now) = (store, now())
        try await write(
            by: actor,
            .keepHooks,
            on: "\(kind.rawValue):\(id)",
            because: .code("delete")
        ) { transaction in
            var hook = try self.living(id, kind, for: actor, in: transaction)
            (hook.deletedAt, hook.state, hook.secret) = (now, .off, nil)
            try store.update(&hook, at: now, in: transaction)
            try store.forgetDeliveries(of: id, in: transaction)
        }
    }

    /// What a hook was told in the last weeks, the latest first, at most so many.
    package func deliveries(
        of id: String,
        _ kind: Hook.Kind,
        by actor: Actor,
        limit: Int = 1_000
    ) async throws -> [HookDelivery] {
        let hook = try await hook(id, kind, by: actor)
        let store = store
        return try await store.database.read {
            try store.deliveries(of: hook.id, limit: limit, in: $0)
        }
    }

    /// Has one delivery that was given up sent again.
    package func sendAgain(
        _ delivery: String,
        of id: String,
        _ kind: Hook.Kind,
        by actor: Actor
    ) async throws -> HookDelivery {
        let (store, now) = (store, now())
        return try await write(
            by: actor,
            .keepHooks,
            on: "\(kind.rawValue):\(id)",
            because: .code("send again")
        ) { transaction in
            let hook = try self.living(id, kind, for: actor, in: transaction)
            guard let found = try store.delivery(delivery, in: transaction), found.hook == hook.id
            else { throw ServiceError(.notFound, "There is no such delivery.") }
            guard try store.sendAgain(delivery, at: now, in: transaction) else {
                throw ServiceError(
                    .refused,
                    code: "not-given-up",
                    "Only what was given up can be sent again; this was not."
                )
            }
            return try store.delivery(delivery, in: transaction) ?? found
        }
    }

    // MARK: - Parts

    func hook(
        _ id: String,
        _ kind: Hook.Kind,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> Hook {
        guard let hook = try store.hook(id, in: transaction), hook.kind == kind,
            actor.hookOwner == nil || actor.hookOwner == hook.client
        else { throw ServiceError(.notFound, "There is no such \(kind.rawValue).") }
        return hook
    }

    private func living(
        _ id: String,
        _ kind: Hook.Kind,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> Hook {
        let hook = try hook(id, kind, for: actor, in: transaction)
        guard hook.deletedAt == nil else {
            throw ServiceError(.notFound, "There is no such \(kind.rawValue) any more.")
        }
        return hook
    }

    /// Asks the receiver of a subscription whether it is there, before it is told anything.
    private func greet(_ hook: Hook, in transaction: any Transaction) throws {
        guard hook.state == .requested else { return }
        try store.addDelivery(
            HookDelivery.handshake,
            to: hook,
            id: "handshake-\(hook.version)-\(hook.id)",
            at: now(),
            in: transaction
        )
    }
}

extension Actor {
    /// The client whose hooks these are; nil for those who see all.
    var hookOwner: String? {
        if roles.contains(.administrator) || roles.contains(.operator) { return nil }
        return client ?? user
    }

    /// The id of the client that acts; nil for people.
    package var client: String? {
        user.hasPrefix("client:") ? String(user.dropFirst("client:".count)) : nil
    }
}
