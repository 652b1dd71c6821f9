import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

extension ManagerPages {
    /// Referrals that nobody has accepted, those first who are to be seen first.
    static func queue(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let waiting = try await visit.goodwork.waitingList(
            of: team,
            isToAccept: true,
            by: visit.actor
        )
        let slice = Slice(waiting, visit)
        let listed = try await visit.goodwork.named(slice.rows.map(\.row), by: visit.actor)
        var table = ListTable(
            "Referrals to accept, in the order in which to see them",
            ["Person", "Eligible", "Waiting", "What to do"]
        )
        table.rowHeading = 0
        let answersDue = answersDue(team)
        let erased = erased(team)
        for (row, waiting) in zip(listed, slice.rows) {
            table.add(
                person(row, waiting, team.programmes),
                eligibility(waiting, team.programmes[row.row.header]),
                wait(waiting, answerDue: answersDue[row.row.header.id], visit.today),
                erased.contains(row.row.header.id)
                    ? doingOfErased(row) : doing(row, coaches, visit)
            )
        }
        return visit.page("Referrals to accept", width: .full, back: ("Team", "/team")) {
            h1 { "Referrals to accept" }
            done(visit, team)
            if waiting.isEmpty {
                p { "No referral waits. A new one stands here as soon as it is made." }
                p { a(.href("/team/assign")) { "Assign cases to coaches" } }
            } else {
                table.html
                slice.links
            }
        }
    }

    /// The waiting list: whoever has not been reached yet.
    static func waitingList(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let waiting = try await visit.goodwork.waitingList(
            of: team,
            isToAccept: false,
            by: visit.actor
        )
        let slice = Slice(waiting, visit)
        let listed = try await visit.goodwork.named(slice.rows.map(\.row), by: visit.actor)
        var table = ListTable(
            "People who wait, in the order in which to see them",
            ["Person", "Stands", "Coach", "Waiting"]
        )
        table.rowHeading = 0
        let answersDue = answersDue(team)
        for (row, waiting) in zip(listed, slice.rows) {
            table.add(
                person(row, waiting, team.programmes),
                HTML(TeamWords.state(row.row.state)),
                HTML(visit.coachName(row.row.coach, coaches)),
                wait(waiting, answerDue: answersDue[row.row.header.id], visit.today)
            )
        }
        return visit.page("Waiting list", width: .full, back: ("Team", "/team")) {
            h1 { "Waiting list" }
            if waiting.isEmpty {
                p { "Nobody waits. People stand here until somebody has reached them." }
            } else {
                p { "Nobody has reached these people yet: \(grouped(waiting.count)) wait." }
                table.html
                slice.links
            }
        }
    }

    // MARK: - Cells

    private static func person(
        _ row: ListedRow,
        _ waiting: WaitingReferral,
        _ programmes: TeamProgrammes
    ) -> HTML {
        var cell = row.link + br() + HTML(programmes.place(of: row.row))
        if let age = waiting.age {
            cell.append(br() + HTML("Age \(age)"))
            if waiting.isAdult == false { cell.append(HTML(" ") + tag("Under 18", .orange)) }
        }
        if let priority = waiting.priority {
            cell.append(br() + tag("Priority \(priority.rank)", .blue) + HTML(" \(priority.says)"))
        }
        return cell
    }

    private static func eligibility(_ waiting: WaitingReferral, _ programme: Programme?) -> HTML {
        var cell = TeamWords.verdict(waiting.verdict)
        if waiting.verdict != .met, !waiting.says.isEmpty {
            cell.append(
                p(.class("nhsuk-u-margin-bottom-1")) { waiting.says.joined(separator: " ") }
            )
        }
        if !waiting.missing.isEmpty {
            let missing = waiting.missing.map { TeamWords.missing($0, programme) }
            cell.append(
                p(.class("nhsuk-u-margin-bottom-1")) { "Ask: \(missing.joined(separator: "; "))" }
            )
        }
        if !waiting.twins.isEmpty {
            cell.append(
                p(.class("nhsuk-u-margin-bottom-1")) {
                    tag("May be here already", .orange)
                    for twin in waiting.twins {
                        " "
                        a(.href(twin.path)) { "Case \(twin.header.reference)" }
                    }
                }
            )
        }
        return cell
    }

    /// By when each referral is to be accepted or returned.
    private static func answersDue(_ team: Team) -> [CaseID: CivilDate] {
        let items = team.items.filter { $0.item.kind == .acceptance }
        return Dictionary(items.map { ($0.row.header.id, $0.item.dueOn) }, uniquingKeysWith: min)
    }

    /// The cases whose person was erased: nobody can be taken there any more.
    private static func erased(_ team: Team) -> Set<CaseID> {
        let items = team.items.filter {
            $0.item.kind == .review && $0.item.subject == WorkItem.erased
        }
        return Set(items.map(\.row.header.id))
    }

    private static func wait(
        _ waiting: WaitingReferral,
        answerDue: CivilDate?,
        _ today: CivilDate
    ) -> HTML {
        div(.class("gw-waiting")) { promises(waiting, answerDue: answerDue, today) }
    }

    /// How long somebody has waited, and what is promised by when.
    private static func promises(
        _ waiting: WaitingReferral,
        answerDue: CivilDate?,
        _ today: CivilDate
    ) -> HTML {
        var cell = HTML(TeamWords.days(waiting.daysWaiting))
        if let answerDue {
            cell.append(br() + HTML("Accept or return: ") + dueDay(answerDue, today: today))
        }
        guard let clock = waiting.clock else { return cell }
        cell.append(br() + HTML("\(clock.clock.name): "))
        cell.append(clock.pausedOn == nil ? dueDay(clock.dueOn, today: today) : HTML("paused"))
        return cell
    }

    private static func doingOfErased(_ row: ListedRow) -> HTML {
        p {
            "This person was erased. "
            a(.href(row.row.path)) {
                "See the case"
                span(.class("nhsuk-u-visually-hidden")) { " \(row.row.header.reference)" }
            }
        }
    }

    private static func doing(_ row: ListedRow, _ coaches: CoachChoices, _ visit: Visit) -> HTML {
        let reference = row.row.header.reference
        func about() -> HTML { span(.class("nhsuk-u-visually-hidden")) { " case \(reference)" } }
        if !row.row.unassigned.isEmpty {
            return p {
                "Nobody holds this case. "
                a(.href("\(row.row.path)/reroute")) { HTML("Choose its strand") + about() }
            }
        }
        return visit.sentForm(to: "\(row.row.path)/accept") {
            Fields.hidden("_version", String(row.row.version))
            if !coaches.members.isEmpty {
                coaches.select(
                    id: "coach-\(row.row.header.id.text)",
                    label: "Coach for case \(reference) (optional)"
                )
            }
            button(.class("nhsuk-button nhsuk-button--small"), .type("submit")) {
                "Accept"
                about()
            }
        }
            + ul(.class("nhsuk-list")) {
                li { a(.href("\(row.row.path)/return")) { HTML("Return") + about() } }
                li { a(.href("\(row.row.path)/reroute")) { HTML("Reroute") + about() } }
                li { a(.href("\(row.row.path)/transfer")) { HTML("Transfer") + about() } }
            }
    }

    /// What was done just now, told once more where the next one waits.
    private static func done(_ visit: Visit, _ team: Team) -> HTML {
        let words: String? =
            switch visit.request.query["done"] {
            case "accepted": "The referral was accepted."
            case "returned": "The referral was returned. The referrer is told why."
            case "rerouted": "The case was rerouted."
            case "referred": "The case was closed, and the person referred to the other programme."
            case "asked": "The other provider was asked to take the case."
            default: nil
            }
        guard let words else { return HTML() }
        let row = team.rows.first { $0.header.id.text == visit.request.query["case"] }
        return inset {
            p {
                words
                if let row {
                    " "
                    a(.href(row.path)) { "Open case \(row.header.reference)" }
                }
            }
        }
    }
}
