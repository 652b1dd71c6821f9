import Application
import HTML
import Measures
import Programmes
import Web

/// A programme's table, for those who count and account.
package enum ReportPages {
    package static let routes: [PageRoute] =
        [
            .get("/reports", .action(.report), list),
            .get("/reports/:programme", .action(.report), table),
        ] + ReportFilePages.routes + ReleasePages.routes + FactPages.routes

    private static func list(_ visit: Visit) async throws -> Response {
        let goodwork = visit.goodwork
        var programmes: [Programme] = []
        for id in goodwork.library.ids() {
            let programme = try await goodwork.reportProgramme(id)
            if programme.report != nil { programmes.append(programme) }
        }
        return visit.page("Reports") {
            h1 { "Reports" }
            if programmes.isEmpty {
                p { "No programme describes a report yet. Its file says what it counts." }
            }
            ul(.class("nhsuk-list")) {
                for programme in programmes {
                    li {
                        a(.href("/reports/\(programme.id)")) { programme.name }
                        if goodwork.costs.hasAppraisal(of: programme.id) {
                            ", "
                            a(.href(ValuePages.path(programme.id))) {
                                "cost and benefit"
                                span(.class("nhsuk-u-visually-hidden")) { " of \(programme.name)" }
                            }
                        }
                    }
                }
            }
            h2 { "For the board" }
            p { a(.href("/boards")) { "Board packs" } }
        }
    }

    private static func table(_ visit: Visit) async throws -> Response {
        let question = Self.question(visit)
        let table = try await visit.goodwork.report(question, by: visit.actor)
        let path = "/reports/\(table.programme)"
        let asked = table.grouping.map { "?by=\($0.rawValue)" } ?? ""
        return visit.page(table.title, width: .full, back: ("Reports", "/reports")) {
            h1 { table.title }
            ul(.class("nhsuk-list")) {
                if visit.goodwork.costs.hasAppraisal(of: table.programme) {
                    li { a(.href(ValuePages.path(table.programme))) { "Cost and benefit" } }
                }
                if visit.may(.exportReport) {
                    li { a(.href(path + "/export" + asked)) { "Take this report away as a file" } }
                }
                if visit.may(.releaseReport) {
                    li { a(.href(path + "/release" + asked)) { "Release to the board" } }
                }
                if visit.may(.listReleases) {
                    li { a(.href("/releases")) { "What was released before" } }
                }
            }
            // A wide table scrolls by itself, also with the keyboard.
            div(
                .class("gw-report"),
                .role("region"),
                .aria("label", table.title),
                Attribute("tabindex", "0")
            ) { HTML.markup(table.html) }
            reveal("Set cases apart") {
                ul(.class("nhsuk-list")) {
                    li { a(.href(path)) { "All together" } }
                    for grouping in Grouping.allCases {
                        li { a(.href("\(path)?by=\(grouping.rawValue)")) { grouping.heading } }
                    }
                }
            }
        }
    }

    /// The report that a page's address, or its form, names.
    static func question(_ visit: Visit) -> ReportQuestion {
        let by = visit.request.form["by"] ?? visit.request.query["by"]
        return ReportQuestion(
            programme: visit.part("programme"),
            grouping: by.flatMap(Grouping.init)
        )
    }
}
