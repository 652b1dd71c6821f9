import Application
import HTML
import Kernel
import Store
import Web

/// Records that were found to be of two people, and taking that back.
enum ApartPages {
    static let routes: [PageRoute] = [
        .get("/governance/people/apart", .action(.tellPeopleApart)) { try await list($0) },
        .post("/governance/people/apart", .action(.tellPeopleApart)) { try await tell($0) },
        .get("/governance/people/apart/:apart", .action(.tellPeopleApart)) { try await page($0) },
        .post("/governance/people/apart/:apart", .action(.tellPeopleApart)) {
            try await withdraw($0)
        },
    ]

    private static func list(_ visit: Visit) async throws -> Response {
        let found = try await visit.goodwork.peopleApart(by: visit.actor)
        return visit.page(
            "Found to be two people",
            width: .full,
            back: ("Back to people", "/governance/people")
        ) {
            h1 { "Found to be two people" }
            p {
                "These records are not offered as perhaps one person, and cannot be joined, until "
                "that is withdrawn. What was withdrawn stays here, too."
            }
            if found.isEmpty {
                p { "No two records were found to be of two people." }
            } else {
                table(visit, found)
            }
        }
    }

    private static func table(_ visit: Visit, _ found: [ToldApart]) -> HTML {
        var table = ListTable(
            "Found to be two people, the latest first",
            ["When", "Cases", "By", "Why", "State"],
            hidesCaption: true
        )
        for one in found {
            let apart = one.apart
            table.add(
                a(.href("/governance/people/apart/\(apart.id)")) { apart.saidAt.loggedAt },
                HTML(cases(one)),
                HTML(visit.names[apart.saidBy]),
                HTML(apart.reason ?? "–"),
                apart.withdrawn == nil ? tag("Two people", .blue) : tag("Withdrawn", .grey)
            )
        }
        return table.html
    }

    private static func cases(_ one: ToldApart) -> String {
        "\(MergePages.cases(one.oneCases)) and \(MergePages.cases(one.otherCases))"
    }

    private static func page(
        _ visit: Visit,
        _ problems: [Problem] = []
    ) async throws -> Response {
        let id = visit.part("apart")
        let one = try await visit.goodwork.peopleApart(id, by: visit.actor)
        var facts = Summary()
        facts.add("Cases", cases(one))
        facts.add("Found to be two people", one.apart.saidAt.loggedAt)
        facts.add("By", visit.names[one.apart.saidBy])
        facts.add("Why", one.apart.reason)
        if let withdrawn = one.apart.withdrawn {
            facts.add("Withdrawn", withdrawn.at.loggedAt)
            facts.add("Withdrawn by", visit.names[withdrawn.by])
        }
        return visit.page(
            "Two people",
            problems: problems,
            back: ("Back to who was found to be two people", "/governance/people/apart")
        ) {
            h1 { "Two people" }
            facts.html
            if one.apart.withdrawn == nil {
                h2 { "Withdraw that" }
                p { "Then they are offered again as perhaps one person, and can be joined." }
                visit.sentForm(to: "/governance/people/apart/\(id)") {
                    submit("Withdraw", isSecondary: true)
                }
            }
        }
    }

    /// The form beside the two who were compared.
    static func form(
        _ visit: Visit,
        _ fields: Fields,
        _ one: FoundPerson,
        _ other: FoundPerson,
        reason: String
    ) -> HTML {
        h2 { "Or are they two people?" }
            + p { "Then they are offered as perhaps one person no more. You can withdraw that." }
            + visit.sentForm(to: "/governance/people/apart") {
                Fields.hidden("person", one.id.text)
                Fields.hidden("person", other.id.text)
                Fields.hidden("reason", reason)
                fields.text(
                    "why_two",
                    "How do you know that they are two people?",
                    hint: "This is sealed. Do not name anybody in it.",
                    isOptional: true
                )
                submit("They are two people", isSecondary: true)
            }
    }

    /// What stands beside two who were found to be two people, instead of a form to join them.
    static func standing(_ visit: Visit, _ apart: PeopleApart) -> HTML {
        let day = apart.saidAt.civilDateUK.uk
        let why = apart.reason.map { ": \($0)" } ?? ""
        return inset {
            p {
                "They were found to be two people on \(day) by \(visit.names[apart.saidBy])\(why)."
            }
            p { a(.href("/governance/people/apart/\(apart.id)")) { "Withdraw that" } }
        }
    }

    private static func tell(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        let ids = PeoplePages.two(form)
        var reader = FormReader(form, today: visit.today)
        let why = reader.optionalText("why_two", max: 500)
        var problems = reader.problems
        if ids.count == 2, problems.isEmpty {
            problems = try await visit.refusals {
                try await visit.goodwork.tellApart(
                    ids[0],
                    ids[1],
                    reason: why,
                    by: visit.actor,
                    seed: .random(in: .min ... .max)
                )
            }
            if problems.isEmpty { return .redirect(to: "/governance/people/apart") }
        }
        return try await PeoplePages.compare(visit, form, problems: problems)
    }

    private static func withdraw(_ visit: Visit) async throws -> Response {
        let problems = try await visit.refusals {
            try await visit.goodwork.withdrawApart(visit.part("apart"), by: visit.actor)
        }
        if problems.isEmpty { return .redirect(to: "/governance/people/apart") }
        return try await page(visit, problems)
    }
}
