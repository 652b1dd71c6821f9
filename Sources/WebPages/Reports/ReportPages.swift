import Application
import HTML
import Measures
import Programmes
import Web

/// A programme's table, for those who count and account.
package enum ReportPages {
    package static let routes: [PageRoute] = [
        .get("/reports", .action(.report), list),
        .get("/reports/:programme", .action(.report), table),
        .get("/reports/:programme/csv", .action(.report), file),
    ]

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
                    li { a(.href("/reports/\(programme.id)")) { programme.name } }
                }
            }
        }
    }

    private static func table(_ visit: Visit) async throws -> Response {
        let table = try await counted(visit)
        return visit.page(table.title, width: .full, back: ("Reports", "/reports")) {
            h1 { table.title }
            p { a(.href("/reports/\(visit.part("programme"))/csv")) { "Download as CSV" } }
            // A wide table scrolls by itself, also with the keyboard.
            div(
                .class("gw-report"),
                .role("region"),
                .aria("label", table.title),
                Attribute("tabindex", "0")
            ) { HTML.markup(table.html) }
        }
    }

    private static func file(_ visit: Visit) async throws -> Response {
        let table = try await counted(visit)
        return .file(
            Array(table.csv.utf8),
            name: "\(visit.part("programme")).csv",
            type: "text/csv; charset=utf-8"
        )
    }

    private static func counted(_ visit: Visit) async throws -> ReportTable {
        try await visit.goodwork.report(
            ReportQuestion(programme: visit.part("programme")),
            by: visit.actor
        )
    }
}
