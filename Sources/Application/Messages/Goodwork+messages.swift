import Kernel
import SQL
import Store

/// What waits to leave, and what did not get through.
package struct MessageQueue: Sendable {
    package var waiting: Int
    /// The last five hundred, the latest first.
    package var failed: [QueuedMessage]
}

extension Goodwork {
    /// The state of the queue of messages, for those who keep the installation running.
    package func messageQueue(by actor: Actor) async throws -> MessageQueue {
        try await authorise(actor, .sendMessages, on: "messages")
        let store = store
        return try await store.database.read { transaction in
            MessageQueue(
                waiting: try store.messagesWaiting(in: transaction),
                failed: try store.messagesFailed(limit: 500, in: transaction)
            )
        }
    }

    /// Lets messages that were given up be tried again, at once.
    ///
    /// - Returns: how many of them had been given up.
    package func sendAgain(_ ids: [String], by actor: Actor) async throws -> Int {
        let (store, now) = (store, now())
        return try await write(by: actor, .sendMessages, on: "messages") { transaction in
            var count = 0
            for id in ids where try store.sendAgain(id, at: now, in: transaction) { count += 1 }
            return count
        }
    }
}
