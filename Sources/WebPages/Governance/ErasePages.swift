import Application
import Casework
import HTML
import Store
import Web

/// Erasing a person: first what goes and what stays, then the reference typed once more.
enum ErasePages {
    static let routes: [PageRoute] = [
        .get("/governance/erase", .action(.readAccessLog)) { ask($0, $0.typed, []) },
        .post("/governance/erase", .action(.readAccessLog)) { try await send($0) },
    ]

    private static func ask(_ visit: Visit, _ typed: Form, _ problems: [Problem]) -> Response {
        let fields = Fields(typed, problems)
        return visit.page("Erase a person", problems: problems, back: GovernancePages.back) {
            h1 { "Erase a person" }
            p { "You will see what goes and what stays before anything is done." }
            visit.sentForm(to: "/governance/erase") {
                fields.caseNames
                fields.reason()
                submit("Go on")
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let reference = reader.text("reference", "Give the reference of a case", max: 200)
        let reason = reader.text("reason", "Say why", max: 500)
        guard let reference, let reason, reader.problems.isEmpty else {
            return ask(visit, form, reader.problems)
        }
        var header: CaseHeader?
        let problems = try await visit.refusals {
            header = try await visit.goodwork.header(
                reference: reference,
                programme: form["programme"]
            )
        }
        guard let header else {
            return ask(visit, form, problems.map { Problem("reference", $0.says) })
        }
        if form["step"] == "erase" {
            let again = CaseHeader.references(meant: form["again"] ?? "")
            guard again.contains(header.reference) else {
                let says = "Type \(header.reference) to erase this person"
                return try await check(visit, header, reason, [Problem("again", says)])
            }
            let (cases, erased) = try await visit.goodwork.erase(
                personOf: header,
                reason: reason,
                by: visit.actor
            )
            return visit.page("Erased", back: GovernancePages.back) {
                panel(
                    erased ? "The person is erased" : "The person had been erased already",
                    cases.map(\.reference).joined(separator: ", ")
                )
            }
        }
        return try await check(visit, header, reason, [])
    }

    private static func check(
        _ visit: Visit,
        _ header: CaseHeader,
        _ reason: String,
        _ problems: [Problem]
    ) async throws -> Response {
        let view = try await visit.goodwork.erasure(
            personOf: header,
            reason: reason,
            by: visit.actor
        )
        let names = try await visit.programmeNames(view.cases.map(\.header))
        let fields = Fields(visit.request.form, problems)
        return visit.page(
            "Erase this person?",
            problems: problems,
            back: ("Back", "/governance/erase")
        ) {
            h1 { "Erase this person?" }
            if view.isErased {
                p { "This person has been erased already." }
            } else {
                h2 { "What goes, for good" }
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    li { "Name, birth date, NHS number, address and contact details" }
                    li { "All notes and other words in \(cases(view, names))" }
                    li { "The reasons kept with broken glass and with merges" }
                    if view.records > 1 {
                        li { "All \(view.records) records that were joined as this person" }
                    }
                }
                h2 { "What stays" }
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    li { "What was done and when, in codes. It counts in past totals." }
                    li { "The access log: who looked at the record and when" }
                }
                if view.waitsForCopy {
                    warning("A copy is not given yet") {
                        p {
                            "This person asked for a copy of what is held about them. "
                            a(.href("/governance/copies")) { "Give it first" }
                            ": afterwards there is nothing left to give."
                        }
                    }
                }
                let open = view.cases.filter { $0.closedOn == nil }
                if !open.isEmpty {
                    warning("A case is still open") {
                        p {
                            open.map(\.header.reference).joined(separator: ", ")
                            " is open. Nobody will be able to reach this person."
                        }
                    }
                }
                visit.sentForm(to: "/governance/erase") {
                    Fields.hidden("reference", header.reference)
                    Fields.hidden("programme", header.programme)
                    Fields.hidden("reason", reason)
                    Fields.hidden("step", "erase")
                    fields.text("again", "Type \(header.reference) to go on", width: 20)
                    submit("Erase this person", isWarning: true)
                }
            }
        }
    }

    private static func cases(_ view: ErasureView, _ names: ProgrammeNames) -> String {
        view.cases.map { "\($0.header.reference) (\(names[$0.header]))" }
            .joined(separator: ", ")
    }
}

extension Fields {
    /// The two fields that name a case.
    var caseNames: HTML {
        text("reference", "Reference of a case", width: 20)
            + text(
                "programme",
                "Programme",
                hint: "Only where several programmes use the reference",
                width: 20,
                isOptional: true
            )
    }
}
