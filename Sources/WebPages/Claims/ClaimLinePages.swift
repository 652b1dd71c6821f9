import Application
import Casework
import Funding
import HTML
import Kernel
import Programmes
import Store
import Web

/// The lines of a claim, a page at a time, and what proves each.
enum ClaimLinePages {
    static let routes: [PageRoute] = [
        .get("/claims/:claim/lines", .action(.readClaims)) { try await list($0) },
        .get("/claims/:claim/lines/:line", .action(.readClaims)) { try await one($0) },
    ]

    static let perPage = 100

    private static func list(_ visit: Visit) async throws -> Response {
        let file = try await visit.goodwork.claim(visit.part("claim"), by: visit.actor)
        let claim = file.claim
        let pages = max(1, (claim.lineCount + perPage - 1) / perPage)
        let asked = visit.request.query["page"].flatMap { Int($0) } ?? 1
        let page = min(max(1, asked), pages)
        let first = (page - 1) * perPage + 1
        let lines = try await visit.goodwork.lines(
            of: claim.id.text,
            from: first,
            to: first + perPage - 1,
            by: visit.actor
        )
        let funding = try await visit.goodwork.reportProgramme(claim.programme).funding
        var table = ListTable(
            "Lines \(first) to \(max(first, first + lines.count - 1)) of \(grouped(claim.lineCount))",
            ["Line", "Kind", "Payment", "Person", "Strand", "Due on", "Amount", "State"]
        )
        table.numeric = [6]
        for line in lines {
            let person = line.key.person.map {
                visit.goodwork.pseudonym($0, in: claim.programme)
            }
            table.add(
                a(.href(ClaimPages.path(claim, "/lines/\(line.number)"))) { String(line.number) },
                HTML(line.kind.name),
                HTML(funding?.name(line.key.rule) ?? line.key.rule),
                HTML(person ?? "Nobody in particular"),
                HTML(line.key.strand ?? "None"),
                HTML(line.day.uk),
                HTML(line.amount.text),
                file.rejected[line.number] == nil ? HTML("") : tag("Rejected", .red)
            )
        }
        let title = "Lines: \(ClaimPages.title(claim, visit))"
        return visit.page(title, width: .full, back: ("Back to the claim", ClaimPages.path(claim)))
        {
            h1 { title }
            table.html
            pagination(page: page, of: pages) { ClaimPages.path(claim, "/lines?page=\($0)") }
        }
    }

    private static func one(_ visit: Visit) async throws -> Response {
        let id = visit.part("claim")
        guard let number = Int(visit.part("line")) else {
            throw ServiceError(.notFound, "There is no such line.")
        }
        let file = try await visit.goodwork.claim(id, by: visit.actor)
        let found = try await visit.goodwork.evidence(of: id, line: number, by: visit.actor)
        let claim = file.claim
        let funding = try await visit.goodwork.reportProgramme(claim.programme).funding
        let facts = summary(visit, file, found.line, funding)
        let title = "Line \(number)"
        let back = ("Back to the lines", ClaimPages.path(claim, "/lines"))
        return visit.page(title, width: .full, back: back) {
            h1 { title }
            facts.html
            if let caseID = found.line.caseID, mayOpen(visit, found.line) {
                p { a(.href("/cases/\(caseID.text)")) { "Open the case" } }
            }
            h2 { "What proves it" }
            evidence(visit, found.line, found.events)
            if file.moves.contains(.reject), file.rejected[number] == nil,
                found.line.amount > .zero
            {
                linkButton(
                    "Reject this line",
                    to: ClaimPages.path(claim, "/reject?line=\(number)"),
                    isSecondary: true
                )
            }
        }
    }

    /// Whoever holds the case may open it; the case's page decides.
    private static func mayOpen(_ visit: Visit, _ line: ClaimLine) -> Bool {
        line.provider == visit.actor.organisation && visit.may(.listCases)
    }

    private static func summary(
        _ visit: Visit,
        _ file: ClaimFile,
        _ line: ClaimLine,
        _ funding: FundingRules?
    ) -> Summary {
        var facts = Summary()
        facts.add("Amount", line.amount.text)
        facts.add("Kind", line.kind.name)
        facts.add("Payment", funding?.name(line.key.rule) ?? line.key.rule)
        facts.add("Rules", "version \(line.programmeVersion) of the programme’s file")
        facts.add(
            "Person",
            line.key.person.map { visit.goodwork.pseudonym($0, in: file.claim.programme) }
        )
        facts.add("Due on", line.day.uk)
        facts.add("Strand", line.key.strand)
        facts.add("Held by", line.provider.map { visit.names[$0] })
        facts.add("Locality", line.locality)
        if let corrects = line.corrects {
            facts.add("Corrects") {
                a(.href("/claims/\(corrects.claim.text)/lines/\(corrects.line)")) {
                    "Line \(corrects.line) of an earlier claim"
                }
            }
        }
        facts.add("Why", line.note)
        if let rejected = file.rejected[line.number] {
            facts.add("State", rejected.rejection == .final ? "Rejected for good" : "Rejected")
        }
        return facts
    }

    private static func evidence(
        _ visit: Visit,
        _ line: ClaimLine,
        _ events: [CaseEvent]
    ) -> HTML {
        guard !events.isEmpty else {
            return p {
                line.kind == .clawback
                    ? "It gives back an earlier line, which has its own evidence."
                    : "It follows from the programme’s file, and rests on no event of a case."
            }
        }
        var table = ListTable(
            "Events of the case",
            ["Happened on", "What", "Told on", "By", "Part"],
            hidesCaption: true
        )
        for event in events {
            table.add(
                HTML(event.occurredOn.uk),
                HTML(event.body.kind.rawValue.inWords),
                HTML(event.recordedAt.civilDateUK.uk),
                HTML(visit.names[event.by.organisation]),
                event.id == line.event ? tag("It fell due by this", .blue) : HTML("")
            )
        }
        return table.html
    }
}

extension FundingRules {
    /// What people call a payment, a part or a measure.
    func name(_ rule: String) -> String {
        if let payment = payments.first(where: { $0.id == rule }) { return payment.name }
        if let part = parts.first(where: { $0.id == rule }) { return part.name }
        return incentives.flatMap(\.measures).first { $0.id == rule }?.name ?? rule
    }
}
