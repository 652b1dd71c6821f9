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
        let found = try await visit.goodwork.pairs(.apart, by: visit.actor)
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
                ToldPair.table(
                    visit,
                    "Found to be two people, the latest first",
                    found,
                    at: "/governance/people/apart"
                )
            }
        }
    }

    private static func page(
        _ visit: Visit,
        _ problems: [Problem] = []
    ) async throws -> Response {
        let id = visit.part("apart")
        let told = try await visit.goodwork.pair(id, .apart, by: visit.actor)
        let apart = told.pair
        var facts = Summary()
        facts.add("Cases", told.cases)
        facts.add("Found to be two people", apart.saidAt.loggedAt)
        facts.add("By", visit.names[apart.saidBy])
        facts.add("Why", told.why)
        if let withdrawn = apart.undone {
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
            if apart.undone == nil {
                h2 { "Withdraw that" }
                p { "Then they are offered again as perhaps one person, and can be joined." }
                visit.sentForm(to: "/governance/people/apart/\(id)") {
                    submit("Withdraw", isSecondary: true)
                }
            }
        }
    }

    /// The form beside the two who were compared.
    ///
    /// - Parameter compared: who they are, and why they were compared.
    static func form(
        _ visit: Visit,
        _ fields: Fields,
        compared: HTML
    ) -> HTML {
        h2 { "Or are they two people?" }
            + p { "Then they are offered as perhaps one person no more. You can withdraw that." }
            + visit.sentForm(to: "/governance/people/apart") {
                compared
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
    static func standing(_ visit: Visit, _ apart: PersonPair) -> HTML {
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
