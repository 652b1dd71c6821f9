import Application
import Funding
import HTML
import Kernel
import Programmes
import Store
import Web

/// Claims: what is claimed each quarter, for whom, and what became of it.
package enum ClaimPages {
    package static let routes: [PageRoute] =
        [
            .get("/claims", .action(.readClaims)) { try await list($0) },
            .get("/claims/funding/:programme", .action(.readClaims)) { try await funding($0) },
        ] + MakeClaimPage.routes + ClaimPage.routes + ClaimLinePages.routes
        + ClaimStepPages.routes + ClaimSamplePages.routes

    static let back = (words: "Back to claims", path: "/claims")

    private static func list(_ visit: Visit) async throws -> Response {
        let files = try await visit.goodwork.claims(by: visit.actor)
        let programmes = try await funded(visit)
        let shown = files.filter { $0.state != .replaced }
        return visit.page("Claims", width: .full) {
            h1 { "Claims" }
            if visit.may(.makeClaim) { linkButton("Make a claim", to: "/claims/make") }
            if shown.isEmpty {
                p { "There are no claims yet. Make one when a quarter is over." }
            } else {
                table(visit, shown, programmes).html
            }
            h2 { "How the money is divided" }
            if programmes.isEmpty { p { "No programme’s file says what is paid for yet." } }
            ul(.class("nhsuk-list")) {
                for programme in programmes {
                    li { a(.href("/claims/funding/\(programme.id)")) { programme.name } }
                }
            }
        }
    }

    private static func table(
        _ visit: Visit,
        _ files: [ClaimFile],
        _ programmes: [Programme]
    ) -> ListTable {
        var table = ListTable(
            "Claims",
            ["Quarter", "Programme", "Who claims", "State", "Lines", "Claimed", "Payable"],
            hidesCaption: true
        )
        table.numeric = [4, 5, 6]
        for file in files {
            let claim = file.claim
            let name = programmes.first { $0.id == claim.programme }?.name ?? claim.programme
            table.add(
                a(.href(path(claim))) { claim.quarter.uk },
                HTML(name),
                HTML(visit.names[claim.claimant]),
                tag(file.state),
                HTML(grouped(claim.lineCount)),
                HTML(claim.total.text),
                HTML(file.payable.text)
            )
        }
        return table
    }

    private static func funding(_ visit: Visit) async throws -> Response {
        let programme = try await visit.goodwork.fundedProgramme(visit.part("programme"))
        guard let money = FundingTable(programme) else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        var table = ListTable(
            "What each part has, and for how many people",
            FundingTable.headings
        )
        table.numeric = [1, 2, 3, 4, 5]
        for row in money.cells { table.rows.append(row.map { HTML($0) }) }
        return visit.page("Money of \(programme.name)", width: .full, back: back) {
            h1 { "Money of \(programme.name)" }
            table.html
            p { "From version \(programme.version) of the programme’s file." }
        }
    }

    /// The programmes whose files say what is paid for.
    static func funded(_ visit: Visit) async throws -> [Programme] {
        var programmes: [Programme] = []
        for id in visit.goodwork.library.ids() {
            let programme = try await visit.goodwork.reportProgramme(id)
            if programme.funding != nil { programmes.append(programme) }
        }
        return programmes
    }

    static func path(_ claim: StoredClaim, _ rest: String = "") -> String {
        "/claims/\(claim.id.text)\(rest)"
    }

    static func tag(_ state: ClaimState) -> HTML {
        let colour: TagColour =
            switch state {
            case .drafted: .grey
            case .submitted, .answered: .blue
            case .queried: .yellow
            case .accepted: .purple
            case .paid: .green
            case .replaced: .white
            }
        return WebPages.tag(state.name, colour)
    }

    /// What a claim is called on pages.
    static func title(_ claim: StoredClaim, _ visit: Visit) -> String {
        "Claim of \(visit.names[claim.claimant]) for \(claim.quarter.uk)"
    }
}
