import Application
import HTML
import Kernel
import Measures
import Web

/// Letting a report out, and the register of what was let out.
enum ReleasePages {
    static let routes: [PageRoute] = [
        .get("/reports/:programme/release", .action(.releaseReport)) {
            try await show($0, $0.typed, [])
        },
        .post("/reports/:programme/release", .action(.releaseReport)) { try await send($0) },
        .get("/releases", .action(.listReleases)) { try await register($0) },
    ]

    private static let audiences = [
        Choice("board", "The board", hint: "Counts of 1 to 4 are hidden."),
        Choice(
            "published",
            "Everyone",
            hint: "Counts of 1 to 7 are hidden, others are shown to the nearest 5."
        ),
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let path = "/reports/\(visit.part("programme"))"
        let fields = Fields(typed, problems)
        let by = typed["by"] ?? visit.request.query["by"]
        return visit.page("Release a report", problems: problems, back: ("Report", path)) {
            h1 { "Release a report" }
            p {
                "What you release is kept in the register. Later tables hide what would give "
                "somebody away beside it, so release a table once, when it is ready."
            }
            visit.sentForm(to: path + "/release") {
                if let by { Fields.hidden("by", by) }
                fields.radios("audience", "Who is it for?", audiences)
                fields.text(
                    "purpose",
                    "What is it for?",
                    hint: "For example: quarter 1 board pack. Name nobody in it."
                )
                submit("Release")
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        var reader = FormReader(visit.request.form, today: visit.today)
        let audience = reader.choice(
            "audience",
            "Choose who it is for",
            among: audiences.map(\.value)
        )
        let purpose = reader.text("purpose", "Say what it is for", max: 200)
        guard let purpose, let audience, reader.problems.isEmpty else {
            return try await show(visit, visit.request.form, reader.problems)
        }
        var question = ReportPages.question(visit)
        question.audience = Audience(rawValue: audience)
        let table = try await visit.goodwork.release(question, purpose: purpose, by: visit.actor)
        return visit.page(
            "Released",
            width: .full,
            back: ("Report", "/reports/\(table.programme)")
        ) {
            panel("The report is released", "It is entered in the register of releases.")
            h2 { table.title }
            div(
                .class("gw-report"),
                .role("region"),
                .aria("label", table.title),
                Attribute("tabindex", "0")
            ) { HTML.markup(table.html) }
        }
    }

    private static func register(_ visit: Visit) async throws -> Response {
        let releases = try await visit.goodwork.releases(by: visit.actor)
        var table = ListTable(
            "What has left the case team, newest first",
            ["When", "What", "Report", "As at", "For", "Who", "Kept back", "Purpose"]
        )
        for release in releases {
            let all = release.isSheet ? ", report and dashboards" : ""
            let grouping = release.grouping.map { ", by \($0.heading.lowercased())" } ?? ""
            table.add(
                HTML(release.at.loggedAt),
                HTML(release.kind.words),
                HTML(release.programme + all + grouping),
                HTML(release.asAt.uk),
                HTML(release.audience == .board ? "the board" : "everyone"),
                HTML(visit.names[release.by]),
                HTML("\(release.hidden) of \(release.figures)"),
                HTML(release.purpose ?? "")
            )
        }
        return visit.page("Releases", width: .full) {
            h1 { "Releases" }
            p {
                "Every table that left the case team is listed here. It counts as having left when "
                "somebody outside the team looks at it for the first time."
            }
            if releases.isEmpty {
                p { "Nothing has left yet. A report’s page has a link to release it." }
            } else {
                table.html
            }
        }
    }
}
