import Application
import HTML
import Measures
import Web

/// A report taken away as a file, with the purpose that it is for.
enum ReportFilePages {
    static let routes: [PageRoute] = [
        .get("/reports/:programme/export", .action(.exportReport)) { show($0, $0.typed, []) },
        .post("/reports/:programme/export", .action(.exportReport)) { try await send($0) },
    ]

    private static func show(_ visit: Visit, _ typed: Form, _ problems: [Problem]) -> Response {
        let path = "/reports/\(visit.part("programme"))"
        let fields = Fields(typed, problems)
        let by = typed["by"] ?? visit.request.query["by"]
        let isOutside = Audience.usual(for: visit.actor) != .operational
        return visit.page("Take a report away", problems: problems, back: ("Report", path)) {
            h1 { "Take a report away as a file" }
            if isOutside {
                p { "Small counts are kept back. The file is entered in the register of releases." }
            } else {
                p { "Nothing is kept back in this file. Keep it within the case team." }
            }
            visit.sentForm(to: path + "/export") {
                if let by { Fields.hidden("by", by) }
                questions(fields)
                submit("Make the file")
            }
        }
    }

    /// What is asked of whoever takes a file away: its kind, and what it is for.
    static func questions(_ fields: Fields) -> HTML {
        fields.radios(
            "format",
            "What kind of file?",
            ExportFormat.allCases.map { Choice($0.rawValue, $0.words) }
        )
            + fields.text(
                "purpose",
                "What is it for?",
                hint: "This is kept in the access log for good. Name nobody in it."
            )
    }

    private static func send(_ visit: Visit) async throws -> Response {
        var reader = FormReader(visit.request.form, today: visit.today)
        let formats = ExportFormat.allCases.map(\.rawValue)
        let format = reader.choice("format", "Choose a kind of file", among: formats)
        let purpose = reader.text("purpose", "Say what it is for", max: 200)
        guard let format = format.flatMap(ExportFormat.init), let purpose, reader.problems.isEmpty
        else { return show(visit, visit.request.form, reader.problems) }
        let file = try await visit.goodwork.exportReport(
            ReportPages.question(visit),
            as: format,
            purpose: purpose,
            by: visit.actor
        )
        return .file(file.bytes, name: file.name, type: file.format.mediaType)
    }
}
