import Kernel
import Programmes

extension EventBody {
    /// The event as a plain sentence, from coded values; free text follows where it was opened.
    ///
    /// - Parameter names: what a user or an organisation is called; their ids stand as they are
    ///   without it.
    /// - Parameter parts: what the goals, actions, jobs and onward referrals of the case are called.
    package func sentence(
        in programme: Programme,
        names: (String) -> String = { $0 },
        parts: StoryParts = StoryParts()
    ) -> String {
        switch self {
        case .referralReceived(let fields): return fields.sentence(in: programme, names)
        case .referralAnswered(let fields): return fields.sentence(in: programme)
        case .eligibilityDecided(let fields): return fields.sentence(in: programme)
        case .referralAccepted: return "Referral accepted"
        case .referralReturned(let fields):
            return "Referral returned: \(Words.plain(fields.reason.rawValue))"
                + (fields.detail.map { " (\(Words.plain($0)))" } ?? "") + text(fields.instead)
        case .referralWithdrawn(let fields):
            return "Referral withdrawn by the referrer"
                + (fields.inError == true ? ", as entered in error" : "") + text(fields.text)
        case .cancellationAsked(let fields):
            return "The referrer asked to cancel the referral"
                + (fields.inError == true ? ", as entered in error" : "") + text(fields.text)
        case .referralRerouted(let fields):
            return "Moved to \(programme.name(ofStrand: fields.strand))"
        case .coachAssigned(let fields): return "Coach: \(names(fields.coach))"
        case .transferAsked(let fields):
            return "\(names(fields.provider)) was asked to take the case over"
        case .transferAccepted(let fields): return "\(names(fields.provider)) took the case over"
        case .transferDeclined(let fields):
            return "\(names(fields.provider)) did not take the case over"
                + (fields.reason.map { " (\(Words.plain($0)))" } ?? "") + text(fields.text)
        case .clockPaused(let fields):
            return "\(programme.name(ofClock: fields.clock)) paused: \(Words.plain(fields.reason))"
        case .clockResumed(let fields):
            return "\(programme.name(ofClock: fields.clock)) runs again"
        case .contactAttempted(let fields): return fields.sentence
        case .appointmentBooked(let fields): return fields.sentence(in: programme)
        case .appointmentAttended(let fields):
            return "Attended: \(programme.name(ofAppointment: fields.kind))"
                + (fields.result.map { ", result \(Words.plain($0))" } ?? "")
        case .appointmentMissed(let fields):
            return "Did not attend: \(programme.name(ofAppointment: fields.kind))"
        case .appointmentCancelled(let fields):
            return "Appointment cancelled: \(programme.name(ofAppointment: fields.kind))"
        case .consentGiven(let fields): return "Consent given to \(fields.scope.words)"
        case .consentRefused(let fields): return "Consent refused to \(fields.scope.words)"
        case .consentWithdrawn(let fields): return "Consent withdrawn to \(fields.scope.words)"
        case .contactPreferred(let fields): return fields.sentence
        case .detailsChanged(let fields): return fields.sentence
        case .assessmentCompleted(let fields): return fields.sentence(in: programme)
        case .measureTaken(let fields): return fields.sentence(in: programme)
        case .supportStarted: return "Support started"
        default: return laterSentence(in: programme, names, parts)
        }
    }

    private func laterSentence(
        in programme: Programme,
        _ names: (String) -> String,
        _ parts: StoryParts
    ) -> String {
        switch self {
        case .planAgreed(let fields): return "Plan agreed: \(Words.plain(fields.plan))"
        case .goalAdded(let fields): return "Goal added" + text(fields.text)
        case .actionAdded(let fields):
            return "Action added for \(fields.ownerWords(names))"
                + (fields.dueOn.map { ", due \($0.uk)" } ?? "")
                + text(fields.text)
        case .goalDone(let fields): return "Goal reached" + text(parts.goal(fields.goal))
        case .goalDropped(let fields): return "Goal given up" + text(parts.goal(fields.goal))
        case .actionDone(let fields): return "Action done" + text(parts.action(fields.action))
        case .actionDropped(let fields):
            return "Action given up" + text(parts.action(fields.action))
        case .planReviewed: return "Plan reviewed"
        case .interventionDelivered(let fields):
            let offered = programme.pathway.interventions
            let name = offered.first { $0.id == fields.intervention }?.name ?? fields.intervention
            return "\(name): \(fields.sessions) session\(fields.sessions == 1 ? "" : "s")"
        case .onwardSent(let fields):
            let service = programme.pathway.onward.first { $0.id == fields.service }
            let name = fields.name ?? service?.name ?? Words.plain(fields.service)
            return "Referred on to \(name)"
        case .onwardMoved(let fields):
            return "\(parts.onward(fields.onward)): \(fields.to.rawValue)"
                + (fields.reason.map { ", \(Words.plain(OnwardReason.code(for: $0)))" } ?? "")
        case .employmentStatusRecorded, .fitNoteRecorded, .returnToWorkAgreed, .adjustmentAgreed,
            .jobStarted, .jobChanged, .jobEnded:
            return workSentence(parts)
        case .riskRaised(let fields): return fields.sentence(in: programme)
        case .riskResolved(let fields): return "Risk resolved" + text(fields.text)
        case .noteWritten(let fields):
            switch fields.audience {
            case .team: return "Note" + text(fields.text)
            case .referrer: return "Note to the referrer" + text(fields.text)
            case .person: return "Note to the person" + text(fields.text)
            }
        case .discharged(let fields):
            return "Discharged" + (fields.status.map { ": \(programme.name(ofStatus: $0))" } ?? "")
                + (fields.improved.map { $0 ? ", improved" : ", not improved" } ?? "")
        case .trackingContacted(let fields):
            return "Tracking contact: \(Words.plain(fields.outcome.rawValue))"
                + (fields.status.map { ", \(Words.plain($0))" } ?? "")
        case .trackingEnded: return "Tracking ended"
        case .closed(let fields): return "Case closed: \(Words.plain(fields.reason.rawValue))"
        case .reopened(let fields):
            return "Case reopened" + (fields.purpose == .support ? " for more support" : "")
        case .voided(let fields): return "An entry was withdrawn (\(Words.plain(fields.reason)))"
        default: return Words.plain(kind.rawValue)
        }
    }

    private func workSentence(_ parts: StoryParts) -> String {
        switch self {
        case .employmentStatusRecorded(let fields):
            return "Employment status: \(Words.plain(fields.status))"
        case .fitNoteRecorded(let fields):
            let advice = fields.advice == "may-be-fit" ? "may be fit for work" : "not fit for work"
            return "Fit note: \(advice), \(fields.from.uk) to \(fields.to.uk)"
        case .returnToWorkAgreed(let fields):
            return "Return to work agreed" + (fields.returnOn.map { " for \($0.uk)" } ?? "")
        case .adjustmentAgreed(let fields):
            return "Adjustment agreed: \(Words.plain(fields.adjustment))"
        case .jobStarted(let fields):
            return "Started: \(Words.plain(fields.jobKind))"
                + (fields.since.map { " (held since \($0.uk))" } ?? "")
                + (fields.hoursPerWeek.map { ", \($0) hours a week" } ?? "")
                + text(fields.employer)
        case .jobChanged(let fields):
            return "\(parts.job(fields.spell)) changed"
                + (fields.hoursPerWeek.map { ", \($0) hours a week" } ?? "")
        case .jobEnded(let fields):
            return "\(parts.job(fields.spell)) ended"
                + (fields.reason.map { ", \(Words.plain($0))" } ?? "")
        default: return Words.plain(kind.rawValue)
        }
    }

    /// Free text where it was opened.
    private func text(_ words: String?) -> String { words.map { ": \($0)" } ?? "" }
}
