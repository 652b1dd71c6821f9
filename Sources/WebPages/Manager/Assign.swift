import Application
import Casework
import HTML
import Kernel
import Store
import Web

extension ManagerPages {
    /// Cases to tick, and the coach to give them to.
    static func assign(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        return try await assign(visit, team, coaches, typed: visit.typed)
    }

    private static func assign(
        _ visit: Visit,
        _ team: Team,
        _ coaches: CoachChoices,
        typed: Form,
        problems: [Problem] = []
    ) async throws -> Response {
        let query = visit.request.query
        let shown = Shown(query, team, coaches)
        let slice = Slice(shown.rows, visit)
        let listed = try await visit.goodwork.named(slice.rows, by: visit.actor)
        let offered = lists(team, coaches, visit)
        let fields = Fields(typed, problems)
        // The list and its page stand in the form's address, so that its ticks come back in it:
        // with problems, and after a session's end.
        let address = "/team/assign" + (query.isEmpty ? "" : "?\(URLEncoding.encode(query))")
        // Whoever comes for one case has it ticked, until they say otherwise.
        let isTicked = query["case"] != nil && typed.isEmpty
        return visit.page(
            "Assign cases",
            width: .full,
            problems: problems,
            back: ("Team", "/team")
        ) {
            h1 { "Assign cases" }
            filter(offered, shown)
            if listed.isEmpty {
                p { "There is no such case. Choose another list above." }
            } else if coaches.members.isEmpty {
                p { "There is no coach to choose. An administrator adds accounts for coaches." }
            } else {
                visit.sentForm(to: address) {
                    ticks(
                        listed,
                        caption(of: shown, offered),
                        team,
                        coaches,
                        visit,
                        fields,
                        isTicked: isTicked
                    )
                    fields.choose("coach", "Give the ticked cases to", coaches.choices)
                    submit("Assign")
                }
            }
            slice.links
        }
    }

    static func sendAssign(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let coach = reader.choice("coach", "Choose a coach", among: coaches.ids)
        let ticked = form.all("case").compactMap(TickedCase.init(text:))
        if ticked.isEmpty { reader.fault("case", "Tick the cases to assign") }
        guard let coach, reader.problems.isEmpty else {
            return try await assign(
                visit,
                team,
                coaches,
                typed: form.without(prefix: "_"),
                problems: reader.problems
            )
        }
        let answer = try await visit.goodwork.assign(
            ticked,
            to: coach,
            by: visit.actor,
            key: visit.formKey,
            seed: .random(in: .min ... .max)
        )
        // Counted again, now that they hold them.
        return assigned(answer, coach, try await visit.team().coaches, visit)
    }

    private static func assigned(
        _ answer: AssignAnswer,
        _ coach: String,
        _ coaches: CoachChoices,
        _ visit: Visit
    ) -> Response {
        let count = answer.assigned.count
        let words = count == 1 ? "1 case was assigned" : "\(grouped(count)) cases were assigned"
        let title = "\(words) to \(coaches.name(coach) ?? visit.names[coach])"
        return visit.page(title, back: ("Assign cases", "/team/assign")) {
            h1 { title }
            if count > 0, let says = coaches.warning(for: coach) {
                warning("More than they can hold") { p { says } }
            }
            if !answer.failed.isEmpty {
                h2 { "Not assigned: \(TeamWords.cases(answer.failed.count))" }
                ul {
                    for failure in answer.failed {
                        li {
                            if let reference = failure.reference {
                                a(.href("/cases/\(failure.id.text)")) { "Case \(reference)" }
                                ": "
                            }
                            failure.why
                        }
                    }
                }
            }
            p { a(.href("/team/assign")) { "Assign more cases" } }
            p { a(.href("/team")) { "Team" } }
        }
    }

    // MARK: - Parts

    /// Which cases the page shows.
    private struct Shown {
        var key: String
        var rows: [CaseRow]

        init(_ query: Form, _ team: Team, _ coaches: CoachChoices) {
            if let id = query["case"] {
                key = "case"
                rows = team.rows.filter { $0.header.id.text == id && $0.closedOn == nil }
                return
            }
            key = query["coach"] ?? "unheld"
            switch key {
            case "unheld": rows = team.withoutCoach(coaches.members)
            // With referrals that are still to be accepted, as the team's load counts them.
            case "none": rows = team.openCases(of: nil)
            case "all": rows = team.rows.filter { $0.closedOn == nil }
            default: rows = team.openCases(of: key)
            }
        }
    }

    /// A list to choose, with how many cases stand in it.
    private typealias Offered = (key: String, words: String, count: Int)

    private static func lists(
        _ team: Team,
        _ coaches: CoachChoices,
        _ visit: Visit
    ) -> [Offered] {
        let open = team.rows.count { $0.closedOn == nil }
        let fixed: [Offered] = [
            (
                "unheld", "Accepted, without a coach in the team",
                team.withoutCoach(coaches.members).count
            ),
            ("none", "No coach, referrals to accept among them", team.openCases(of: nil).count),
            ("all", "All open cases", open),
        ]
        let held: [Offered] = team.load(coaches.members).compactMap { load in
            guard let coach = load.coach else { return nil }
            return (coach, visit.coachName(coach, coaches), load.open)
        }
        return fixed + held
    }

    /// What the table is called: as the link to it is.
    private static func caption(of shown: Shown, _ offered: [Offered]) -> String {
        let words = offered.first { $0.key == shown.key }?.words
        return words.map { "Cases: \($0)" } ?? "Cases"
    }

    private static func filter(_ offered: [Offered], _ shown: Shown) -> HTML {
        nav(.aria("label", "Whose cases")) {
            ul(.class("nhsuk-list")) {
                for (key, words, count) in offered {
                    li {
                        a(
                            .href("/team/assign?coach=\(URLEncoding.encode(key))"),
                            key == shown.key ? .aria("current", "page") : nil
                        ) { "\(words): \(grouped(count))" }
                    }
                }
            }
        }
    }

    private static func ticks(
        _ listed: [ListedRow],
        _ caption: String,
        _ team: Team,
        _ coaches: CoachChoices,
        _ visit: Visit,
        _ fields: Fields,
        isTicked: Bool
    ) -> HTML {
        let problem = fields.problem("case").map { problem in
            span(.class("nhsuk-error-message")) {
                span(.class("nhsuk-u-visually-hidden")) { "Error: " }
                problem.says
            }
        }
        var table = ListTable(caption, ["Tick", "Case", "Stands", "Coach", "Next step"])
        let ticked = fields.typed.all("case")
        for (place, row) in listed.enumerated() {
            let value = TickedCase(id: row.row.header.id, version: row.row.version).text
            table.add(
                tick(
                    value,
                    id: place == 0 ? "case" : "case-\(place + 1)",
                    about: row.title,
                    isOn: isTicked || ticked.contains(value)
                ),
                row.link + br() + HTML(team.programmes.place(of: row.row)),
                HTML(TeamWords.state(row.row.state)),
                visit.markedCoach(row.row.coach, coaches),
                row.row.next.map { next in
                    HTML("\(next.says): ") + dueDay(next.dueOn, today: visit.today)
                } ?? HTML()
            )
        }
        return (problem ?? HTML()) + table.html
    }

    private static func tick(_ value: String, id: String, about: String, isOn: Bool) -> HTML {
        div(.class("nhsuk-checkboxes nhsuk-checkboxes--small")) {
            div(.class("nhsuk-checkboxes__item")) {
                input(
                    .class("nhsuk-checkboxes__input"),
                    .id(id),
                    .name("case"),
                    .type("checkbox"),
                    .value(value),
                    .flag("checked", if: isOn)
                )
                label(.class("nhsuk-label nhsuk-checkboxes__label"), .for(id)) {
                    span(.class("nhsuk-u-visually-hidden")) { about }
                }
            }
        }
    }
}

extension TickedCase {
    /// As a form sends it: the id, and the version that was seen.
    fileprivate var text: String { "\(id.text).\(version)" }

    fileprivate init?(text: String) {
        let halves = text.split(separator: ".")
        guard halves.count == 2, let id = CaseID(halves[0]), let version = Int(halves[1]) else {
            return nil
        }
        self.init(id: id, version: version)
    }
}
