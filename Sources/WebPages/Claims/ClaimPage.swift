import Application
import Funding
import HTML
import Kernel
import Programmes
import Store
import Web

/// One claim: what it comes to, where it stands, and what may be done with it.
enum ClaimPage {
    static let routes: [PageRoute] = [
        .get("/claims/:claim", .action(.readClaims)) { try await show($0) },
        .get("/claims/:claim/csv", .action(.readClaims)) { try await file($0) },
    ]

    private static func show(_ visit: Visit) async throws -> Response {
        let file = try await visit.goodwork.claim(visit.part("claim"), by: visit.actor)
        let sums = try await visit.goodwork.sums(of: file.claim.id.text, by: visit.actor)
        let programme = try await visit.goodwork.reportProgramme(file.claim.programme)
        let claim = file.claim
        var facts = Summary()
        facts.add("Programme", "\(programme.name), version \(claim.programmeVersion) of its file")
        facts.add(
            "Quarter",
            "\(claim.quarter.uk), financial year \(claim.quarter.financialYearText)"
        )
        facts.add("Who claims", visit.names[claim.claimant])
        facts.add("Who pays", visit.names[claim.payer])
        facts.add("State") { ClaimPages.tag(file.state) }
        facts.add("As things stood on", claim.asAt.uk)
        facts.add("By what was known", claim.knownAt.loggedAt)
        facts.add("Claimed", claim.total.text)
        let rejected = file.rejected.count == 1 ? "1 line" : "\(file.rejected.count) lines"
        facts.add("Rejected", file.rejected.isEmpty ? nil : rejected)
        facts.add("Payable", file.payable.text)
        facts.add("Name", claim.name)
        let title = ClaimPages.title(claim, visit)
        return visit.page(title, width: .full, back: ClaimPages.back) {
            h1 { title }
            facts.html
            buttons(file)
            h2 { "What is claimed" }
            table(sums, file, programme.funding)
            p {
                a(.href(ClaimPages.path(claim, "/lines"))) {
                    claim.lineCount == 1
                        ? "See the line" : "See all \(grouped(claim.lineCount)) lines"
                }
            }
            p { a(.href(ClaimPages.path(claim, "/csv"))) { "Download the lines as CSV" } }
            if file.state.stands {
                p { a(.href(ClaimPages.path(claim, "/sample"))) { "Samples of this claim" } }
            }
            leftOut(claim.leftOut, waiting: claim.waiting)
            h2 { "What was done" }
            steps(visit, file)
        }
    }

    private static func buttons(_ file: ClaimFile) -> HTML {
        let words: [(ClaimMove, String)] = [
            (.submit, "Submit this claim"), (.answer, "Answer the query"),
            (.accept, "Accept this claim"), (.query, "Query this claim"),
            (.reject, "Reject a line"), (.pay, "Record the payment"),
        ]
        let open = words.filter { file.moves.contains($0.0) }
        var html = HTML()
        for (place, (move, words)) in open.enumerated() {
            html.append(
                p {
                    linkButton(
                        words,
                        to: ClaimPages.path(file.claim, "/\(move.rawValue)"),
                        isSecondary: place > 0
                    )
                }
            )
        }
        return html
    }

    /// The lines added up by payment and kind.
    private static func table(
        _ sums: [ClaimSum],
        _ file: ClaimFile,
        _ funding: FundingRules?
    ) -> HTML {
        var table = ListTable("By payment", ["Payment", "Kind", "Lines", "Amount"])
        table.numeric = [2, 3]
        for sum in sums {
            table.add(
                HTML(funding?.name(sum.rule) ?? sum.rule),
                HTML(sum.kind.name),
                HTML(grouped(sum.lines)),
                HTML(sum.amount.text)
            )
        }
        table.add(
            HTML("Total"),
            HTML(""),
            HTML(grouped(file.claim.lineCount)),
            HTML(file.claim.total.text)
        )
        return table.html
    }

    /// What a claim could not take in.
    static func leftOut(_ leftOut: [LeftOutOfClaim], waiting: Int) -> HTML {
        guard !leftOut.isEmpty || waiting > 0 else { return HTML() }
        let lines = waiting == 1 ? "1 line that waits" : "\(grouped(waiting)) lines that wait"
        return h2 { "What was left out" }
            + ul(.class("nhsuk-list nhsuk-list--bullet")) {
                for one in leftOut { li { "\(grouped(one.count)) \(one.reason)" } }
                if waiting > 0 {
                    li {
                        "\(lines) until another organisation gives back what it claimed"
                    }
                }
            }
    }

    private static func steps(_ visit: Visit, _ file: ClaimFile) -> HTML {
        var line = Timeline()
        for event in file.events.reversed() {
            let by = "\(visit.names[event.by]), \(visit.names[event.organisation])"
            line.add(event.at.civilDateUK, by: by) {
                strong { event.move.past.prefix(1).uppercased() + event.move.past.dropFirst() }
                if let number = event.line { " (line \(number))" }
                if let words = event.words { p { words } }
            }
        }
        line.add(file.claim.knownAt.civilDateUK, by: visit.names[file.claim.madeBy]) {
            strong { "Drafted" }
        }
        return line.html
    }

    private static func file(_ visit: Visit) async throws -> Response {
        let export = try await visit.goodwork.export(claim: visit.part("claim"), by: visit.actor)
        let claim = export.file.claim
        return .file(
            Array(export.csv.utf8),
            name: "\(claim.programme)-\(claim.quarter)-\(claim.claimant).csv",
            type: "text/csv; charset=utf-8"
        )
    }
}
