import Casework
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

    /// Has a resident told, by the way that they wish, that how they sign in was changed.
    ///
    /// The message waits with the last of their open cases: it has the reference to give, and whom to
    /// tell, if it was not them. Where all are closed it waits with the last of those: the account
    /// outlasts them, and somebody else may have got into it. Staff have no case, and are told nothing.
    func tellOfSignIn(_ account: StoredAccount, in transaction: any Transaction) throws {
        guard let person = account.person else { return }
        let rows = try store.records(of: person, in: transaction)
            .flatMap { try store.headers(person: $0, in: transaction) }
            .compactMap { try store.caseRow($0.id, in: transaction) }
            .sorted { $0.header.id.text < $1.header.id.text }
        guard let row = rows.last(where: { $0.closedOn == nil }) ?? rows.last else { return }
        let moment = now()
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id = ids.make(OutboxTag.self, at: moment).text
        try store.addSignInMessage(id, of: row.header.id, at: moment, in: transaction)
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
