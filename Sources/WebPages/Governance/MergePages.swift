import Application
import HTML
import Kernel
import Store
import Web

/// The merges that there were, and their undoing.
enum MergePages {
    static let routes: [PageRoute] = [
        .get("/governance/people/merges", .action(.mergePeople)) { try await list($0) },
        .get("/governance/people/merges/:merge", .action(.mergePeople)) {
            try await page($0, $0.typed, [])
        },
        .post("/governance/people/merges/:merge", .action(.mergePeople)) { try await undo($0) },
    ]

    private static func list(_ visit: Visit) async throws -> Response {
        let merges = try await visit.goodwork.merges(by: visit.actor)
        return visit.page("Merges", width: .full, back: GovernancePages.back) {
            h1 { "Merges" }
            p { "Every merge is kept for good, with who made it and why." }
            if merges.isEmpty {
                p {
                    "No records have been joined. "
                    a(.href("/governance/people")) { "Find records of one person" }
                    "."
                }
            } else {
                table(visit, merges)
            }
        }
    }

    private static func table(_ visit: Visit, _ merges: [Merge]) -> HTML {
        var table = ListTable(
            "Merges, the latest first",
            ["When", "Cases", "By", "Why", "State"],
            hidesCaption: true
        )
        for one in merges {
            let merge = one.link
            table.add(
                a(.href("/governance/people/merges/\(merge.id)")) { merge.linkedAt.loggedAt },
                HTML("\(cases(one.cases)) into \(cases(one.intoCases))"),
                HTML(visit.names[merge.linkedBy]),
                HTML(merge.reason.isEmpty ? "Erased" : merge.reason),
                merge.undone == nil ? tag("Joined", .blue) : tag("Parted", .grey)
            )
        }
        return table.html
    }

    /// The cases of one record.
    static func cases(_ references: [String]) -> String {
        references.isEmpty ? "no case" : references.joined(separator: ", ")
    }

    private static func page(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let found = try await visit.goodwork.merge(visit.part("merge"), by: visit.actor)
        guard let one = found else {
            throw ServiceError(.notFound, "There is no such merge.")
        }
        let merge = one.link
        let fields = Fields(typed, problems)
        var facts = Summary()
        facts.add("Joined", merge.linkedAt.loggedAt)
        facts.add("By", visit.names[merge.linkedBy])
        facts.add("Why", merge.reason.isEmpty ? "Erased" : merge.reason)
        facts.add("Record", "\(cases(one.cases)) (\(merge.person.text))")
        facts.add("Joined into", "\(cases(one.intoCases)) (\(merge.into.text))")
        if let undone = merge.undone {
            facts.add("Parted", undone.at.loggedAt)
            facts.add("Parted by", visit.names[undone.by])
            facts.add("Why parted", undone.reason.isEmpty ? "Erased" : undone.reason)
        }
        return visit.page(
            "Merge",
            problems: problems,
            back: ("Back to merges", "/governance/people/merges")
        ) {
            h1 { "Merge" }
            facts.html
            if merge.undone == nil {
                h2 { "Part the two records" }
                p { "Afterwards they are two people again, as if they had not been joined." }
                visit.sentForm(to: "/governance/people/merges/\(merge.id)") {
                    fields.text(
                        "because",
                        "Why are they two people?",
                        hint: "This is sealed with the merge."
                    )
                    submit("Part them", isWarning: true)
                }
            }
        }
    }

    private static func undo(_ visit: Visit) async throws -> Response {
        var reader = FormReader(visit.request.form, today: visit.today)
        let because = reader.text("because", "Say why they are two people", max: 1_000)
        var problems = reader.problems
        if let because {
            problems = try await visit.refusals {
                try await visit.goodwork.unmerge(
                    visit.part("merge"),
                    reason: because,
                    by: visit.actor
                )
            }
            if problems.isEmpty { return .redirect(to: "/governance/people/merges") }
        }
        return try await page(visit, visit.request.form, problems)
    }
}
