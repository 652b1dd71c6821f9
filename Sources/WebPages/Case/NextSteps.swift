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
            if file.may.contains(.changeCase) { linkButtons(offered(file)) }
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

    /// The forms that would not be refused, and what they are called.
    private static func offered(_ file: CaseFile) -> [(words: String, path: String)] {
        var links: [(words: String, path: String)] = []
        if file.case.isOpen, file.takes(.contactAttempted) {
            links.append(("Log a contact", file.path + "/contact"))
        }
        let books = !file.programme.pathway.appointments.isEmpty
        if file.case.isOpen, books, file.takes(.appointmentBooked) {
            links.append(("Book an appointment", file.path + "/appointments"))
        }
        if file.takes(.noteWritten) { links.append(("Write a note", file.path + "/notes")) }
        if file.takes(.riskRaised) { links.append(("Raise a risk", file.path + "/risks")) }
        if file.mayAskPerson { links.append(("Links for the person", file.path + "/links")) }
        return links
    }
}
