import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// Copies of a person's record: those asked for, and the making of one.
enum CopyPages {
    static let routes: [PageRoute] = [
        .get("/governance/copies", .action(.readAccessLog)) { try await show($0, $0.typed, []) },
        .post("/governance/copies", .action(.readAccessLog)) { try await send($0) },
        .get("/governance/copies/:copy/given", .action(.readAccessLog)) { given($0) },
        .post("/governance/copies/:copy/given", .action(.readAccessLog)) { visit in
            try await visit.goodwork.answerCopy(visit.part("copy"), by: visit.actor)
            return .redirect(to: "/governance/copies")
        },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let asked = try await visit.goodwork.copiesAsked(by: visit.actor)
        let fields = Fields(typed, problems)
        return visit.page(
            "Copies of records",
            width: .full,
            problems: problems,
            back: GovernancePages.back
        ) {
            h1 { "Copies of records" }
            h2 { "Asked for" }
            waiting(visit, asked)
            h2 { "Make a copy" }
            p { "Everything held on the person of a case, in all their records." }
            visit.sentForm(to: "/governance/copies") {
                fields.caseNames
                fields.reason()
                fields.radios(
                    "format",
                    "What do you need?",
                    [
                        Choice("page", "Read it here"),
                        Choice("document", "A document to print or send"),
                        Choice("json", "A file for another system (JSON)"),
                    ],
                    or: "page"
                )
                submit("Make the copy")
            }
        }
    }

    private static func waiting(
        _ visit: Visit,
        _ asked: [(asked: CopyAsked, references: [String])]
    ) -> HTML {
        guard !asked.isEmpty else { return p { "Nobody waits for a copy." } }
        var table = ListTable(
            "Copies asked for",
            ["Answer by", "Asked", "Cases", "What to do"],
            hidesCaption: true
        )
        for item in asked {
            let due = item.asked.dueOn
            table.add(
                due < visit.today
                    ? HTML(due.uk + " ") + tag("Overdue", .red) : HTML(due.uk),
                HTML(item.asked.askedAt.civilDateUK.uk),
                HTML(item.references.joined(separator: ", ")),
                visit.sentForm(to: "/governance/copies") {
                    Fields.hidden("person", item.asked.person.text)
                    Fields.hidden("reason", "The person asked for it")
                    Fields.hidden("format", "page")
                    submit("Make the copy", isSecondary: true)
                }
                    + a(.href("/governance/copies/\(item.asked.id)/given")) { "It was given" }
            )
        }
        return table.html
    }

    private static func given(_ visit: Visit) -> Response {
        let path = "/governance/copies/\(visit.part("copy"))/given"
        return visit.page(
            "Was the copy given?",
            back: ("Back to copies", "/governance/copies")
        ) {
            h1 { "Was the copy given?" }
            p { "Then it leaves the list of copies asked for." }
            visit.sentForm(to: path) { submit("Yes, it was given") }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let reason = reader.text("reason", "Say why", max: 500)
        let format = reader.choice(
            "format",
            "Choose one of the answers",
            among: ["page", "document", "json"]
        )
        var person = form["person"].flatMap { PersonID($0) }
        if person == nil, form["person"] == nil,
            let reference = reader.text("reference", "Give the reference of a case", max: 200)
        {
            let problems = try await visit.refusals {
                person =
                    try await visit.goodwork.header(
                        reference: reference,
                        programme: form["programme"]
                    ).person
            }
            for problem in problems { reader.fault("reference", problem.says) }
        }
        guard let reason, let format, let person, reader.problems.isEmpty else {
            return try await show(visit, form, reader.problems)
        }
        let copy = try await visit.goodwork.copy(of: person, reason: reason, by: visit.actor)
        switch format {
        case "document":
            return .file(
                CopyDocument(copy).document.document,
                name: "copy.html",
                type: "text/html; charset=utf-8"
            )
        case "json":
            return .file(
                Array(copy.json.utf8),
                name: "copy.json",
                type: "application/json"
            )
        default: return preview(visit, copy, reason)
        }
    }

    private static func preview(
        _ visit: Visit,
        _ copy: PersonCopy,
        _ reason: String
    ) -> Response {
        visit.page("Copy of a record", back: ("Back to copies", "/governance/copies")) {
            h1 { "Copy of a record" }
            for (format, words) in [
                ("document", "Download as a document"), ("json", "Download as JSON"),
            ] {
                visit.sentForm(to: "/governance/copies") {
                    Fields.hidden("person", copy.person.text)
                    Fields.hidden("reason", reason)
                    Fields.hidden("format", format)
                    submit(words, isSecondary: true)
                }
            }
            CopyDocument(copy).content
        }
    }
}
