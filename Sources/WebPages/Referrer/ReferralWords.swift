import Application
import Casework
import HTML
import Kernel

/// Words that the pages of referrers share.
enum ReferralWords {
    static func tag(_ step: ReferralStatus.Step) -> HTML {
        switch step {
        case .received: WebPages.tag(step.words, .yellow)
        case .accepted: WebPages.tag(step.words, .blue)
        case .inContact: WebPages.tag(step.words, .green)
        case .supported: WebPages.tag(step.words, .green)
        case .ended: WebPages.tag(step.words, .purple)
        case .closed: WebPages.tag(step.words, .grey)
        }
    }

    static func tag(_ verdict: Verdict) -> HTML {
        switch verdict {
        case .met: WebPages.tag("Could help", .green)
        case .notKnown: WebPages.tag("Not known yet", .yellow)
        case .notMet: WebPages.tag("Cannot help", .grey)
        }
    }

    /// That somebody is a child, whatever the programme's rules say; nothing of an adult.
    static func underAge(_ referral: ReferralReceived?) -> HTML {
        guard referral?.isAdult == false else { return HTML() }
        return inset {
            p {
                "The person is under 18. The service is for people who are 18 or over: it may return "
                "the referral."
            }
        }
    }
}

extension NextStep {
    /// Who is to take the step, in words.
    func owner(_ visit: Visit, provider: String?) -> String {
        switch owner {
        case .referrer: "You"
        case .provider: provider.map(visit.names.organisation) ?? "The service"
        }
    }
}
