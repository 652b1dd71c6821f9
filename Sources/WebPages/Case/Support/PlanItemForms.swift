import Application
import Casework
import HTML
import Kernel
import Web

/// Adding a goal or an action to a plan.
enum PlanItemForms {
    static let routes = goal.routes + action.routes

    private static let goal = CaseForm(
        path: "plan/goal",
        title: "Add a goal",
        button: "Add the goal",
        then: "#plan",
        fields: { visit, _, fields in
            fields.text("goal", "Goal", hint: "In the person’s own words.")
                + fields.date("on", "Day on which it was agreed", or: visit.today.iso)
        },
        read: { visit, file, reader in
            var fields = GoalAdded()
            var names = NewNames(visit, file)
            fields.goal = names.next("g")
            fields.text = reader.text("goal", "Write the goal", max: 500)
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.goalAdded(fields), on: day)
        }
    )

    private static let action = CaseForm(
        path: "plan/action",
        title: "Add an action",
        button: "Add the action",
        then: "#plan",
        fields: { visit, file, fields in
            shared(file).html(fields, visit, file)
                + fields.date("on", "Day on which it was agreed", or: visit.today.iso)
        },
        read: { visit, file, reader in
            let read = shared(file).read(&reader, visit, file)
            if read == nil, reader.problems.isEmpty {
                reader.fault("action", "Write what is to be done")
            }
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let read, let day, reader.problems.isEmpty else { return nil }
            var (names, fields) = (NewNames(visit, file), read.fields)
            fields.action = names.next("a")
            fields.goal = read.goal
            return Command(.actionAdded(fields), on: day)
        }
    )

    private static func shared(_ file: CaseFile) -> PlanActionFields {
        let goals = file.case.goals.filter { $0.state == .open }
        return PlanActionFields(
            name: "action",
            goals: goals.map { Choice($0.id, $0.words("Goal")) }
        )
    }
}

extension PlanItem {
    /// Its own words; what it is where they may not be read.
    func words(_ kind: String) -> String { text ?? "\(kind) (words not shown)" }
}
