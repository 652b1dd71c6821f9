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
        let merges = try await visit.goodwork.pairs(.joined, by: visit.actor)
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
                ToldPair.table(
                    visit,
                    "Merges, the latest first",
                    merges,
                    at: "/governance/people/merges"
                )
            }
        }
    }

    private static func page(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let told = try await visit.goodwork.pair(visit.part("merge"), .joined, by: visit.actor)
        let merge = told.pair
        let fields = Fields(typed, problems)
        var facts = Summary()
        facts.add("Joined", merge.saidAt.loggedAt)
        facts.add("By", visit.names[merge.saidBy])
        facts.add("Why", told.why)
        facts.add("Record", "\(ToldPair.words(told.oneCases)) (\(merge.one.text))")
        facts.add("Joined into", "\(ToldPair.words(told.otherCases)) (\(merge.other.text))")
        if let undone = merge.undone {
            facts.add("Parted", undone.at.loggedAt)
            facts.add("Parted by", visit.names[undone.by])
            facts.add("Why parted", undone.reason ?? "Erased")
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
