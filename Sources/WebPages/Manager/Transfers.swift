import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

extension ManagerPages {
    /// Transfers that others asked of us, and that we asked of others.
    static func transfers(_ visit: Visit) async throws -> Response {
        let (team, coaches) = try await visit.team()
        let slice = Slice(team.toAnswer, visit)
        let listed = try await visit.goodwork.named(slice.rows, by: visit.actor)
        let sent = try await visit.goodwork.named(
            team.rows.filter { $0.asked != nil && $0.closedOn == nil },
            by: visit.actor
        )
        var table = ListTable("Asked of us", ["Case", "From", "Stands", "What to do"])
        for row in listed {
            table.add(
                row.link + br() + HTML(team.programmes.place(of: row.row)),
                HTML(row.row.provider.map { visit.names[$0] } ?? "Nobody"),
                HTML(TeamWords.state(row.row.state)),
                answering(row.row, coaches, visit)
            )
        }
        return visit.page("Transfers", width: .full, back: ("Team", "/team")) {
            h1 { "Transfers" }
            if listed.isEmpty {
                p { "No other provider asks you to take a case." }
            } else {
                table.html
                slice.links
            }
            asked(sent, team, visit)
        }
    }

    private static func answering(
        _ row: CaseRow,
        _ coaches: CoachChoices,
        _ visit: Visit
    ) -> HTML {
        let reference = row.header.reference
        func about() -> HTML { span(.class("nhsuk-u-visually-hidden")) { " case \(reference)" } }
        let taking = visit.sentForm(to: "\(row.path)/transfer/accept") {
            Fields.hidden("_version", String(row.version))
            if !coaches.members.isEmpty {
                coaches.select(
                    id: "coach-\(row.header.id.text)",
                    label: "Coach for case \(reference) (optional)"
                )
            }
            button(.class("nhsuk-button nhsuk-button--small"), .type("submit")) {
                "Accept"
                about()
            }
        }
        return taking
            + p { a(.href("\(row.path)/transfer/decline")) { HTML("Decline") + about() } }
    }

    private static func asked(_ listed: [ListedRow], _ team: Team, _ visit: Visit) -> HTML {
        guard !listed.isEmpty else { return HTML() }
        var table = ListTable("Asked of others", ["Case", "Asked", "Answer due"])
        for row in listed {
            let item = team.items.first { $0.row == row.row && $0.item.kind == .transfer }?.item
            table.add(
                row.link,
                HTML(row.row.asked.map { visit.names[$0] } ?? ""),
                item.map { dueDay($0.dueOn, today: visit.today) } ?? HTML()
            )
        }
        return table.html
    }

    /// Takes a case over; who the coach is can be said at once, else it is asked next.
    static func acceptTransfer(_ visit: Visit) async throws -> Response {
        let coaches = try await visit.team().coaches
        let id = try visit.file().header.id.text
        let hasCoach = visit.request.form["coach"] != nil
        return try await CaseForm(
            path: "transfer/accept",
            title: "Accept this transfer",
            action: .answerTransfer,
            tells: .transferAccepted,
            button: "Accept",
            then: hasCoach ? "/team/transfers" : "/team/assign?case=\(id)"
        ) { _, _, fields in
            coachField(coaches, fields)
        } read: { visit, _, reader in
            let coach = reader.optionalChoice("coach", among: coaches.ids)
            var fields = Transfer()
            fields.provider = visit.actor.organisation
            return Command(
                entries: [Command.Entry(body: .transferAccepted(fields), on: visit.today)]
                    + assigning(coach, on: visit.today)
            )
        }.answer(visit)
    }

    /// Says no to a transfer, and why.
    static let declineForm = CaseForm(
        path: "transfer/decline",
        title: "Decline this transfer",
        action: .answerTransfer,
        tells: .transferDeclined,
        button: "Decline",
        then: "/team/transfers"
    ) { _, file, fields in
        file.asking(
            fields.area(
                "why",
                "Why can you not take this case?",
                hint: "The other provider reads this."
            )
        )
    } read: { visit, file, reader in
        var fields = TransferDeclined()
        fields.provider = visit.actor.organisation
        if !file.isErased {
            fields.text = reader.text("why", "Say why you cannot take this case", max: 2_000)
        }
        guard reader.problems.isEmpty else { return nil }
        return Command(.transferDeclined(fields), on: visit.today)
    }

    /// Asks another provider of the programme to take a case over.
    static let transferForm = CaseForm(
        path: "transfer",
        title: "Transfer to another provider",
        action: .manageCase,
        button: "Ask them to take the case",
        then: "/team/queue?done=asked"
    ) { visit, file, fields in
        let others = others(file)
        let asked = file.case.transferAskedTo.map { provider in
            inset {
                p {
                    "\(visit.names[provider]) was asked on "
                    file.case.transferAskedOn?.uk ?? "an earlier day"
                    " and has not answered yet."
                }
            }
        }
        let choices = others.map { Choice($0, visit.names[$0]) }
        return (asked ?? HTML())
            + fields.radios(
                "provider",
                "Who should take this case?",
                choices,
                hint: "You hold the case until they accept."
            )
    } read: { visit, file, reader in
        let chosen = reader.choice("provider", "Choose who should take it", among: others(file))
        guard let chosen else { return nil }
        var fields = Transfer()
        fields.provider = chosen
        return Command(.transferAsked(fields), on: visit.today)
    }

    /// The providers and partners of the programme's strands, but for whoever holds the case.
    private static func others(_ file: CaseFile) -> [String] {
        var others: [String] = []
        for provider in file.programme.strands.flatMap({ [$0.provider] + $0.partners })
        where provider != file.relations.provider && !others.contains(provider) {
            others.append(provider)
        }
        return others
    }
}
