import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// What follows once a referral was sent.
enum SentPage {
    static let routes: [PageRoute] = [
        .get("/refer/sent/:case", .onCase(.readStatus)) { try await show($0) }
    ]

    /// Where whoever referred is led.
    ///
    /// A coach or manager who refers to another organisation has no part in the case: they are
    /// shown where it stands, as anybody with the link is.
    static func path(for id: CaseID, _ visit: Visit) async throws -> String {
        var maySee = visit.actor.roles.contains(.referrer)
        if !maySee { maySee = try await visit.goodwork.seen(id, by: visit.actor) != nil }
        return maySee ? "/refer/sent/\(id.text)" : StatusPage.linkPath(for: id, visit) + "?sent=yes"
    }

    private static func show(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        let status = try await visit.goodwork.status(of: file)
        let isShared = status.sight == .outcome
        return visit.page("Referral sent") {
            panel("Referral sent", "Reference \(status.reference)")
            p {
                if let name = file.identity?.name { "It is about \(name). " }
                "It went to \(status.strandName ?? status.programmeName)"
                if let provider = status.provider { ", by \(visit.names.organisation(provider))" }
                "."
            }
            // Who may not read who the person is does not read their age.
            if file.identity != nil { ReferralWords.underAge(file.case.referral) }
            h2 { "What happens next" }
            p { promise(file, status, visit) }
            if !status.missing.isEmpty {
                p {
                    "To know whether the service can help, we need more. "
                    a(.href("\(file.path)/answers")) { "Give the answers that are missing" }
                    " now or later."
                }
            }
            h2 { "What we tell you" }
            p {
                isShared
                    ? "We tell you when the referral is accepted, when we have been in contact, when "
                        + "support starts, and what came of it."
                    : "We tell you when the referral is accepted, when we have been in contact, and "
                        + "when the case is closed. The person has not agreed to more."
            }
            p {
                "It stands on the "
                a(.href("\(file.path)/status")) { "status page of this referral" }
                "."
            }
            if file.may.contains(.readCase) {
                p {
                    "It is your organisation's: "
                    a(.href(file.path)) { "open the case" }
                    "."
                }
            }
            StatusPage.link(for: file.header.id, visit)
            p { a(.href(ReferPage.path)) { "Refer another person" } }
        }
    }

    /// The promise about time that runs, as a sentence.
    private static func promise(
        _ file: CaseFile,
        _ status: ReferralStatus,
        _ visit: Visit
    ) -> String {
        let who = status.provider.map(visit.names.organisation) ?? "The service"
        let running = file.clocks.filter { $0.state == .running && $0.pausedOn == nil }
        guard let soonest = running.min(by: { $0.dueOn < $1.dueOn }) else {
            return "\(who) will look at the referral and contact the person."
        }
        let by = soonest.dueOn.uk
        switch soonest.clock.to {
        case .accepted: return "\(who) will answer the referral by \(by)."
        case .firstContact: return "\(who) will contact the person by \(by)."
        case .firstAttended: return "\(who) will meet the person by \(by)."
        case .assessed: return "\(who) will assess what helps by \(by)."
        case .started: return "\(who) will start support by \(by)."
        default: return "\(who) has until \(by) for this: \(soonest.clock.name)."
        }
    }
}
