import Application
import Directory
import HTML
import Kernel
import Web

/// Taking a whole file, or a set of tables, into the guide.
enum GuideImportPage {
    static let path = "/guide/import"
    static let routes: [PageRoute] = [
        .get(path, .action(.manageGuide)) { try await show($0, []) },
        .post(path, .action(.manageGuide)) { try await send($0) },
    ]

    private static func show(
        _ visit: Visit,
        _ problems: [Problem],
        faults: [Fault] = [],
        done: GuideImported? = nil
    ) async throws -> Response {
        let tables = GuideFile.tables(try await visit.goodwork.guideBatch()).map(\.name)
        return visit.page(
            "Import services",
            width: .full,
            problems: problems,
            back: GuidePages.back
        ) {
            h1 { "Import services" }
            if let done { said(done) }
            if !faults.isEmpty { table(faults) }
            p {
                "Choose one file of Open Referral UK as JSON, or its tables as CSV files: "
                "services.csv, organizations.csv and so on."
            }
            p { "Services that are here already, by their ids, are replaced. The others stay." }
            visit.sentForm(to: path, isFile: true) {
                files(problems)
                submit("Import")
            }
            h2 { "Take the guide away" }
            ul {
                li { a(.href("/directory/export")) { "All services as JSON" } }
                for table in tables {
                    li { a(.href("/directory/tables/\(table)")) { table } }
                }
            }
        }
    }

    private static func files(_ problems: [Problem]) -> HTML {
        Fields(Form(), problems).group("file") {
            HTML(
                element: "label",
                [.class("nhsuk-label nhsuk-label--s"), .for("file")],
                HTML("Files")
            )
            HTML(
                element: "input",
                [
                    .class("nhsuk-file-upload"), .id("file"), .name("file"), .type("file"),
                    .flag("multiple", if: true),
                ],
                isVoid: true
            )
        }
    }

    private static func said(_ result: GuideImported) -> HTML {
        done("The services were taken in.") {
            p {
                "\(grouped(result.added)) added, \(grouped(result.changed)) changed, "
                "\(grouped(result.unchanged)) as they were."
            }
            if !result.leftOut.isEmpty {
                p {
                    "Left out, because the standard does not have it: "
                    result.leftOut.joined(separator: ", ")
                    "."
                }
            }
        }
    }

    private static func table(_ faults: [Fault]) -> HTML {
        var table = ListTable(
            "What is wrong",
            ["File", "Line", "Column", "Where", "What is wrong"]
        )
        for fault in faults.prefix(200) {
            let expected = fault.expected.map { "; expected \($0)" } ?? ""
            table.add(
                HTML(fault.file ?? "–"),
                HTML(fault.line.map(String.init) ?? "–"),
                HTML(fault.column.map(String.init) ?? "–"),
                HTML(fault.field ?? "–"),
                HTML(fault.problem + expected)
            )
        }
        return table.html
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let sent = visit.request.form.fields.filter { field in
            field.name == "file" && !field.value.trimmed.isEmpty
        }
        guard let first = sent.first else {
            return try await show(visit, [Problem("file", "Choose a file")])
        }
        let isTables = sent.allSatisfy { ($0.file ?? "").lowercased().hasSuffix(".csv") }
        if !isTables, sent.count > 1 {
            return try await show(
                visit,
                [Problem("file", "Choose one JSON file, or CSV files only")]
            )
        }
        do {
            let done = try await visit.goodwork.importGuide(by: visit.actor) { known in
                try isTables
                    ? GuideFile.read(
                        tables: sent.map { ($0.file ?? "", $0.value) },
                        known: known
                    )
                    : GuideFile.read(json: Array(first.value.utf8), file: first.file, known: known)
            }
            return try await show(visit, [], done: done)
        } catch let error as ServiceError where error.kind == .faults {
            let count = error.faults.count
            let says =
                count == 1
                ? "There is 1 fault. Nothing was changed"
                : "There are \(count) faults. Nothing was changed"
            return try await show(visit, [Problem("file", says)], faults: error.faults)
        }
    }
}
