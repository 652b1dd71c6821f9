import Application
import Foundation
import Kernel
import Messengers

/// How messages leave, from the environment.
struct MessengerSettings: Sendable {
    var carriers: [MessageChannel: any MessageCarrier] = [:]

    /// Reads `GOODWORK_SMTP` and `GOODWORK_MAIL_FROM`, `GOODWORK_NOTIFY_KEY`,
    /// `GOODWORK_NOTIFY_EMAIL_TEMPLATE`, `GOODWORK_NOTIFY_TEXT_TEMPLATE` and `GOODWORK_NOTIFY_URL`.
    ///
    /// Email leaves by the mail server where there is one, else by Notify.
    ///
    /// - Throws: `CommandError` when a setting cannot be used.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let all = environment.filter { !$0.value.isEmpty }
        try Self.checkWhole(all)
        if let key = all["GOODWORK_NOTIFY_KEY"] {
            let address = all["GOODWORK_NOTIFY_URL"]
            let made =
                address.map { Notify(key: key, base: $0, now: { Installation.now() }) }
                ?? Notify(key: key, now: { Installation.now() })
            guard let notify = made else {
                throw CommandError(
                    "GOODWORK_NOTIFY_KEY is not a key of GOV.UK Notify: a name, then two UUIDs.",
                    exit: .usage
                )
            }
            if let template = all["GOODWORK_NOTIFY_EMAIL_TEMPLATE"] {
                carriers[.email] = NotifyCarrier(notify: notify, kind: .email, template: template)
            }
            if let template = all["GOODWORK_NOTIFY_TEXT_TEMPLATE"] {
                carriers[.text] = NotifyCarrier(notify: notify, kind: .sms, template: template)
            }
        }
        if let url = all["GOODWORK_SMTP"] {
            guard let server = MailServer(url: url, from: all["GOODWORK_MAIL_FROM"] ?? "") else {
                throw CommandError(
                    "GOODWORK_SMTP is smtp://user:password@host:587 or smtps://… (an @ of the "
                        + "password is written %40, a / %2F), and "
                        + "GOODWORK_MAIL_FROM the address that messages are from.",
                    exit: .usage
                )
            }
            carriers[.email] = MailCarrier(server: server)
        }
    }

    /// What is set in part lets nothing leave, and whoever set it believes that it does.
    private static func checkWhole(_ all: [String: String]) throws {
        let templates = ["GOODWORK_NOTIFY_EMAIL_TEMPLATE", "GOODWORK_NOTIFY_TEXT_TEMPLATE"]
        let hasTemplate = templates.contains { all[$0] != nil }
        if all["GOODWORK_NOTIFY_KEY"] != nil, !hasTemplate {
            throw CommandError(
                "GOODWORK_NOTIFY_KEY needs \(templates[0]), \(templates[1]) or both.",
                exit: .usage
            )
        }
        let ofNotify = templates + ["GOODWORK_NOTIFY_URL"]
        for (needed, names) in [
            ("GOODWORK_NOTIFY_KEY", ofNotify), ("GOODWORK_SMTP", ["GOODWORK_MAIL_FROM"]),
        ] where all[needed] == nil {
            guard let name = names.first(where: { all[$0] != nil }) else { continue }
            throw CommandError("\(name) is of no use without \(needed).", exit: .usage)
        }
    }

    /// With these, messages leave.
    func messengers(
        address: String,
        service: String,
        report: @escaping @Sendable (String) -> Void
    ) -> Messengers {
        Messengers(carriers: carriers, address: address, service: service, report: report)
    }
}

/// The mail server, as the application asks for it.
private struct MailCarrier: MessageCarrier {
    let server: MailServer

    func carry(_ message: OutgoingMessage) async throws {
        try await named {
            try await server.send(
                Mail(
                    id: message.id,
                    to: message.address,
                    subject: message.subject,
                    text: message.text,
                    at: Installation.now()
                )
            )
        }
    }
}

/// GOV.UK Notify, as the application asks for it.
private struct NotifyCarrier: MessageCarrier {
    let notify: Notify
    let kind: Notify.Kind
    /// Used where a programme has none of its own.
    let template: String

    func carry(_ message: OutgoingMessage) async throws {
        try await named {
            try await notify.send(
                kind,
                to: message.address,
                template: message.template ?? template,
                values: [
                    ("subject", message.subject), ("text", message.text),
                    ("reference", message.reference),
                ],
                reference: message.id
            )
        }
    }
}

private func named(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as MessengerFailure {
        throw CarriageFailure(
            failure.kind.rawValue,
            isFinal: failure.isFinal,
            isOfAll: failure.isOfAll,
            context: failure.context
        )
    }
}
