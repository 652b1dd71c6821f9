import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// How the person wishes to be reached, and what was sent about the case.
enum MessageParts {
    static let form = CaseForm(
        path: "contact-wish",
        title: "How to reach the person",
        then: "#messages",
        fields: { _, file, fields in
            fields.radios(
                "way",
                "How does the person wish to hear from us?",
                ContactWay.allCases.map { Choice($0.rawValue, words($0), hint: hint($0)) },
                or: file.case.contactWish?.way.rawValue
            )
            fields.choose(
                "language",
                "In which language?",
                Locale.all.map { Choice($0.tag.lowercased(), $0.name) },
                or: file.case.contactWish?.language ?? Locale.english.tag
            )
        },
        read: { visit, _, reader in
            let way = reader.choice(
                "way",
                "Choose how the person wishes to hear from us",
                among: ContactWay.allCases.map(\.rawValue)
            ).flatMap(ContactWay.init(rawValue:))
            let language = reader.choice(
                "language",
                "Choose the language",
                among: Locale.all.map { $0.tag.lowercased() }
            )
            guard let way, let language else { return nil }
            return Command(.contactPreferred(wish(way, language)), on: visit.today)
        }
    )

    /// The wish; English goes without saying.
    static func wish(_ way: ContactWay, _ language: String) -> ContactPreferred {
        var fields = ContactPreferred()
        fields.way = way
        fields.language = language == Locale.english.tag ? nil : language
        return fields
    }

    private static func words(_ way: ContactWay) -> String {
        switch way {
        case .noMessages: "No messages"
        case .text: "Text message"
        default: way.words.prefix(1).uppercased() + way.words.dropFirst()
        }
    }

    private static func hint(_ way: ContactWay) -> String? {
        switch way {
        case .phone, .post: "You call or write yourself: nothing is sent by the system."
        case .noMessages: "Nothing is sent by the system."
        default: nil
        }
    }

    @Sendable static func list(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        var html = p { file.case.contactWish.map { $0.sentence + "." } ?? "Nobody has asked yet." }
        if file.may.contains(.changeCase), file.takes(.contactPreferred) {
            html.append(
                partLink("Change how to reach the person", to: file.path + "/contact-wish")
            )
        }
        guard !file.messages.isEmpty else { return html + p { "No messages yet." } }
        var table = ListTable(
            "Messages",
            ["Made", "To", "About", "By", "Sent"],
            hidesCaption: true
        )
        for message in file.messages.reversed() {
            let line = file.lines.first { $0.event.id == message.event }
            table.add(
                HTML(message.createdAt.loggedAt),
                HTML(message.reader == .person ? "The person" : "The referrer"),
                HTML(line.map { TimelinePart.sentence($0, file, visit) } ?? "An earlier entry"),
                HTML(
                    message.channel.flatMap(MessageChannel.init(rawValue:)).map(\.words) ?? "–"
                ),
                sent(message)
            )
        }
        return html + table.html
    }

    static func sent(_ message: QueuedMessage) -> HTML {
        if let at = message.deliveredAt { return HTML(at.loggedAt) }
        if message.givenUpAt == nil { return tag("Waiting", .grey) }
        if message.channel == nil { return HTML("Not sent: " + why(message.outcome)) }
        return tag("Did not get through", .red)
    }

    static func why(_ outcome: String?) -> String {
        switch outcome {
        case "skipped-no-address": "no address is known"
        case "skipped-not-wished": "the person wishes none"
        case "skipped-late": "it was too late to be of use"
        case "skipped-withdrawn": "the entry was withdrawn or changed"
        case "refused": "the address was refused"
        case "unreachable": "the mail service could not be reached"
        case "busy": "the mail service was busy"
        case "settings": "the mail service refused our settings"
        case "no-carrier": "nothing is set up to send it"
        default: outcome ?? "not known"
        }
    }
}
