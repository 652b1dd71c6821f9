import Application
import HTML
import Kernel
import Web

extension ManagerPages {
    /// What needs a manager, and what each coach holds.
    static func home(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let gaps = try await visit.goodwork.gaps(of: team)
        return visit.page("Team", width: .full) {
            h1 { "Team" }
            tiles([
                Tile(team.toAccept.count, "to accept", "/team/queue"),
                Tile(
                    team.withoutCoach(coaches.members).count,
                    "without a coach",
                    "/team/assign"
                ),
                Tile(team.overdue.count, "overdue", "/team/overdue", isUrgent: true),
                Tile(
                    team.toAnswer.count,
                    "transfers to answer",
                    "/team/transfers",
                    one: "transfer to answer"
                ),
                Tile(team.atRisk.count, "at risk", "/team/at-risk", isUrgent: true),
                Tile(gaps.reduce(0) { $0 + $1.gaps.count }, "data to mend", "/team/data"),
            ])
            p { a(.href("/team/waiting")) { "Waiting list: \(grouped(team.waiting.count))" } }
            load(team, coaches, visit)
        }
    }

    private static func load(_ team: Team, _ coaches: CoachChoices, _ visit: Visit) -> HTML {
        let loads = team.load(coaches.members)
        guard !loads.isEmpty else {
            return p {
                "Nobody holds a case yet. Accept referrals, then assign each to a coach. "
                "An administrator adds accounts for coaches."
            }
        }
        var table = ListTable(
            "What each coach holds",
            ["Coach", "Open cases", "Overdue", "Due within 7 days"]
        )
        table.numeric = [1, 2, 3]
        table.rowHeading = 0
        for load in loads {
            let name = visit.coachName(load.coach, coaches)
            let key = load.coach ?? "none"
            func number(_ count: Int, _ path: String, _ words: String) -> HTML {
                a(.href("\(path)?coach=\(URLEncoding.encode(key))")) {
                    grouped(count)
                    span(.class("nhsuk-u-visually-hidden")) { " \(words), \(name)" }
                }
            }
            table.add(
                visit.markedCoach(load.coach, coaches),
                open(load, number(load.open, "/team/assign", "open cases")),
                number(load.overdue, "/team/overdue", "overdue")
                    + (load.overdue > 0 ? HTML(" ") + tag("overdue", .red) : HTML()),
                number(load.soon, "/team/due", "due within 7 days")
            )
        }
        return table.html
    }

    private static func open(_ load: TeamLoad, _ number: HTML) -> HTML {
        guard let capacity = load.member?.capacity else { return number }
        let room = number + HTML(" of \(capacity)")
        return load.overCapacity.map { room + HTML(" ") + tag("\($0) too many", .orange) } ?? room
    }
}
