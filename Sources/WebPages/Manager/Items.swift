import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// Which things to do a page lists.
enum ItemList: Sendable {
    case overdue
    case soon

    fileprivate var title: String {
        switch self {
        case .overdue: "Overdue"
        case .soon: "Due within 7 days"
        }
    }

    fileprivate func items(_ team: Team) -> [TeamItem] {
        switch self {
        case .overdue: team.overdue
        case .soon: team.soon
        }
    }
}

extension ManagerPages {
    /// What is overdue, or due soon, coach by coach, the oldest first, each with its form.
    static func items(_ visit: Visit, _ list: ItemList) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let all = list.items(team)
        let order = team.load(coaches.members).map(\.coach)
        let chosen = visit.request.query["coach"]
        let wanted = order.filter { chosen == nil || ($0 ?? "none") == chosen }
        let byCoach = Dictionary(grouping: all, by: \.row.coach)
        let slice = Slice(wanted.flatMap { byCoach[$0] ?? [] }, visit)
        let rows = Array(Set(slice.rows.map(\.row)))
        let named = try await visit.goodwork.named(rows, by: visit.actor)
        let names = Dictionary(uniqueKeysWithValues: named.map { ($0.row, $0) })
        let shown = Dictionary(grouping: slice.rows, by: \.row.coach)
        return visit.page(list.title, width: .full, back: ("Team", "/team")) {
            h1 { list.title }
            if slice.total == 0 {
                p { "Nothing is \(list == .overdue ? "overdue" : "due within 7 days")." }
            } else {
                p { "\(grouped(slice.total)) to settle, the oldest first." }
            }
            for coach in wanted {
                if let items = shown[coach] {
                    h2 { visit.coachName(coach, coaches) }
                    table(items, names, team, visit.coachName(coach, coaches), visit)
                }
            }
            slice.links
        }
    }

    private static func table(
        _ items: [TeamItem],
        _ names: [CaseRow: ListedRow],
        _ team: Team,
        _ coach: String,
        _ visit: Visit
    ) -> HTML {
        var table = ListTable(
            "To be done, \(coach)",
            ["Due", "What", "Case", "Settle it"],
            hidesCaption: true
        )
        for entry in items {
            let form = SettlingStep(
                entry.item,
                of: entry.row.header.id,
                rules: team.programmes[entry.row.header],
                visit
            )
            let title = names[entry.row]?.title ?? "Case \(entry.row.header.reference)"
            table.add(
                dueDay(entry.item.dueOn, today: visit.today),
                HTML(entry.item.says),
                names[entry.row]?.link ?? HTML(),
                a(.href(form.path)) {
                    form.words
                    span(.class("nhsuk-u-visually-hidden")) { ", \(title)" }
                }
            )
        }
        return table.html
    }

    /// Cases on which a risk is open.
    static func atRisk(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let slice = Slice(team.atRisk, visit)
        let listed = try await visit.goodwork.named(slice.rows, by: visit.actor)
        let risks = Dictionary(grouping: team.items.filter { $0.item.kind == .risk }, by: \.row)
        var table = ListTable("Cases with an open risk", ["Case", "Coach", "Raised", "Settle it"])
        for row in listed {
            let items = risks[row.row] ?? []
            let form = items.first.map {
                SettlingStep($0.item, of: row.row.header.id, rules: nil, visit)
            }
            table.add(
                row.link,
                HTML(visit.coachName(row.row.coach, coaches)),
                HTML(items.map(\.item.dueOn.uk).joined(separator: ", ")),
                form.map { form in
                    a(.href(form.path)) {
                        form.words
                        span(.class("nhsuk-u-visually-hidden")) { ", \(row.title)" }
                    }
                } ?? HTML()
            )
        }
        return visit.page("At risk", width: .full, back: ("Team", "/team")) {
            h1 { "At risk" }
            if listed.isEmpty {
                p { "No risk is open." }
            } else {
                table.html
                slice.links
            }
        }
    }
}
