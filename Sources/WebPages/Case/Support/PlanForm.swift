import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Agreeing a plan: its kind, with goals and actions, on one page.
enum PlanForm {
    static let routes = form.routes

    private static let goalsMax = 3
    private static let actionsMax = 5
    private static let nothingNew =
        "Write a new goal or action, or choose another kind of plan"

    private static let form = CaseForm(
        path: "plan",
        title: "Agree a plan",
        button: "Save the plan",
        then: "#plan",
        nothingNew: nothingNew,
        fields: { visit, file, fields in questions(visit, file, fields) },
        read: { visit, file, reader in read(visit, file, &reader) }
    )

    private static let places = (1...goalsMax).map { Choice("\($0)", "Goal \($0)") }

    private static func action(_ place: Int) -> PlanActionFields {
        PlanActionFields(name: "action-\(place)", goals: places)
    }

    @HTMLBuilder
    private static func questions(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let plans = file.programme.pathway.plans
        if !plans.isEmpty {
            fields.radios(
                "plan",
                "Kind of plan",
                CaseWords.choices(plans),
                or: file.case.plan ?? (plans.count == 1 ? plans[0] : nil)
            )
        }
        h2 { "Goals" }
        p { "Write them in the person’s own words. More can be added later." }
        let hasGoals = !file.case.goals.isEmpty
        if hasGoals { p { "The goals and actions that are there already stay." } }
        for place in 1...goalsMax {
            fields.text("goal-\(place)", "Goal \(place)", isOptional: hasGoals || place > 1)
        }
        h2 { "Actions" }
        p { "Leave the ones that you do not need blank." }
        for place in 1...actionsMax {
            fieldset(.class("nhsuk-fieldset nhsuk-u-margin-bottom-6")) {
                legend(.class("nhsuk-fieldset__legend nhsuk-fieldset__legend--m")) {
                    "Action \(place)"
                }
                action(place).html(fields, visit, file)
            }
        }
        fields.date("on", "Day on which it was agreed", or: visit.today.iso)
    }

    private static func read(
        _ visit: Visit,
        _ file: CaseFile,
        _ reader: inout FormReader
    ) -> Command? {
        var bodies: [EventBody] = []
        let plans = file.programme.pathway.plans
        var saysNew = false
        if !plans.isEmpty {
            var agreed = PlanAgreed()
            agreed.plan = reader.choice("plan", "Choose the kind of plan", among: plans) ?? ""
            bodies.append(.planAgreed(agreed))
            saysNew = agreed.plan != file.case.plan
        }
        var names = NewNames(visit, file)
        var goals: [String: String] = [:]
        for place in 1...goalsMax {
            guard let text = reader.optionalText("goal-\(place)", max: 500) else { continue }
            var goal = GoalAdded()
            goal.goal = names.next("g")
            goal.text = text
            goals["\(place)"] = goal.goal
            bodies.append(.goalAdded(goal))
            saysNew = true
        }
        if goals.isEmpty, file.case.goals.isEmpty {
            reader.fault("goal-1", "Write at least one goal")
        }
        for place in 1...actionsMax {
            guard let read = action(place).read(&reader, visit, file) else { continue }
            var fields = read.fields
            if let goal = read.goal {
                fields.goal = goals[goal]
                if fields.goal == nil {
                    reader.fault("action-\(place)-goal", "Goal \(goal) is blank")
                }
            }
            fields.action = names.next("a")
            bodies.append(.actionAdded(fields))
            saysNew = true
        }
        if !saysNew, reader.problems.isEmpty {
            reader.fault("goal-1", nothingNew)
        }
        let day = reader.day("on", "Give the day", usually: visit.today)
        guard let day, reader.problems.isEmpty else { return nil }
        return Command(entries: bodies.map { Command.Entry(body: $0, on: day) })
    }
}
