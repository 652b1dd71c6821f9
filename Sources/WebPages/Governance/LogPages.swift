import Application
import HTML
import Kernel
import Store
import Web

/// Who looked at, or did, what.
enum LogPages {
    static let routes: [PageRoute] = [
        .get("/governance/log", .action(.readAccessLog)) { visit in
            if visit.typed.isEmpty { return try await show(visit, LogQuestion(), Form(), nil) }
            return try await search(visit, visit.typed)
        },
        .post("/governance/log", .action(.readAccessLog)) { try await search($0, $0.request.form) },
        .get("/governance/log/refused", .action(.readAccessLog)) { visit in
            var question = LogQuestion()
            question.isRefused = true
            question.from = visit.today.adding(days: -1)
            let typed = Form([
                Form.Field(name: "outcome", value: "refused"),
                Form.Field(name: "from", value: visit.today.adding(days: -1).iso),
            ])
            return try await show(visit, question, typed, nil)
        },
    ]

    private static func search(_ visit: Visit, _ form: Form) async throws -> Response {
        var reader = FormReader(form, today: visit.today)
        var question = LogQuestion()
        question.account = reader.optionalText("account", max: 200).map {
            id($0, among: visit.names.accounts)
        }
        question.organisation = reader.optionalText("organisation", max: 200).map {
            id($0, among: visit.names.organisations)
        }
        question.reference = reader.optionalText("reference", max: 200)
        question.programme = reader.optionalText("programme", max: 200)
        question.action = reader.optionalChoice("action", among: Action.allCases.map(\.rawValue))
            .flatMap(Action.init)
        question.isRefused = reader.optionalChoice("outcome", among: ["allowed", "refused"])
            .map { $0 == "refused" }
        question.from = reader.optionalDay("from")
        question.to = reader.optionalDay("to")
        if let from = question.from, let to = question.to, to < from {
            reader.fault("to", "The last day must not be before the first day")
        }
        guard reader.problems.isEmpty else {
            return page(visit, form, LogPage(), reader.problems)
        }
        return try await show(visit, question, form, form["before"].flatMap { Int64($0) })
    }

    /// Somebody's id for what was typed: an id, or a name that has one.
    private static func id(_ typed: String, among names: [String: String]) -> String {
        if names[typed] != nil { return typed }
        return names.first { $0.value.lowercased() == typed.lowercased() }?.key ?? typed
    }

    private static func show(
        _ visit: Visit,
        _ question: LogQuestion,
        _ typed: Form,
        _ before: Int64?
    ) async throws -> Response {
        do {
            let found = try await visit.goodwork.searchLog(
                question,
                before: before,
                by: visit.actor
            )
            return page(visit, typed, found, [])
        } catch let error as ServiceError where error.kind == .notFound {
            return page(visit, typed, LogPage(), [Problem("reference", error.message)])
        } catch let error as ServiceError where error.kind == .invalid {
            let says = "More than one programme has this reference: say which"
            return page(visit, typed, LogPage(), [Problem("programme", says)])
        }
    }

    private static func page(
        _ visit: Visit,
        _ typed: Form,
        _ found: LogPage,
        _ problems: [Problem]
    ) -> Response {
        let fields = Fields(typed, problems)
        return visit.page(
            "Access log",
            width: .full,
            problems: problems,
            back: GovernancePages.back
        ) {
            h1 { "Access log" }
            p { "Each search is itself kept in the log." }
            visit.sentForm(to: "/governance/log") {
                fields.text("account", "Who", hint: "An id or a name", isOptional: true)
                fields.text("organisation", "Organisation", isOptional: true)
                fields.text("reference", "Reference of the case", width: 20, isOptional: true)
                fields.text(
                    "programme",
                    "Programme",
                    hint: "Only where several programmes use the reference",
                    width: 20,
                    isOptional: true
                )
                fields.choose(
                    "action",
                    "What was done",
                    Action.allCases.map { Choice($0.rawValue, $0.rawValue.inWords) },
                    blank: "Anything",
                    isOptional: true
                )
                fields.radios(
                    "outcome",
                    "Outcome",
                    [Choice("allowed", "Allowed"), Choice("refused", "Refused")],
                    isInline: true,
                    isOptional: true
                )
                fields.date("from", "First day", isOptional: true)
                fields.date("to", "Last day", isOptional: true)
                submit("Search")
            }
            table(visit, found)
            older(visit, typed, found.older)
        }
    }

    private static func table(_ visit: Visit, _ found: LogPage) -> HTML {
        guard !found.entries.isEmpty else {
            return p { "No entry is like this. Leave more of the questions blank." }
        }
        var table = ListTable(
            "Newest first",
            ["When", "Who", "Organisation", "What", "About", "Outcome"]
        )
        for placed in found.entries {
            let entry = placed.entry
            table.add(
                HTML(entry.at.loggedAt),
                HTML(visit.names[entry.actor]),
                HTML(visit.names[entry.organisation]),
                HTML(entry.action.inWords + (entry.reason.map { ": \($0.text)" } ?? "")),
                HTML(found.references[entry.subject].map { "case \($0)" } ?? entry.subject),
                entry.outcome == "allowed"
                    ? tag("Allowed", .green)
                    : tag("Refused", .red)
                        + HTML(" " + entry.outcome.dropFirst("refused: ".count))
            )
        }
        return table.html
    }

    private static func older(_ visit: Visit, _ typed: Form, _ before: Int64?) -> HTML {
        guard let before else { return HTML() }
        return visit.sentForm(to: "/governance/log") {
            for field in typed.without(prefix: "_").fields where field.name != "before" {
                Fields.hidden(field.name, field.value)
            }
            Fields.hidden("before", String(before))
            submit("Older entries", isSecondary: true)
        }
    }
}
