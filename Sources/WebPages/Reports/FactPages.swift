import Application
import HTML
import Programmes
import Web

/// The facts of a programme taken away as a file, for those who study what helps.
enum FactPages {
    static let routes: [PageRoute] = [
        .get("/facts", .action(.exportFacts)) { try await show($0, $0.typed, []) },
        .post("/facts", .action(.exportFacts)) { try await send($0) },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let fields = Fields(typed, problems)
        let programmes = try await choices(visit)
        return visit.page("Facts", problems: problems) {
            h1 { "Facts" }
            p {
                "The facts of a programme are a row for each case, to be counted elsewhere. No "
                "name, no NHS number and no reference stands in them, but a row still describes a "
                "person: treat it as personal data."
            }
            visit.sentForm(to: "/facts") {
                fields.radios("programme", "Which programme?", programmes)
                ReportFilePages.questions(fields)
                submit("Make the file")
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let ids = visit.goodwork.library.ids()
        let programme = reader.choice("programme", "Choose a programme", among: ids)
        let formats = ExportFormat.allCases.map(\.rawValue)
        let format = reader.choice("format", "Choose a kind of file", among: formats)
        let purpose = reader.text("purpose", "Say what it is for", max: 200)
        guard let programme, let format = format.flatMap(ExportFormat.init), let purpose,
            reader.problems.isEmpty
        else { return try await show(visit, form, reader.problems) }
        let file = try await visit.goodwork.exportFacts(
            programme,
            as: format,
            purpose: purpose,
            by: visit.actor
        ).file
        return .file(file.bytes, name: file.name, type: file.format.mediaType)
    }

    private static func choices(_ visit: Visit) async throws -> [Choice] {
        var choices: [Choice] = []
        for id in visit.goodwork.library.ids() {
            let programme = try await visit.goodwork.reportProgramme(id)
            choices.append(Choice(id, programme.name))
        }
        return choices
    }
}
