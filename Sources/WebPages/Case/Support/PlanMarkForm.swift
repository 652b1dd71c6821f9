import Application
import Casework
import HTML
import Kernel
import Web

/// Marking goals and actions as done or given up, one by one or in a review of the plan.
enum PlanMarkForm {
    static let routes = form(isReview: false).routes + form(isReview: true).routes

    static let done = PlanItem.State.done.rawValue
    static let dropped = PlanItem.State.dropped.rawValue

    static func field(ofGoal id: String) -> String { "goal-\(id)" }
    static func field(ofAction id: String) -> String { "action-\(id)" }

    private static func form(isReview: Bool) -> CaseForm {
        CaseForm(
            path: isReview ? "plan/review" : "plan/items",
            title: isReview ? "Review the plan" : "Mark what is done",
            tells: isReview ? nil : .goalDropped,
            button: isReview ? "Save the review" : "Save",
            then: "#plan",
            fields: { visit, file, fields in questions(visit, file, fields) },
            read: { visit, file, reader in
                var bodies = marked(file, &reader)
                if isReview {
                    bodies.append(.planReviewed(Plain()))
                } else if bodies.isEmpty, reader.problems.isEmpty {
                    reader.fault(nil, "Choose what is done or given up")
                }
                let day = reader.day("on", "Give the day", usually: visit.today)
                guard let day, reader.problems.isEmpty else { return nil }
                return Command(entries: bodies.map { Command.Entry(body: $0, on: day) })
            }
        )
    }

    @HTMLBuilder
    private static func questions(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let goals = file.case.goals.filter { $0.state == .open }
        let actions = file.case.actions.filter { $0.state == .open }
        if goals.isEmpty, actions.isEmpty { inset { p { "No goal and no action is open." } } }
        for action in actions {
            item(field(ofAction: action.id), "Action: \(action.words("Action"))", file, fields)
        }
        for goal in goals {
            item(field(ofGoal: goal.id), "Goal: \(goal.words("Goal"))", file, fields)
        }
        fields.date("on", "Day", or: visit.today.iso)
    }

    private static func item(
        _ name: String,
        _ words: String,
        _ file: CaseFile,
        _ fields: Fields
    ) -> HTML {
        let isDone = file.takes(.goalDone) ? [Choice(done, "Done")] : []
        return fields.radios(
            name,
            words,
            [Choice("open", "Still to do")] + isDone + [Choice(dropped, "Given up")],
            or: "open",
            isInline: true
        )
    }

    /// Also those that are not open any more: a form sent twice must read the same.
    private static func marked(_ file: CaseFile, _ reader: inout FormReader) -> [EventBody] {
        let answers = ["open", done, dropped]
        var bodies: [EventBody] = []
        for item in file.case.actions {
            let answer = reader.optionalChoice(field(ofAction: item.id), among: answers)
            var fields = ActionRef()
            fields.action = item.id
            if answer == done { bodies.append(.actionDone(fields)) }
            if answer == dropped { bodies.append(.actionDropped(fields)) }
        }
        for item in file.case.goals {
            let answer = reader.optionalChoice(field(ofGoal: item.id), among: answers)
            var fields = GoalRef()
            fields.goal = item.id
            if answer == done { bodies.append(.goalDone(fields)) }
            if answer == dropped { bodies.append(.goalDropped(fields)) }
        }
        return bodies
    }
}
