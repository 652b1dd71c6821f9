import Application
import Casework
import HTML
import Kernel
import Store

/// Every entry of a case in a sentence, the latest first.
enum TimelinePart {
    @Sendable static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        let lines = file.lines.reversed().filter(file.shows)
        let latest = timeline(lines.prefix(latestMax), visit, file)
        let earlier = lines.dropFirst(latestMax)
        if earlier.isEmpty { return latest }
        return latest
            + reveal("Earlier entries (\(earlier.count))") { timeline(earlier, visit, file) }
    }

    /// How many entries stand open; the earlier ones open at a click.
    private static let latestMax = 12

    private static func timeline(
        _ lines: some Sequence<CaseFile.Line>,
        _ visit: Visit,
        _ file: CaseFile
    ) -> HTML {
        let withdrawals = withdrawals(file)
        var timeline = Timeline()
        for line in lines {
            let event = line.event
            let says = sentence(line, file, visit)
            let by = "\(visit.names[event.by.user]), \(visit.names[event.by.organisation])"
            timeline.add(event.occurredOn, by: by) {
                if let voidedAt = line.voidedAt {
                    HTML(element: "del", [], HTML(says))
                    " "
                    tag("Withdrawn", .grey)
                    " on \(voidedAt.civilDateUK.uk)"
                    reason(withdrawals[event.id], file)
                } else {
                    says
                    late(event)
                    correct(line, file, says)
                    messages(about: event, file)
                }
            }
        }
        return timeline.html
    }

    /// The sentence, with people and organisations by their names.
    static func sentence(_ line: CaseFile.Line, _ file: CaseFile, _ visit: Visit) -> String {
        line.event.body.sentence(
            in: file.programme,
            names: { visit.names[$0] },
            parts: file.parts
        )
    }

    /// Whether the reader may withdraw the entry: what follows from another falls with that one.
    static func mayCorrect(_ line: CaseFile.Line, _ file: CaseFile) -> Bool {
        file.may.contains(.changeCase) && file.mayWithdraw(line)
    }

    /// What was sent because of an entry: it stands with that, and in a list of its own above.
    private static func messages(about event: CaseEvent, _ file: CaseFile) -> HTML {
        var html = HTML()
        for message in file.messages where message.event == event.id {
            let channel = message.channel.flatMap(MessageChannel.init(rawValue:)).map(\.words)
            let reader = message.reader == .person ? "the person" : "the referrer"
            html.append(
                p(.class("nhsuk-body-s")) {
                    "\(channel.map(Words.capital) ?? "Message") to \(reader): "
                    MessageParts.sent(message)
                }
            )
        }
        return html
    }

    private static func late(_ event: CaseEvent) -> HTML {
        let told = event.recordedAt.civilDateUK
        guard told > event.occurredOn else { return HTML() }
        return span(.class("gw-late")) { " Told late, on \(told.uk)." }
    }

    private static func correct(_ line: CaseFile.Line, _ file: CaseFile, _ says: String) -> HTML {
        guard mayCorrect(line, file) else { return HTML() }
        return HTML(" ")
            + a(
                .class("gw-no-print"),
                .href("\(file.path)/entries/\(line.event.id.text)/withdraw")
            ) {
                "Withdraw"
                span(.class("nhsuk-u-visually-hidden")) {
                    " the entry of \(line.event.occurredOn.uk): \(short(says))"
                }
            }
    }

    /// The beginning of a long sentence: enough to tell its link from the others.
    private static func short(_ says: String) -> String {
        says.count > 80 ? says.prefix(80) + "…" : says
    }

    private static func withdrawals(_ file: CaseFile) -> [EventID: Voided] {
        var found: [EventID: Voided] = [:]
        for line in file.lines {
            guard case .voided(let fields) = line.event.body, let id = EventID(fields.event) else {
                continue
            }
            found[id] = fields
        }
        return found
    }

    private static func reason(_ voided: Voided?, _ file: CaseFile) -> String {
        guard let voided else { return "." }
        return ": \(WithdrawForm.words(voided.reason).lowercased())."
            + (voided.text.map { " \($0)" } ?? "")
    }
}
