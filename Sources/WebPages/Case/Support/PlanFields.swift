import Application
import Casework
import HTML
import Kernel
import Web

/// The fields of one action, which agreeing a plan and adding to it share.
struct PlanActionFields {
    /// What the names of the fields begin with.
    var name: String
    /// The goals that it may serve: their ids, or their places on the page.
    var goals: [Choice]

    static let another = "another"

    @HTMLBuilder func html(_ fields: Fields, _ visit: Visit, _ file: CaseFile) -> HTML {
        fields.text(name, "What is to be done")
        fields.choose(
            "\(name)-owner",
            "Who does it",
            Self.owners(visit, file),
            or: "person",
            blank: nil
        )
        fields.date("\(name)-due", "By when", isOptional: true)
        if !goals.isEmpty {
            fields.choose(
                "\(name)-goal",
                "Goal that it serves",
                goals,
                blank: "No goal in particular",
                isOptional: true
            )
        }
    }

    /// The person, the coach, the services that help as well, or somebody else.
    static func owners(_ visit: Visit, _ file: CaseFile) -> [Choice] {
        let services = file.relations.onward.sorted().map { Choice($0, visit.names[$0]) }
        return [Choice("person", "The person"), Choice("coach", "The coach")] + services
            + [Choice(another, "Somebody else (say who above)")]
    }

    /// The action without its id and goal, and the goal as it was chosen; nil when it is blank.
    func read(
        _ reader: inout FormReader,
        _ visit: Visit,
        _ file: CaseFile
    ) -> (fields: ActionAdded, goal: String?)? {
        var fields = ActionAdded()
        fields.text = reader.optionalText(name, max: 500)
        fields.dueOn = reader.optionalDay("\(name)-due")
        fields.owner =
            reader.optionalChoice(
                "\(name)-owner",
                among: Self.owners(visit, file).map(\.value)
            ) ?? fields.owner
        let goal = reader.optionalChoice("\(name)-goal", among: goals.map(\.value))
        if fields.text == nil {
            if fields.dueOn != nil || goal != nil {
                reader.fault(name, "Write what is to be done")
            }
            return nil
        }
        return (fields, goal)
    }
}
