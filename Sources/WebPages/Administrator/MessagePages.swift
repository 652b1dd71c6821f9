import Application
import HTML
import Kernel
import Store
import Web

/// Messages that did not get through, to be sent again.
enum MessagePages {
    private static let path = "/admin/messages"

    static let routes: [PageRoute] = [
        .get(path, .action(.sendMessages)) { try await show($0) },
        .post(path, .action(.sendMessages)) { visit in
            let ids = visit.request.form.all("message")
            _ = try await visit.goodwork.sendAgain(ids, by: visit.actor)
            return .redirect(to: path)
        },
    ]

    private static func show(_ visit: Visit) async throws -> Response {
        let queue = try await visit.goodwork.messageQueue(by: visit.actor)
        return visit.page("Messages", width: .full, back: AdministratorPages.back) {
            h1 { "Messages" }
            p {
                "\(queue.waiting) \(queue.waiting == 1 ? "message waits" : "messages wait") to be sent. "
                "A message is tried for two days, then it stands here."
            }
            h2 { "Did not get through" }
            if queue.failed.isEmpty {
                p { "Every message got through, or there was nobody to tell." }
            } else {
                table(queue.failed, visit)
                visit.sentForm(to: path) {
                    for message in queue.failed { Fields.hidden("message", message.id) }
                    submit("Send all of them again")
                }
            }
            h2 { "Programs that were not told" }
            p {
                "\(queue.waitingHooks) "
                queue.waitingHooks == 1 ? "delivery waits" : "deliveries wait"
                " to be sent to webhooks and subscriptions."
            }
            if queue.failedHooks.isEmpty {
                p { "Every program was told." }
            } else {
                hooks(queue, visit)
                visit.sentForm(to: path) {
                    for delivery in queue.failedHooks { Fields.hidden("message", delivery.id) }
                    submit("Tell all of them again")
                }
            }
        }
    }

    private static func hooks(_ queue: MessageQueue, _ visit: Visit) -> HTML {
        var table = ListTable(
            "Programs that were not told",
            ["Made", "Where", "Of what", "Why", "Given up", "Do it"],
            hidesCaption: true
        )
        for delivery in queue.failedHooks {
            table.add(
                HTML(delivery.createdAt.loggedAt),
                HTML(queue.addresses[delivery.hook] ?? "–"),
                HTML(delivery.topic),
                HTML(delivery.outcome ?? ""),
                HTML(delivery.givenUpAt?.loggedAt ?? ""),
                visit.sentForm(to: path) {
                    Fields.hidden("message", delivery.id)
                    button(.class("nhsuk-button nhsuk-button--small"), .type("submit")) {
                        "Tell again"
                        span(.class("nhsuk-u-visually-hidden")) {
                            " what was made at \(delivery.createdAt.loggedAt)"
                        }
                    }
                }
            )
        }
        return table.html
    }

    private static func table(_ failed: [QueuedMessage], _ visit: Visit) -> HTML {
        var table = ListTable(
            "Did not get through",
            ["Made", "To", "By", "Why", "Given up", "Do it"],
            hidesCaption: true
        )
        for message in failed {
            table.add(
                HTML(message.createdAt.loggedAt),
                HTML(message.reader == .person ? "The person" : "The referrer"),
                HTML(
                    message.channel.flatMap(MessageChannel.init(rawValue:)).map(\.words) ?? "–"
                ),
                HTML(MessageParts.why(message.outcome)),
                HTML(message.givenUpAt?.loggedAt ?? ""),
                visit.sentForm(to: path) {
                    Fields.hidden("message", message.id)
                    button(.class("nhsuk-button nhsuk-button--small"), .type("submit")) {
                        "Send again"
                        span(.class("nhsuk-u-visually-hidden")) {
                            " the message of \(message.createdAt.loggedAt)"
                        }
                    }
                }
            )
        }
        return table.html
    }
}
