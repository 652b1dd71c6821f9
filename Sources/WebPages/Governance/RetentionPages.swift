import Application
import Casework
import HTML
import Kernel
import Web

/// Records that need not be kept any longer.
enum RetentionPages {
    static let routes: [PageRoute] = [
        .get("/governance/retention", .action(.listRetention)) { try await show($0, $0.typed, []) },
        .post("/governance/retention", .action(.listRetention)) { try await send($0) },
    ]

    /// What stands for everybody in the list.
    private static let all = "all"

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let retention = try await visit.goodwork.retention(by: visit.actor)
        let (due, waiting) = (retention.due, retention.waiting)
        let names = try await visit.programmeNames(
            (due + waiting).flatMap(\.cases).map(\.header)
        )
        let fields = Fields(typed, problems)
        // All of a long list is one tick.
        let all =
            due.count > 1
            ? [Choice(Self.all, "All \(due.count) people", hint: "Whatever else is ticked")] : []
        return visit.page(
            "Retention due",
            width: .full,
            problems: problems,
            back: GovernancePages.back
        ) {
            h1 { "Retention due" }
            p {
                "Each programme says how long a closed case is kept. These people have no case "
                "that is open, or that is to be kept longer."
            }
            if due.isEmpty {
                p { "Nothing is due. Look again next month." }
            } else {
                visit.sentForm(to: "/governance/retention") {
                    fields.checkboxes(
                        "person",
                        due.count == 1 ? "1 person" : "\(due.count) people",
                        all + due.map { Choice($0.person.text, $0.title(names), hint: $0.hint) },
                        hint: "Tick those to erase. You will be asked once more."
                    )
                    submit("Go on")
                }
            }
            if !waiting.isEmpty {
                h2 { "Those who wait for a copy" }
                p {
                    "They asked for a copy of what is held about them, and are due once "
                    a(.href("/governance/copies")) { "it is given" }
                    "."
                }
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    for item in waiting { li { "\(item.title(names)): \(item.hint)" } }
                }
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        let due = try await visit.goodwork.retentionDue(by: visit.actor)
        let isAll = form.all("person").contains(Self.all)
        let people =
            isAll ? due.map(\.person) : form.all("person").compactMap { PersonID($0) }
        guard !people.isEmpty else {
            return try await show(visit, form, [Problem("person", "Tick at least one person")])
        }
        if form["confirmed"] == "yes" {
            let problems = try await visit.refusals {
                try await visit.goodwork.eraseRetained(people, by: visit.actor)
            }
            guard problems.isEmpty else { return try await show(visit, form, problems) }
            return visit.page("Erased", back: GovernancePages.back) {
                panel(
                    people.count == 1 ? "1 person is erased" : "\(people.count) people are erased",
                    "The access log says who did it and when."
                )
                p { a(.href("/governance/retention")) { "Back to retention due" } }
            }
        }
        let names = try await visit.programmeNames(due.flatMap(\.cases).map(\.header))
        let chosen = due.filter { people.contains($0.person) }
        return visit.page(
            "Erase these people?",
            back: ("Back to retention due", "/governance/retention")
        ) {
            h1 { "Erase these people?" }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                for item in chosen { li { "\(item.title(names)): \(item.hint)" } }
            }
            warning("This cannot be undone") {
                p { "Names, contact details and all words in their records go for good." }
            }
            visit.sentForm(to: "/governance/retention") {
                for item in chosen { Fields.hidden("person", item.person.text) }
                Fields.hidden("confirmed", "yes")
                submit(
                    chosen.count == 1 ? "Erase 1 person" : "Erase \(chosen.count) people",
                    isWarning: true
                )
            }
        }
    }
}

extension RetentionDue {
    fileprivate func title(_ names: ProgrammeNames) -> String {
        cases.map { "\($0.header.reference) (\(names[$0.header]))" }.joined(separator: ", ")
    }

    fileprivate var hint: String {
        let closed = cases.map(\.closedOn).max()
        return (closed.map { "closed \($0.uk), " } ?? "") + "kept until \(keptUntil.uk)"
    }
}
