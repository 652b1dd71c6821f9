import Application
import HTML
import Store
import Web

/// Glass that was broken, and whether rightly so.
enum GlassReviewPages {
    static let routes: [PageRoute] = [
        .get("/governance/glass", .action(.reviewGlass)) { try await list($0) },
        .get("/governance/glass/:glass", .action(.reviewGlass)) { visit in
            let found = try await visit.goodwork.brokenGlass(visit.part("glass"), by: visit.actor)
            return page(visit, found, visit.typed, [])
        },
        .post("/governance/glass/:glass", .action(.reviewGlass)) { try await send($0) },
    ]

    private static func list(_ visit: Visit) async throws -> Response {
        let found = try await visit.goodwork.brokenGlass(by: visit.actor)
        let waiting = found.filter { $0.glass.review == nil }
        let done = found.filter { $0.glass.review != nil }
        return visit.page("Broken glass", width: .full, back: GovernancePages.back) {
            h1 { "Broken glass" }
            p {
                "In an emergency a coach can open a case that is not theirs, for four hours. "
                "Each time is reviewed here."
            }
            h2 { "To review" }
            table(visit, waiting, "To review", none: "Nothing waits for review.")
            h2 { "Reviewed" }
            table(visit, done, "Reviewed", none: "Nothing has been reviewed yet.")
        }
    }

    private static func table(
        _ visit: Visit,
        _ found: [GlassCase],
        _ caption: String,
        none: String
    ) -> HTML {
        guard !found.isEmpty else { return p { none } }
        var table = ListTable(
            caption,
            ["When", "Who", "Case", "Looks", "Verdict"],
            hidesCaption: true
        )
        for item in found {
            table.add(
                a(.href("/governance/glass/\(item.glass.id)")) { item.glass.brokenAt.loggedAt },
                HTML(
                    "\(visit.names[item.glass.account]), \(visit.names[item.glass.organisation])"
                ),
                HTML(item.reference),
                HTML(String(item.looks.count)),
                verdict(item.glass)
            )
        }
        return table.html
    }

    private static func verdict(_ glass: BrokenGlass) -> HTML {
        switch glass.review?.verdict {
        case .justified: tag("Justified", .green)
        case .notJustified: tag("Not justified", .red)
        case nil: tag("To review", .yellow)
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let id = visit.part("glass")
        var reader = FormReader(visit.request.form, today: visit.today)
        let verdict = reader.choice(
            "verdict",
            "Say whether it was justified",
            among: BrokenGlass.Verdict.allCases.map(\.rawValue)
        ).flatMap(BrokenGlass.Verdict.init)
        let words = reader.text("words", "Say how you came to this")
        var problems = reader.problems
        if let verdict, let words, problems.isEmpty {
            problems = try await visit.refusals {
                try await visit.goodwork.review(glass: id, verdict, words: words, by: visit.actor)
            }
            if problems.isEmpty { return .redirect(to: "/governance/glass") }
        }
        let found = try await visit.goodwork.brokenGlass(id, by: visit.actor)
        return page(visit, found, visit.request.form, problems)
    }

    private static func page(
        _ visit: Visit,
        _ found: GlassCase,
        _ typed: Form,
        _ problems: [Problem]
    ) -> Response {
        let fields = Fields(typed, problems)
        let glass = found.glass
        var facts = Summary()
        facts.add("Who", visit.names[glass.account])
        facts.add("Organisation", visit.names[glass.organisation])
        facts.add("Case", "\(found.reference) (\(found.programme))")
        facts.add("From", glass.brokenAt.loggedAt)
        facts.add("Until", glass.endsAt.loggedAt)
        facts.add("Reason given", glass.reason.isEmpty ? "Erased" : glass.reason)
        if let review = glass.review {
            facts.add("Verdict", review.verdict.rawValue.inWords)
            facts.add("Words", review.words)
            facts.add("Reviewed by", visit.names[review.by])
            facts.add("Reviewed", review.at.loggedAt)
        }
        return visit.page(
            "Broken glass",
            problems: problems,
            back: ("Back to broken glass", "/governance/glass")
        ) {
            h1 { "Broken glass" }
            facts.html
            h2 { "What was looked at" }
            looks(found.looks)
            if glass.review == nil, glass.account == visit.actor.user {
                p { "You broke this glass yourself. Ask somebody else to review it." }
            } else if glass.review == nil {
                h2 { "Your review" }
                visit.sentForm(to: "/governance/glass/\(glass.id)") {
                    fields.radios(
                        "verdict",
                        "Was it justified?",
                        [Choice("justified", "Yes"), Choice("not-justified", "No")]
                    )
                    fields.area("words", "How did you come to this?")
                    submit("Save review")
                }
            }
        }
    }

    private static func looks(_ looks: [AccessEntry]) -> HTML {
        guard !looks.isEmpty else { return p { "Nothing was looked at." } }
        var table = ListTable(
            "What was looked at",
            ["When", "What", "Outcome"],
            hidesCaption: true
        )
        for look in looks {
            table.add(
                HTML(look.at.loggedAt),
                HTML(look.action.inWords),
                HTML(look.outcome.inWords)
            )
        }
        return table.html
    }
}
