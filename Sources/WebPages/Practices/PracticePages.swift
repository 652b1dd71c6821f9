import Application
import Casework
import HTML
import Kernel
import Measures
import PrimaryCare
import Web

/// A practice's own pages, and the comparison of all practices for those who commission and count.
package enum PracticePages {
    package static let routes: [PageRoute] = [
        .get("/practice", .action(.readPractice)) { try await own($0) },
        .get("/practice/worklist", .action(.listPatients)) { try await worklist($0) },
        .get("/practice/return", .action(.listPatients)) { try await records($0, []) },
        .post("/practice/return", .action(.listPatients)) { try await send($0) },
        .get("/practices", .action(.comparePractices)) { try await all($0) },
    ]

    private static let back = (words: "Our practice", path: "/practice")

    private static func own(_ visit: Visit) async throws -> Response {
        let sheet = try await visit.goodwork.practiceSheet(
            visit.actor.organisation,
            by: visit.actor
        )
        let content = PracticeSheetContent(sheet)
        return visit.page(content.title, width: .full) {
            h1 { content.title }
            if sheet.hasExtract {
                ul(.class("nhsuk-list")) {
                    li {
                        a(.href("/practice/worklist")) { "Patients who might be offered support" }
                    }
                    li { a(.href("/practice/return")) { "What to write in your records" } }
                }
                content.content
            } else {
                emptyState(
                    "No extract of this practice has been imported yet. Ask whoever runs this service "
                        + "how to send one."
                )
            }
        }
    }

    private static func worklist(_ visit: Visit) async throws -> Response {
        let list = try await visit.goodwork.practiceWorklist(
            visit.actor.organisation,
            by: visit.actor
        )
        return visit.page(list.name, width: .full, back: back) {
            h1 { list.name }
            p {
                "As at \(list.day.uk). Only people of your practice see this list. Look each patient up "
                "in your own system, and ask before you refer."
            }
            if list.patients.isEmpty {
                emptyState("Nobody is on the list today.", link: ("Refer somebody", "/refer"))
            } else {
                p(.role("status")) { CaseWords.count(list.patients.count, "patient") + "." }
                linkButton("Refer somebody", to: "/refer")
                table(list).html
            }
        }
    }

    private static func table(_ list: PracticeWorklist) -> ListTable {
        var table = ListTable(list.name, ["NHS number", "Born", "Why"], hidesCaption: true)
        for patient in list.patients.prefix(500) {
            table.add(
                HTML(NHSNumber(patient.nhsNumber)?.spaced ?? patient.nhsNumber),
                HTML(patient.birth.uk),
                HTML(Words.capital(patient.why))
            )
        }
        return table
    }

    // MARK: - What to write in records

    private static func records(_ visit: Visit, _ problems: [Problem]) async throws -> Response {
        let audit = try await visit.goodwork.auditReturn(
            visit.actor.organisation,
            by: visit.actor
        )
        let fields = Fields(visit.request.form, problems)
        let written = audit.written
        return visit.page(
            "What to write in your records",
            width: .full,
            problems: problems,
            back: back
        ) {
            h1 { "What to write in your records" }
            p {
                "When a coach learns that somebody’s work has changed, and the person agrees that you "
                "are told, it belongs in your record too."
            }
            visit.sentForm(to: "/practice/return") {
                fields.radios(
                    "format",
                    "What kind of file?",
                    [
                        Choice("csv", "CSV, for a spreadsheet"),
                        Choice("fhir", "FHIR, for your system"),
                    ]
                )
                submit("Make the file")
            }
            h2 { "What we asked you to write" }
            if audit.entries.isEmpty {
                emptyState("Nothing yet.")
            } else {
                if written.of > 0 {
                    p { "\(written.count) of \(written.of) are in your last extract." }
                }
                table(audit).html
            }
        }
    }

    private static func table(_ audit: PracticeReturn) -> ListTable {
        var table = ListTable(
            "What we asked you to write",
            ["NHS number", "Born", "Status", "Of", "Asked", "In your record"],
            hidesCaption: true
        )
        for entry in audit.entries {
            table.add(
                HTML(NHSNumber(entry.nhsNumber)?.spaced ?? entry.nhsNumber),
                HTML(entry.birth.uk),
                HTML(entry.status.name),
                HTML(entry.day.uk),
                HTML(entry.askedOn.uk),
                tag(
                    entry.state.words,
                    entry.state == .written ? .green : entry.state == .waiting ? .grey : .yellow
                )
            )
        }
        return table
    }

    private static func send(_ visit: Visit) async throws -> Response {
        var reader = FormReader(visit.request.form, today: visit.today)
        let format = reader.choice("format", "Choose a kind of file", among: ["csv", "fhir"])
        guard let format, reader.problems.isEmpty else {
            return try await records(visit, reader.problems)
        }
        let made = try await visit.goodwork.makeReturn(visit.actor.organisation, by: visit.actor)
        if format == "fhir" {
            return .file(made.fhir, name: "return.json", type: "application/fhir+json")
        }
        return .file(Array(made.csv.utf8), name: "return.csv", type: "text/csv; charset=utf-8")
    }

    // MARK: - All practices

    private static func all(_ visit: Visit) async throws -> Response {
        let report = try await visit.goodwork.comparePractices(by: visit.actor)
        return visit.page("Practices", width: .full) {
            h1 { "Employment status in primary care" }
            if report.table.practices.isEmpty {
                emptyState("No practice has sent an extract yet.")
            } else {
                p { "As at \(report.asAt.uk)." }
                for part in PracticeReport.Part.allCases {
                    Self.part(report.grid(part) { visit.names[$0] }, isMonths: part == .months)
                }
                p { report.remarks.joined(separator: " ") }
            }
        }
    }

    private static func part(_ grid: PracticeReport.Grid, isMonths: Bool) -> HTML {
        var rows = grid.rows
        // A year's month ends are enough on a screen, the latest first.
        if isMonths { rows = Array(rows.suffix(13).reversed()) }
        var table = ListTable(grid.title, grid.headings, hidesCaption: true)
        table.numeric = Set(1..<max(grid.headings.count, 1))
        table.rows = rows.map { $0.map { HTML($0) } }
        return section(.class("gw-panel")) {
            h2 { grid.title }
            table.html
            if !grid.says.isEmpty {
                reveal("What is counted") {
                    dl(.class("nhsuk-list")) {
                        for (heading, says) in grid.says {
                            dt { strong { heading } }
                            dd { says }
                        }
                    }
                }
            }
        }
    }
}
