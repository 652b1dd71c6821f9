import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The plan, on the case page.
enum PlanPart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        let folded = file.case
        if folded.plan == nil, folded.goals.isEmpty, folded.actions.isEmpty {
            return p { "No plan yet. Agree one with the person." }
                + linkButtons(file.isOpenToChange ? [("Agree a plan", file.path + "/plan")] : [])
        }
        return kind(file) + items(visit, file) + linkButtons(links(file))
    }

    private static func kind(_ file: CaseFile) -> HTML {
        var rows = Summary()
        rows.add("Kind of plan", file.case.plan.map { Words.capital($0) })
        rows.add("First agreed", file.case[.planAgreed]?.uk)
        rows.add("Last reviewed", reviewedOn(file)?.uk)
        return rows.rows.isEmpty ? HTML() : rows.html
    }

    private static func reviewedOn(_ file: CaseFile) -> CivilDate? {
        file.lines.filter { $0.voidedAt == nil && $0.event.body.kind == .planReviewed }
            .map(\.event.occurredOn).max()
    }

    private static func links(_ file: CaseFile) -> [(words: String, path: String)] {
        var links: [(words: String, path: String)] = []
        if file.isOpenToChange {
            links = [
                ("Review the plan", file.path + "/plan/review"),
                ("Add an action", file.path + "/plan/action"),
                ("Add a goal", file.path + "/plan/goal"),
                ("Agree a new plan", file.path + "/plan"),
            ]
        }
        if file.may.contains(.readClinical) {
            links.append(("Print the plan", file.path + "/plan/print"))
        }
        return links
    }

    /// Goals and actions; one form around them, so that each has its buttons.
    private static func items(_ visit: Visit, _ file: CaseFile) -> HTML {
        let tables = goals(file) + actions(visit, file)
        guard file.isOpenToChange else { return tables }
        return visit.sentForm(to: file.path + "/plan/items") {
            Fields.hidden("_version", String(file.version))
            tables
        }
    }

    private static func goals(_ file: CaseFile) -> HTML {
        if file.case.goals.isEmpty { return HTML() }
        var table = ListTable("Goals", headings(["Goal", "State"], file))
        table.endsInActs = file.isOpenToChange
        for goal in file.case.goals {
            let words = goal.words("Goal")
            let cells = [HTML(words), state(goal)]
            table.rows.append(
                cells + marks(PlanMarkForm.field(ofGoal: goal.id), goal, words, file)
            )
        }
        return table.html
    }

    private static func actions(_ visit: Visit, _ file: CaseFile) -> HTML {
        if file.case.actions.isEmpty { return HTML() }
        let goals = file.case.goals
        var table = ListTable("Actions", headings(["Action", "Who", "By when", "State"], file))
        table.endsInActs = file.isOpenToChange
        // What is open and due first stands first; what is over stands last.
        let sorted = file.case.actions.sorted { one, other in
            (one.state == .open ? 0 : 1, one.dueOn ?? .distant)
                < (other.state == .open ? 0 : 1, other.dueOn ?? .distant)
        }
        for action in sorted {
            let words = action.words("Action")
            let goal = goals.first { $0.id == action.goal }
            let due = action.state == .open ? action.dueOn : nil
            let cells = [
                HTML(words)
                    + (goal.map { goal in small { " For: " + goal.words("Goal") } } ?? HTML()),
                HTML(owner(action, visit)),
                HTML(action.dueOn?.uk ?? "–") + SupportWords.overdue(due, on: file.today),
                state(action),
            ]
            table.rows.append(
                cells + marks(PlanMarkForm.field(ofAction: action.id), action, words, file)
            )
        }
        return table.html
    }

    static func owner(_ action: PlanItem, _ visit: Visit) -> String {
        switch action.owner {
        case nil, "person": "The person"
        case "coach": "The coach"
        case PlanActionFields.another: "Somebody else"
        case let other?: visit.names[other]
        }
    }

    private static func headings(_ headings: [String], _ file: CaseFile) -> [String] {
        headings + (file.isOpenToChange ? ["Mark as"] : [])
    }

    private static func state(_ item: PlanItem) -> HTML {
        switch item.state {
        case .open: tag("To do", .blue)
        case .done: tag("Done", .green)
        case .dropped: tag("Given up", .grey)
        }
    }

    private static func marks(
        _ name: String,
        _ item: PlanItem,
        _ words: String,
        _ file: CaseFile
    ) -> [HTML] {
        guard file.isOpenToChange else { return [] }
        if item.state != .open { return [HTML("–")] }
        return [
            mark(name, PlanMarkForm.done, "Done", words) + HTML(" ")
                + mark(name, PlanMarkForm.dropped, "Given up", words)
        ]
    }

    private static func mark(
        _ name: String,
        _ value: String,
        _ label: String,
        _ about: String
    ) -> HTML {
        button(.class("gw-link-button"), .type("submit"), .name(name), .value(value)) {
            label
            span(.class("nhsuk-u-visually-hidden")) { ": " + about }
        }
    }
}

extension CivilDate {
    /// After every day that stands on a case.
    fileprivate static let distant = CivilDate(day: .max)
}
