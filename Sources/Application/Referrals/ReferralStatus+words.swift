import Casework
import Kernel
import Programmes

extension CaseEvent {
    /// What a referrer is told of an event; nil when it is not theirs to know.
    ///
    /// - Parameter folded: the case that it is of, as it stands.
    func sentence(
        forReferrer sight: ReferralStatus.Sight,
        of folded: Case,
        in programme: Programme
    ) -> String? {
        switch body {
        case .referralReceived: return "Referral received"
        case .referralAccepted: return "Referral accepted"
        case .referralReturned(let fields):
            guard sight > .coarse else { return "Referral returned to whoever referred" }
            let instead = fields.instead.map { " What happens instead: \($0)" } ?? ""
            return "Referral returned: \(fields.reason.words).\(instead)"
        case .referralRerouted(let fields):
            guard sight > .coarse else { return "Moved to another part of the programme" }
            let strand = programme.strands.first { $0.id == fields.strand }
            return "Moved to \(strand?.name ?? fields.strand)"
        case .referralWithdrawn(let fields):
            return "Referral withdrawn" + (fields.inError == true ? ", as entered in error" : "")
        case .cancellationAsked:
            return sight > .coarse ? "Whoever referred asked to cancel" : nil
        case .transferAccepted: return sight > .coarse ? "Taken over by another provider" : nil
        case .contactAttempted(let fields) where fields.outcome == .reached:
            return "The service was in contact with the person"
        case .appointmentAttended: return "The service was in contact with the person"
        case .closed(let fields):
            return sight == .outcome ? "Closed: \(fields.reason.words)" : "Closed"
        case .reopened: return "Opened again"
        default: return sight == .outcome ? outcomeSentence(of: folded, in: programme) : nil
        }
    }

    private func outcomeSentence(of folded: Case, in programme: Programme) -> String? {
        switch body {
        case .supportStarted: return "Support started"
        case .planAgreed(let fields): return "Plan agreed: \(Words.plain(fields.plan))"
        case .onwardSent(let fields):
            return "Referred on to \(fields.name ?? programme.name(ofOnward: fields.service))"
        case .jobStarted(let fields)
        where fields.isStart(on: occurredOn, referredOn: folded[.referred]):
            return "A job started" + (fields.since.map { " on \($0.uk)" } ?? "")
        case .discharged(let fields):
            return "Support ended"
                + (fields.status.map { ": \(programme.dischargeName($0))" } ?? "")
        case .trackingEnded: return "Follow-up ended"
        default: return nil
        }
    }
}

extension Case {
    /// What came of a case, in sentences.
    func outcome(in programme: Programme) -> [String] {
        var says: [String] = []
        if let plan { says.append("Plan: \(Words.plain(plan))") }
        for name in onward.map({ $0.name(in: programme) }) {
            says.append("Referred on to \(name)")
        }
        if let job = self[.jobStarted] { says.append("A job started on \(job.uk)") }
        if let status = discharge?.status {
            says.append("When support ended: \(programme.dischargeName(status))")
        }
        if let closure { says.append("Closed: \(closure.words)") }
        return says
    }
}

extension Programme {
    fileprivate func dischargeName(_ id: String) -> String {
        pathway.dischargeStatus.first { $0.id == id }?.name ?? Words.plain(id)
    }
}

extension ClosureReason {
    /// The reason as a referrer reads it.
    package var words: String {
        switch self {
        case .completed: "the programme was completed"
        case .ineligible: "the person is not eligible"
        case .notAccepted: "the service could not accept the referral"
        case .unableToContact: "the service could not reach the person"
        case .noLongerWanted: "support is no longer wanted"
        case .deferred: "put off until later"
        case .disengaged: "the person no longer takes part"
        case .duplicate: "the person was referred already"
        case .movedAway: "the person moved away"
        case .transferred: "taken over by another service"
        case .consentWithdrawn: "consent was withdrawn"
        case .died: "the person has died"
        }
    }
}
