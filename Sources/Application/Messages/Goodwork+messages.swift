import Kernel
import SQL
import Store

/// What waits to leave, and what did not get through.
package struct MessageQueue: Sendable {
    package var waiting: Int
    /// The last five hundred, the latest first.
    package var failed: [QueuedMessage]
    /// The same of what programs are told.
    package var waitingHooks: Int
    package var failedHooks: [HookDelivery]
    /// Where each of those was to go.
    package var addresses: [String: String]
}

extension Goodwork {
    /// The state of the queue of messages, for those who keep the installation running.
    package func messageQueue(by actor: Actor) async throws -> MessageQueue {
        try await authorise(actor, .sendMessages, on: "messages")
        let store = store
        return try await store.database.read { transaction in
            let failed = try store.deliveriesFailed(limit: 500, in: transaction)
            let hooks = try Set(failed.map(\.hook)).compactMap {
                try store.hook($0, in: transaction)
            }
            return MessageQueue(
                waiting: try store.messagesWaiting(in: transaction),
                failed: try store.messagesFailed(limit: 500, in: transaction),
                waitingHooks: try store.deliveriesWaiting(in: transaction),
                failedHooks: failed,
                addresses: Dictionary(hooks.map { ($0.id, $0.address) }) { first, _ in first }
            )
        }
    }

    /// Lets messages, and what programs were to be told, that were given up be tried again, at once.
    ///
    /// - Returns: those of them that had been given up.
    package func sendAgain(_ ids: [String], by actor: Actor) async throws -> [String] {
        let (store, now) = (store, now())
        return try await write(by: actor, .sendMessages, on: "messages") { transaction in
            try ids.filter { try store.sendAgain($0, at: now, in: transaction) }
        }
    }
}
