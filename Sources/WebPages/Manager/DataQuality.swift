import Application
import Casework
import HTML
import Kernel
import Store
import Web

extension ManagerPages {
    /// What the records lack, by field and by coach; each number leads to its list.
    static func data(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let gaps = try await visit.goodwork.gaps(of: team)
        var byField = ListTable("What is missing", ["Missing", "Cases"])
        for gap in RecordGap.allCases {
            let count = gaps.count { $0.gaps.contains(gap) }
            if count > 0 { byField.add(HTML(TeamWords.gap(gap)), number(count, gap, nil, "")) }
        }
        var byCoach = ListTable("Whose records they are", ["Coach", "Missing"])
        let held = Dictionary(grouping: gaps, by: \.row.coach)
        for coach in team.load(coaches.members).map(\.coach) {
            guard let rows = held[coach] else { continue }
            let name = visit.coachName(coach, coaches)
            let counts = RecordGap.allCases.map { gap in
                (gap, rows.count { $0.gaps.contains(gap) })
            }
            byCoach.add(
                HTML(name),
                ul(.class("nhsuk-list")) {
                    for (gap, count) in counts where count > 0 {
                        li {
                            "\(TeamWords.gap(gap)): "
                            number(count, gap, coach ?? "none", ", \(name)")
                        }
                    }
                }
            )
        }
        return visit.page("Data to mend", width: .full, back: ("Team", "/team")) {
            h1 { "Data to mend" }
            if gaps.isEmpty {
                p { "No open case lacks anything." }
            } else {
                p { "Open cases only. Each number leads to its list." }
                byField.html
                byCoach.html
            }
        }
    }

    private static func number(
        _ count: Int,
        _ gap: RecordGap,
        _ coach: String?,
        _ about: String
    ) -> HTML {
        let query = coach.map { "?coach=\(URLEncoding.encode($0))" } ?? ""
        return a(.href("/team/data/\(gap.rawValue)\(query)")) {
            grouped(count)
            span(.class("nhsuk-u-visually-hidden")) { " \(TeamWords.gap(gap))\(about)" }
        }
    }

    /// The cases that lack one thing, each with the form that mends it.
    static func dataList(_ visit: Visit) async throws -> Response {
        guard let gap = RecordGap(rawValue: visit.part("field")) else {
            throw ServiceError(.notFound, "There is no such list.")
        }
        let (team, coaches) = try await visit.team()
        let coach = visit.request.query["coach"]
        let rows = try await visit.goodwork.gaps(of: team)
            .filter { $0.gaps.contains(gap) }
            .map(\.row)
            .filter { coach == nil || ($0.coach ?? "none") == coach }
        let slice = Slice(rows, visit)
        let listed = try await visit.goodwork.named(slice.rows, by: visit.actor)
        let items = Dictionary(grouping: team.items, by: \.row)
        var table = ListTable(TeamWords.gap(gap), ["Case", "Stands", "Coach", "Mend it"])
        for row in listed {
            let form = MendingForm.of(
                gap,
                row.row,
                items[row.row]?.map(\.item) ?? [],
                team.programmes[row.row.header],
                visit
            )
            table.add(
                row.link + br() + HTML(team.programmes.place(of: row.row)),
                HTML(TeamWords.state(row.row.state)),
                HTML(visit.coachName(row.row.coach, coaches)),
                a(.href(form.path)) {
                    form.words
                    span(.class("nhsuk-u-visually-hidden")) { ", \(row.title)" }
                }
            )
        }
        return visit.page("Data to mend", width: .full, back: ("Data to mend", "/team/data")) {
            h1 {
                span(.class("nhsuk-caption-l")) { "Data to mend" }
                TeamWords.gap(gap)
            }
            if listed.isEmpty {
                p { "No open case lacks this." }
            } else {
                p { TeamWords.cases(slice.total) }
                table.html
                slice.links
            }
        }
    }
}
