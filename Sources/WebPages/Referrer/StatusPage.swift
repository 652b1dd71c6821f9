import Application
import Casework
import HTML
import Kernel
import Web

/// Where a referral stands, for whoever referred; and the same, coarser, through a signed link.
enum StatusPage {
    static let routes: [PageRoute] = [
        .get("/cases/:case/status", .onCase(.readStatus)) { try await show($0) },
        .get("/status/:token", .anyone) { try await showLinked($0) },
    ]

    private static func show(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        let status = try await visit.goodwork.status(of: file)
        let mayList = visit.may(.listReferrals)
        return visit.page(
            "Where the referral stands",
            back: mayList ? ("My referrals", ReferralsPage.path) : nil
        ) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Where the referral stands"
            }
            standing(status, visit)
            answer(file, status)
            timeline(status)
            outcome(status)
            if mayList { link(for: file.header.id, visit) }
            if file.may.contains(.answerReferral), status.step < .inContact {
                p { a(.href("\(file.path)/withdraw")) { "Withdraw this referral" } }
            }
        }
    }

    /// The steps, and what happens next.
    @HTMLBuilder
    private static func standing(_ status: ReferralStatus, _ visit: Visit) -> HTML {
        workflowBar(status.steps.map(\.words), current: status.step.words)
        facts(status, visit).html
    }

    private static func facts(_ status: ReferralStatus, _ visit: Visit) -> Summary {
        var facts = Summary()
        facts.add("Reference", status.reference)
        facts.add("State") { ReferralWords.tag(status.step) }
        facts.add("Programme", status.programmeName)
        if status.sight > .coarse { facts.add("Service", status.strandName) }
        facts.add("Provider", status.provider.map(visit.names.organisation))
        if let instead = status.instead {
            facts.add("Referred instead to") {
                a(.href("/cases/\(instead.caseID.text)/status")) {
                    "\(instead.programmeName), \(instead.reference)"
                }
            }
        }
        guard let next = status.next else { return facts }
        facts.add("Next step", next.says)
        facts.add("Whose step", next.owner(visit, provider: status.provider))
        if next.dueOn != nil {
            facts.add("By") { dueDay(next.dueOn, today: visit.today) }
        }
        return facts
    }

    private static func answer(_ file: CaseFile, _ status: ReferralStatus) -> HTML {
        guard !status.missing.isEmpty, file.may.contains(.answerReferral) else { return HTML() }
        return inset {
            h2(.class("nhsuk-heading-s")) { "We need more from you" }
            ul {
                for id in status.missing { li { file.programme.words(ofMissing: id) } }
            }
            a(.href("\(file.path)/answers")) { "Give the answers that are missing" }
        }
    }

    @HTMLBuilder
    private static func timeline(_ status: ReferralStatus) -> HTML {
        h2 { "What happened" }
        if status.sight == .coarse {
            lines(status) { _ in nil }
        } else {
            lines(status) { "Told to you on \($0.sharedOn.uk)" }
        }
    }

    private static func lines(
        _ status: ReferralStatus,
        by: (ReferralStatus.Line) -> String?
    ) -> HTML {
        var timeline = Timeline()
        for line in status.lines { timeline.add(line.day, by: by(line)) { line.says } }
        return timeline.html
    }

    @HTMLBuilder
    private static func outcome(_ status: ReferralStatus) -> HTML {
        h2 { "What came of it" }
        if status.sight == .referrer {
            p { "The person has not agreed that we tell you what came of it." }
        } else if status.outcome.isEmpty {
            p { "Nothing yet. It will stand here." }
        } else {
            ul { for says in status.outcome { li { says } } }
        }
    }
}

// MARK: - The link

extension StatusPage {
    static func linkPath(for id: CaseID, _ visit: Visit) -> String {
        "/status/" + visit.goodwork.token(for: visit.goodwork.statusLink(for: id))
    }

    /// A link that can be kept or passed on.
    @HTMLBuilder
    static func link(for id: CaseID, _ visit: Visit) -> HTML {
        let until = visit.goodwork.statusLink(for: id).expiresAt.civilDateUK
        h2 { "A link that needs no sign-in" }
        p {
            "It shows where the referral stands and nothing about the person. "
            "It works until \(until.uk). Whoever has it can use it."
        }
        p {
            a(.href(linkPath(for: id, visit))) { "Link to the status" }
        }
    }

    private static func showLinked(_ asked: Visit) async throws -> Response {
        // The words of a referral's steps are in English only, and the page says so.
        var visit = asked
        visit.phrases = Phrases()
        guard let status = try await visit.goodwork.status(byLink: visit.part("token")) else {
            var response = visit.page("This link does not work") {
                h1 { "This link does not work" }
                p { "It is too old, or some of it is missing." }
                p {
                    "If you referred somebody, sign in and open "
                    a(.href(ReferralsPage.path)) { "My referrals" }
                    ", or ask the service for a new link."
                }
            }
            response.status = 410
            return response
        }
        let isSent = visit.request.query["sent"] != nil
        return visit.page(isSent ? "Referral sent" : "Where the referral stands") {
            if isSent {
                panel("Referral sent", "Reference \(status.reference)")
                h2 { "Where the referral stands" }
            } else {
                h1 { "Where the referral stands" }
            }
            standing(status, visit)
            timeline(status)
            if visit.visitor == nil {
                p { "Sign in to see more, if you may." }
            } else if isSent {
                p { "Keep the address of this page: it tells this without sign-in." }
                p { a(.href(ReferPage.path)) { "Refer another person" } }
            }
        }
    }
}
