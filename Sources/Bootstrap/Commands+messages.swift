import Application
import Foundation
import Kernel
import Store
import WebPages

extension Commands {
    /// Sends the messages whose time has come, once: for those who start it by a clock.
    ///
    /// - Throws: `CommandError` when some were tried and none got through.
    public static func sendMessages(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let settings = try ServeSettings()
        let messengers = try MessengerSettings().messengers(
            address: settings.site.address,
            service: settings.site.name
        ) { terminal.say($0) }
        if messengers.carriers.isEmpty {
            throw CommandError(
                "No messages can leave: set GOODWORK_SMTP, or GOODWORK_NOTIFY_KEY with "
                    + "GOODWORK_NOTIFY_EMAIL_TEMPLATE or GOODWORK_NOTIFY_TEXT_TEMPLATE.",
                exit: .usage
            )
        }
        let installation = try await Installation.open(configuration)
        var all = DeliveryRound()
        while true {
            let round = try await installation.goodwork.deliver(with: messengers)
            all.add(round)
            if round.total == 0 || round.left > 0 { break }
        }
        try await installation.close()
        terminal.print(
            terminal.json
                ? JSONWriter.text { writer in
                    writer.beginObject()
                    writer.optional("sent", all.sent)
                    writer.optional("put_off", all.putOff)
                    writer.optional("given_up", all.givenUp)
                    writer.optional("skipped", all.skipped)
                    writer.optional("left", all.left)
                    writer.endObject()
                }
                : "\(counted(all.sent, "message")) sent, \(all.putOff) put off, "
                    + "\(all.givenUp) given up, \(all.skipped) with nobody to tell, "
                    + "\(all.left) left for the next time"
        )
        // A clock that starts this tells nobody, unless it fails.
        if all.isFailure { throw CommandError("No message got through: see why above.") }
    }

    /// Lists what did not get through.
    public static func listMessages(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let queue = try await installation.goodwork.messageQueue(by: installation.actor)
        try await installation.close()
        if terminal.json {
            terminal.print(
                JSONWriter.text { writer in
                    writer.beginObject()
                    writer.optional("waiting", queue.waiting)
                    writer.key("failed")
                    writer.beginArray()
                    for message in queue.failed { writer.message(message) }
                    for delivery in queue.failedHooks {
                        writer.delivery(delivery, to: queue.addresses[delivery.hook])
                    }
                    writer.endArray()
                    writer.endObject()
                }
            )
            return
        }
        terminal.print("\(counted(queue.waiting, "message")) waiting.")
        if queue.failed.isEmpty, queue.failedHooks.isEmpty {
            return terminal.print("Every other one got through.")
        }
        let rows =
            queue.failed.map { message in
                [
                    message.id, message.createdAt.iso, message.channel ?? "", message.outcome ?? "",
                    String(message.attempts),
                ]
            }
            + queue.failedHooks.map { delivery in
                [
                    delivery.id, delivery.createdAt.iso, queue.addresses[delivery.hook] ?? "",
                    delivery.outcome ?? "", String(delivery.attempts),
                ]
            }
        terminal.print(Columns.text([["id", "made", "by", "why not", "attempts"]] + rows))
    }

    /// Lets messages that were given up be tried again.
    public static func sendAgain(
        _ configuration: Configuration,
        ids: [String],
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let again = try await installation.goodwork.sendAgain(ids, by: installation.actor)
        try await installation.close()
        let count = again.count
        terminal.print(
            terminal.json ? "{\"again\":\(count)}" : "\(counted(count, "message")) to send again"
        )
        let others = ids.filter { !again.contains($0) }
        guard others.isEmpty else {
            throw CommandError(
                "Not given up, or not known: \(others.joined(separator: ", ")).",
                exit: .notFound
            )
        }
    }
}

extension JSONWriter {
    fileprivate mutating func delivery(_ delivery: HookDelivery, to address: String?) {
        beginObject()
        optional("id", delivery.id)
        optional("case_id", delivery.caseID?.text)
        optional("kind", delivery.topic)
        optional("address", address)
        optional("made_at", delivery.createdAt.iso)
        optional("outcome", delivery.outcome)
        optional("attempts", delivery.attempts)
        optional("given_up_at", delivery.givenUpAt?.iso)
        endObject()
    }

    fileprivate mutating func message(_ message: QueuedMessage) {
        beginObject()
        optional("id", message.id)
        optional("case_id", message.caseID.text)
        optional("kind", message.reader.rawValue)
        optional("made_at", message.createdAt.iso)
        optional("channel", message.channel)
        optional("outcome", message.outcome)
        optional("attempts", message.attempts)
        optional("given_up_at", message.givenUpAt?.iso)
        endObject()
    }
}
