import Kernel
import SQL
import Store

/// What came of one round of deliveries.
package struct DeliveryRound: Sendable, Hashable {
    package var sent = 0
    package var putOff = 0
    package var givenUp = 0
    /// There was nobody to tell, or nothing any more.
    package var skipped = 0
    /// Their time has come, but they wait until the service that takes them answers again.
    package var left = 0

    /// How many were settled, or put off.
    package var total: Int { sent + putOff + givenUp + skipped }

    /// Whether some were tried, and none got through.
    package var isFailure: Bool { sent == 0 && putOff + givenUp > 0 }

    package init() {}

    package mutating func add(_ other: DeliveryRound) {
        sent += other.sent
        putOff += other.putOff
        givenUp += other.givenUp
        skipped += other.skipped
        left += other.left
    }
}

extension Goodwork {
    /// How long an attempt may take before somebody else may try.
    private static let leaseMinutes: Int64 = 5
    /// How long to wait after each attempt that failed.
    static let retryMinutes: [Int64] = [1, 5, 30, 120, 360, 720, 1_440]

    /// Sends the messages whose time has come, at most so many.
    ///
    /// Several servers may do this at once: each message is taken by one of them. What was handed
    /// over while the power failed is handed over again; the message's id tells a second copy.
    /// A service that does not answer is asked once in a round, and holds up no other.
    package func deliver(with messengers: Messengers, limit: Int = 1_000) async throws
        -> DeliveryRound
    {
        let (store, now) = (store, now())
        let due = try await store.database.read { transaction in
            try store.messagesDue(at: now, limit: limit, in: transaction)
        }
        var round = DeliveryRound()
        var closed: Set<MessageChannel> = []
        for message in due {
            try await deliver(message, with: messengers, &closed, &round)
        }
        return round
    }

    private func deliver(
        _ message: QueuedMessage,
        with messengers: Messengers,
        _ closed: inout Set<MessageChannel>,
        _ round: inout DeliveryRound
    ) async throws {
        let store = store
        let outgoing: OutgoingMessage
        do {
            outgoing = try await store.database.read { transaction in
                try compose(message, with: messengers, in: transaction)
            }
        } catch let nothing as NothingToSay {
            guard try await take(message) else { return }
            round.skipped += 1
            try await settle(message, .givenUp, channel: nil, outcome: nothing.rawValue)
            return
        }
        if closed.contains(outgoing.channel) {
            round.left += 1
            return
        }
        guard try await take(message) else { return }
        var settled = MessageSettled.delivered
        var outcome = "sent"
        do {
            guard let carrier = messengers.carriers[outgoing.channel] else {
                throw CarriageFailure("no-carrier", isFinal: true, context: "none is set up")
            }
            try await carrier.carry(outgoing)
            round.sent += 1
        } catch let failure as CarriageFailure {
            outcome = failure.code
            if failure.isOfAll { closed.insert(outgoing.channel) }
            messengers.report(
                "message \(message.id) by \(outgoing.channel.rawValue): \(failure.code): "
                    + failure.context
            )
            settled = after(failure, attempts: message.attempts + 1)
            if settled == .givenUp { round.givenUp += 1 } else { round.putOff += 1 }
        }
        try await settle(
            message,
            settled,
            channel: outgoing.channel.rawValue,
            outcome: outcome
        )
    }

    /// - Returns: false when another server took it.
    private func take(_ message: QueuedMessage) async throws -> Bool {
        let store = store
        // The round may last longer than a lease: each begins when its message is taken.
        let until = now().adding(milliseconds: Self.leaseMinutes * 60_000)
        return try await store.committer.submit { transaction in
            try store.take(message, until: until, in: transaction)
        }
    }

    func after(_ failure: CarriageFailure, attempts: Int) -> MessageSettled {
        guard !failure.isFinal, attempts <= Self.retryMinutes.count else { return .givenUp }
        let minutes = Self.retryMinutes[attempts - 1]
        return .putOff(until: now().adding(milliseconds: minutes * 60_000))
    }

    private func settle(
        _ message: QueuedMessage,
        _ settled: MessageSettled,
        channel: String?,
        outcome: String
    ) async throws {
        let (store, now) = (store, now())
        try await store.committer.submit { transaction in
            try store.settle(
                message.id,
                settled,
                channel: channel,
                outcome: outcome,
                at: now,
                in: transaction
            )
        }
    }
}
