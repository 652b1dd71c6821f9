import Kernel
import SQL
import Store

extension Goodwork {
    /// How long an attempt may take before somebody else may try.
    private static let hookLeaseMinutes: Int64 = 5
    /// How many receivers are posted to at once.
    private static let hooksAtOnce = 8
    /// The stable code of a receiver that wants no more.
    private static let gone = "gone"
    /// For how long what was told stands in the list.
    private static let hookDaysKept: Int64 = 30

    /// Tells programs what they are to be told by now, at most so many.
    ///
    /// What was handed over while the power failed is handed over again, with the same id.
    package func deliverHooks(with senders: HookSenders, limit: Int = 200) async throws
        -> DeliveryRound
    {
        let (store, now) = (store, now())
        try await watchHooks()
        let due = try await store.database.read { transaction in
            try store.deliveriesDue(at: now, limit: limit, in: transaction)
        }
        // One receiver is told in order, and the receivers side by side.
        let queues = Dictionary(grouping: due, by: \.hook).values
        var round = DeliveryRound()
        try await withThrowingTaskGroup(of: DeliveryRound.self) { group in
            for (index, queue) in queues.enumerated() {
                if index >= Self.hooksAtOnce, let done = try await group.next() { round.add(done) }
                group.addTask { try await deliver(queue, with: senders) }
            }
            for try await done in group { round.add(done) }
        }
        return round
    }

    private func deliver(
        _ queue: [HookDelivery],
        with senders: HookSenders
    ) async throws -> DeliveryRound {
        let store = store
        var round = DeliveryRound()
        for delivery in queue {
            let until = now().adding(milliseconds: Self.hookLeaseMinutes * 60_000)
            let isTaken = try await store.committer.submit { transaction in
                try store.take(delivery, until: until, in: transaction)
            }
            guard isTaken else { continue }
            let isThere = try await deliver(delivery, with: senders, &round)
            // Who does not answer is asked once in a round.
            if !isThere { break }
        }
        return round
    }

    /// - Returns: whether the receiver answered, or nothing was to be sent.
    private func deliver(
        _ delivery: HookDelivery,
        with senders: HookSenders,
        _ round: inout DeliveryRound
    ) async throws -> Bool {
        let store = store
        var (hook, outgoing): (Hook, OutgoingHook)
        do {
            (hook, outgoing) = try await store.database.read {
                try compose(delivery, senders, in: $0)
            }
            // Only what is sent is numbered, so that no number is missed.
            if delivery.caseID != nil, delivery.number == nil {
                var numbered = delivery
                numbered.number = try await store.committer.submit {
                    try store.number(delivery, in: $0)
                }
                let ready = numbered
                if hook.kind == .subscription {
                    (hook, outgoing) = try await store.database.read {
                        try compose(ready, senders, in: $0)
                    }
                }
            }
        } catch let nothing as NothingToTell {
            round.skipped += 1
            try await settle(delivery, nil, .givenUp, nothing.rawValue)
            return true
        }
        do {
            let status = try await senders.carrier.post(outgoing)
            guard (200..<300).contains(status) else {
                // 410: whoever answers wants no more (Standard Webhooks 1.0).
                let code = status == 410 ? Self.gone : "status-\(status)"
                throw CarriageFailure(code, isFinal: status == 410, context: "it said \(status)")
            }
            round.sent += 1
            try await settle(delivery, hook, .delivered, "sent")
            return true
        } catch let failure as CarriageFailure {
            let kind = hook.kind.rawValue
            senders.report("\(kind) \(hook.id): \(failure.code): \(failure.context)")
            if delivery.topic == HookDelivery.heartbeat {
                // The next one comes in its time.
                try await settle(delivery, nil, .givenUp, failure.code)
                return false
            }
            let settled = after(failure, attempts: delivery.attempts + 1)
            if settled == .givenUp { round.givenUp += 1 } else { round.putOff += 1 }
            try await settle(delivery, hook, settled, failure.code)
            return failure.code.hasPrefix("status-")
        }
    }

    /// Writes down how an attempt ended, and what follows for the hook.
    private func settle(
        _ delivery: HookDelivery,
        _ hook: Hook?,
        _ settled: MessageSettled,
        _ outcome: String
    ) async throws {
        let (store, now) = (store, now())
        try await store.committer.submit { transaction in
            try store.settle(
                delivery.id,
                settled,
                channel: hook.map(\.kind.rawValue),
                outcome: outcome,
                at: now,
                in: transaction
            )
            guard let hook, var kept = try store.hook(hook.id, in: transaction),
                kept.deletedAt == nil, kept.state != .off
            else { return }
            switch settled {
            case .delivered:
                try store.putOffHeartbeat(of: kept, at: now, in: transaction)
                if kept.state == .active { return }
                // Whoever answers again is told again.
                (kept.state, kept.problem) = (.active, nil)
            case .givenUp:
                (kept.state, kept.problem) = (.error, outcome)
                // Whoever wants no more is not asked again for what waits after a failure.
                if outcome == Self.gone {
                    try store.giveUpDeliveries(of: kept, outcome: outcome, at: now, in: transaction)
                }
            case .putOff: return
            }
            try store.update(&kept, at: now, in: transaction)
        }
    }

    /// Turns off the hooks whose end has come, and has those that asked for it hear that we live.
    private func watchHooks() async throws {
        let (store, now) = (store, now())
        let (ending, silent) = try await store.database.read { transaction in
            (
                try store.hooksEnding(by: now, in: transaction),
                try store.hooksSilent(at: now, in: transaction)
            )
        }
        if ending.isEmpty, silent.isEmpty { return }
        try await store.committer.submit { transaction in
            for id in ending {
                guard var hook = try store.hook(id, in: transaction), hook.state != .off else {
                    continue
                }
                hook.state = .off
                try store.update(&hook, at: now, in: transaction)
            }
            // Another server may have seen the same.
            for id in try store.hooksSilent(at: now, in: transaction) where silent.contains(id) {
                guard let hook = try store.hook(id, in: transaction) else { continue }
                try store.putOffHeartbeat(of: hook, at: now, in: transaction)
                try store.addDelivery(
                    HookDelivery.heartbeat,
                    to: hook,
                    id: "heartbeat-\(now.milliseconds)-\(id)",
                    at: now,
                    in: transaction
                )
            }
        }
    }

    /// Forgets what was told long ago.
    package func forgetOldDeliveries() async throws {
        let store = store
        let before = now().adding(milliseconds: -Self.hookDaysKept * 86_400_000)
        try await store.committer.submit {
            try store.forgetDeliveries(before: before, in: $0)
        }
    }
}
