import Application
import Casework
import HTML
import Kernel
import Programmes

/// What is to be done on a case, and the buttons that do it.
enum NextSteps {
    static func html(_ visit: Visit, _ file: CaseFile) -> HTML {
        section(.id("next"), .aria("labelledby", "next-title")) {
            h2(.id("next-title")) { "Next steps" }
            list(visit, file)
            if file.may.contains(.changeCase) { buttons(visit, file) }
            ManagerPages.choices(for: file)
        }
    }

    private static func list(_ visit: Visit, _ file: CaseFile) -> HTML {
        let mayChange = file.may.contains(.changeCase)
        let items = file.workItems.filter {
            $0.kind != .risk || mayChange || file.may.contains(.readClinical)
        }
        if items.isEmpty { return p { "Nothing is to be done." } }
        var table = ListTable(
            "Next steps",
            ["Due", "What", "Who"] + (mayChange ? ["Do it"] : []),
            hidesCaption: true
        )
        table.endsInActs = mayChange
        for item in items {
            let waiting = CaseWords.waiting(for: item.owner, visit.names)
            let coach = file.case.coach.map { visit.names[$0] } ?? "No coach yet"
            let cells = [
                dueDay(item.dueOn, today: file.today), HTML(says(item, file)),
                HTML(waiting.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? coach),
            ]
            let step = SettlingStep(item, of: file.header.id, rules: file.programme, visit)
            table.rows.append(cells + (mayChange ? [a(.href(step.path)) { step.words }] : []))
        }
        return table.html
    }

    /// What is to be done; an action in its own words where they may be read.
    private static func says(_ item: WorkItem, _ file: CaseFile) -> String {
        guard item.kind == .action,
            let words = file.case.actions.first(where: { $0.id == item.subject })?.text
        else { return item.says }
        return "\(item.says): \(words)"
    }

    private static func buttons(_ visit: Visit, _ file: CaseFile) -> HTML {
        div(.class("nhsuk-button-group gw-no-print")) {
            if file.case.isOpen {
                linkButton("Log a contact", to: file.path + "/contact")
                if !file.programme.pathway.appointments.isEmpty {
                    linkButton(
                        "Book an appointment",
                        to: file.path + "/appointments",
                        isSecondary: true
                    )
                }
            }
            linkButton("Write a note", to: file.path + "/notes", isSecondary: true)
            linkButton("Raise a risk", to: file.path + "/risks", isSecondary: true)
            linkButton("Links for the person", to: file.path + "/links", isSecondary: true)
        }
    }
}
