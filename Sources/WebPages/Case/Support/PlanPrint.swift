import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The plan in plain words, for the person to take home.
enum PlanPrint {
    static let routes: [PageRoute] = [
        .get("/cases/:case/plan/print", .onCase(.readClinical)) { try show($0) }
    ]

    private static func show(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        let say = visit.phrases
        return visit.page(say("My plan"), back: ("Back to the case", file.path)) {
            h1 {
                if let name = file.identity?.name {
                    span(.class("nhsuk-caption-l")) { name }
                }
                say("My plan")
            }
            if let kind = file.case.plan { p { say(Words.capital(kind)) } }
            p(.class("nhsuk-hint gw-no-print")) {
                "Print this page with your browser, or save it as a file."
            }
            goals(visit, file)
            actions(visit, file)
            appointments(visit, file)
            p { say("If anything changes, or you need help sooner, tell your coach.") }
            if let coach = file.case.coach {
                p { say("Your coach: {name}", ["name": visit.names[coach]]) }
            }
            p { say("Printed on {day}", ["day": say.day(file.today)]) }
        }
    }

    @HTMLBuilder private static func goals(_ visit: Visit, _ file: CaseFile) -> HTML {
        h2 { visit.phrases("What I want") }
        let goals = file.case.goals.filter { $0.state != .dropped }
        if goals.isEmpty { p { visit.phrases("No goals are written down yet.") } }
        ul {
            for goal in goals {
                li {
                    goal.words("Goal")
                    if goal.state == .done { " – " + visit.phrases("reached") }
                }
            }
        }
    }

    @HTMLBuilder private static func actions(_ visit: Visit, _ file: CaseFile) -> HTML {
        let open = file.case.actions.filter { $0.state == .open }
        let mine = open.filter { ($0.owner ?? "person") == "person" }
        let others = open.filter { ($0.owner ?? "person") != "person" }
        h2 { visit.phrases("What I will do") }
        list(mine, visit)
        if !others.isEmpty {
            h2 { visit.phrases("What others will do") }
            list(others, visit)
        }
        let done = file.case.actions.filter { $0.state == .done }
        if !done.isEmpty {
            h2 { visit.phrases("What is done") }
            ul { for action in done { li { action.words("Action") } } }
        }
    }

    private static func list(_ actions: [PlanItem], _ visit: Visit) -> HTML {
        if actions.isEmpty { return p { visit.phrases("Nothing for now.") } }
        return ul {
            for action in actions {
                li {
                    if let who = who(action, visit) { strong { who + ": " } }
                    action.words("Action")
                    if let due = action.dueOn {
                        " – " + visit.phrases("by {day}", ["day": visit.phrases.day(due)])
                    }
                }
            }
        }
    }

    /// Nobody is named for what the person does, or where the action itself says who.
    private static func who(_ action: PlanItem, _ visit: Visit) -> String? {
        switch action.owner {
        case nil, "person", PlanActionFields.another: nil
        case "coach": visit.phrases("My coach")
        case let other?: visit.names[other]
        }
    }

    @HTMLBuilder private static func appointments(_ visit: Visit, _ file: CaseFile) -> HTML {
        let next = file.comingAppointments
        let words = OwnWords(say: visit.phrases, names: visit.names)
        if !next.isEmpty {
            h2 { visit.phrases("My next appointments") }
            ul {
                for appointment in next {
                    li { words.when(appointment) }
                }
            }
        }
    }
}
