import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Onward referrals and where each stands, on the case page.
enum OnwardPart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        if !file.isOpenToChange, file.case.onward.isEmpty { return nil }
        return table(visit, file) + refer(file)
    }

    private static func refer(_ file: CaseFile) -> HTML {
        // Where the programme file names no service, the guide may still have one.
        guard file.isOpenToChange else { return HTML() }
        return linkButtons([("Refer on", file.path + "/onward/refer")])
    }

    private static func table(_ visit: Visit, _ file: CaseFile) -> HTML {
        if file.case.onward.isEmpty { return p { "Not referred on to any other service." } }
        // Another service may answer after we have closed the case.
        let isOpen = file.case.onward.contains { !$0.status.isOver }
        let hasNext = file.isOpenToChange || file.may.contains(.changeCase) && isOpen
        var table = ListTable(
            "Onward referrals",
            ["Service", "Status", "Waiting"] + (hasNext ? ["Next"] : []),
            hidesCaption: true
        )
        table.endsInActs = hasNext
        for onward in file.case.onward {
            let service = onward.name(in: file.programme)
            let cells = [HTML(service), status(onward), waiting(onward, file)]
            let next = hasNext ? [self.next(onward, service, visit, file)] : []
            table.rows.append(cells + next)
        }
        return table.html
            + (isOpen && file.case.isOpen
                ? p { "We still hold the case while another service helps." } : HTML())
    }

    private static func status(_ onward: OnwardReferral) -> HTML {
        let (words, colour): (String, TagColour) =
            switch onward.status {
            case .sent: ("Sent", .blue)
            case .received: ("Received", .blue)
            case .pending: ("Asked again", .yellow)
            case .accepted: ("Accepted", .green)
            case .started: ("Started", .green)
            case .declined: ("Declined", .red)
            case .ended: ("Ended", .grey)
            }
        let reason = onward.reason.map { HTML(" " + Words.capital($0)) } ?? HTML()
        let moved = onward.movedOn.map { HTML(" on \($0.uk)") } ?? HTML()
        return tag(words, colour) + reason + moved
    }

    /// Days since it was sent, for as long as nobody has said yes or no.
    private static func waiting(_ onward: OnwardReferral, _ file: CaseFile) -> HTML {
        let sent = HTML("Sent \(onward.sentOn.uk)")
        guard onward.word == "pending" else { return sent }
        let due = file.workItems.first { $0.kind == .onwardAnswer && $0.subject == onward.id }
        let days = CaseWords.count(file.today - onward.sentOn, "day")
        return sent + HTML(", \(days) without an answer")
            + SupportWords.overdue(due?.dueOn, on: file.today)
    }

    private static func next(
        _ onward: OnwardReferral,
        _ service: String,
        _ visit: Visit,
        _ file: CaseFile
    ) -> HTML {
        let about = span(.class("nhsuk-u-visually-hidden")) { ": " + service }
        if onward.status.isOver {
            guard file.isOpenToChange else { return HTML() }
            return a(.href(OnwardForms.path(file, choosing: onward.service))) {
                "Refer again"
                about
            }
        }
        let id = URLEncoding.encode(onward.id)
        let record = a(.href("\(file.path)/onward/answer?onward=\(id)")) {
            "Record the answer"
            about
        }
        guard onward.word == "pending" else { return record }
        return record
            + visit.sentForm(to: file.path + "/onward/answer") {
                Fields.hidden("_version", String(file.version))
                Fields.hidden("onward", onward.id)
                Fields.hidden("to", OnwardStatus.pending.rawValue)
                button(.class("gw-link-button"), .type("submit")) {
                    "We asked again"
                    about
                }
            }
    }
}
