import Kernel
import Programmes

extension EventBody {
    /// The event as a plain sentence, from coded values; free text follows where it was opened.
    package func sentence(in programme: Programme) -> String {
        switch self {
        case .referralReceived(let fields):
            return "Referred by \(fields.referrer ?? "somebody") (\(fields.source))"
                + (fields.strand.map { ", strand \($0)" } ?? "")
                + (fields.condition.map { ", condition \($0)" } ?? "")
                + (fields.employmentStatus.map { ", \($0)" } ?? "")
        case .eligibilityDecided(let fields): return fields.sentence
        case .referralAccepted: return "Referral accepted"
        case .referralReturned(let fields):
            return "Referral returned: \(fields.reason.rawValue)"
                + (fields.detail.map { " (\($0))" } ?? "") + text(fields.instead)
        case .referralWithdrawn: return "Referral withdrawn by the referrer"
        case .referralRerouted(let fields): return "Moved to strand \(fields.strand)"
        case .coachAssigned(let fields): return "Coach assigned: \(fields.coach)"
        case .transferAsked(let fields): return "Transfer to \(fields.provider) asked for"
        case .transferAccepted(let fields): return "Transferred to \(fields.provider)"
        case .clockPaused(let fields): return "Clock \(fields.clock) paused: \(fields.reason)"
        case .clockResumed(let fields): return "Clock \(fields.clock) runs again"
        case .contactAttempted(let fields):
            return (fields.outcome == .reached ? "Contact made" : "Contact tried: ")
                + (fields.outcome == .reached ? "" : fields.outcome.rawValue)
                + (fields.channel.map { " by \($0)" } ?? "")
        case .appointmentBooked(let fields):
            return "Appointment booked for \(fields.day.uk): \(fields.kind)"
        case .appointmentAttended(let fields):
            return "Attended \(fields.kind)" + (fields.result.map { ", result \($0)" } ?? "")
        case .appointmentMissed(let fields): return "Did not attend \(fields.kind)"
        case .appointmentCancelled(let fields): return "Appointment cancelled: \(fields.kind)"
        case .consentGiven(let fields): return "Consent given: \(fields.scope.rawValue)"
        case .consentRefused(let fields): return "Consent refused: \(fields.scope.rawValue)"
        case .consentWithdrawn(let fields): return "Consent withdrawn: \(fields.scope.rawValue)"
        case .assessmentCompleted(let fields):
            return "Assessed" + (fields.intensity.map { ", intensity \($0)" } ?? "")
                + (fields.barriers.isEmpty ? "" : ", barriers ")
                + fields.barriers.joined(separator: ", ")
        case .measureTaken(let fields): return fields.sentence
        case .supportStarted: return "Support started"
        default: return laterSentence(in: programme)
        }
    }

    private func laterSentence(in programme: Programme) -> String {
        switch self {
        case .planAgreed(let fields): return "Plan agreed: \(fields.plan)"
        case .goalAdded(let fields): return "Goal \(fields.goal) added" + text(fields.text)
        case .actionAdded(let fields):
            return "Action \(fields.action) added for \(fields.owner)"
                + (fields.dueOn.map { ", due \($0.uk)" } ?? "") + text(fields.text)
        case .goalDone(let fields): return "Goal \(fields.goal) done"
        case .goalDropped(let fields): return "Goal \(fields.goal) dropped"
        case .actionDone(let fields): return "Action \(fields.action) done"
        case .actionDropped(let fields): return "Action \(fields.action) dropped"
        case .planReviewed: return "Plan reviewed"
        case .interventionDelivered(let fields):
            let offered = programme.pathway.interventions
            let name = offered.first { $0.id == fields.intervention }?.name ?? fields.intervention
            return "\(name): \(fields.sessions) session\(fields.sessions == 1 ? "" : "s")"
        case .onwardSent(let fields):
            let service = programme.pathway.onward.first { $0.id == fields.service }
            return "Referred on to \(service?.name ?? fields.service) (\(fields.onward))"
        case .onwardMoved(let fields):
            return "Onward referral \(fields.onward): \(fields.to.rawValue)"
                + (fields.reason.map { ", \($0)" } ?? "")
        case .employmentStatusRecorded(let fields): return "Employment status: \(fields.status)"
        case .fitNoteRecorded(let fields):
            return "Fit note \(fields.advice), \(fields.from.uk) to \(fields.to.uk)"
        case .returnToWorkAgreed(let fields):
            return "Return to work agreed" + (fields.returnOn.map { " for \($0.uk)" } ?? "")
        case .adjustmentAgreed(let fields): return "Adjustment agreed: \(fields.adjustment)"
        case .jobStarted(let fields):
            return "Started: \(fields.jobKind)"
                + (fields.since.map { " (held since \($0.uk))" } ?? "")
                + (fields.hoursPerWeek.map { ", \($0) hours a week" } ?? "")
                + text(fields.employer)
        case .jobChanged(let fields):
            return "Job \(fields.spell) changed"
                + (fields.hoursPerWeek.map { ", \($0) hours a week" } ?? "")
        case .jobEnded(let fields):
            return "Job \(fields.spell) ended" + (fields.reason.map { ", \($0)" } ?? "")
        case .riskRaised(let fields): return "Risk raised: \(fields.about)" + text(fields.text)
        case .riskResolved(let fields): return "Risk \(fields.risk) resolved" + text(fields.text)
        case .noteWritten(let fields): return "Note" + text(fields.text)
        case .discharged(let fields):
            return "Discharged" + (fields.status.map { ": \($0)" } ?? "")
                + (fields.improved.map { $0 ? ", improved" : ", not improved" } ?? "")
        case .trackingContacted(let fields):
            return "Tracking contact: \(fields.outcome.rawValue)"
                + (fields.status.map { ", \($0)" } ?? "")
        case .trackingEnded: return "Tracking ended"
        case .closed(let fields): return "Case closed: \(fields.reason.rawValue)"
        case .reopened: return "Case reopened"
        case .voided(let fields): return "An entry was withdrawn (\(fields.reason))"
        default: return kind.rawValue
        }
    }

    private func text(_ words: String?) -> String { words.map { ": \($0)" } ?? "" }
}

extension EligibilityDecided {
    fileprivate var sentence: String {
        let word: String =
            switch verdict {
            case .met: "eligible"
            case .notMet: "not eligible"
            case .notKnown: "not known yet whether eligible"
            }
        var sentence = "By the rules of version \(programmeVersion): \(word)"
        if !rules.isEmpty { sentence += " (\(rules.joined(separator: ", ")))" }
        if verdict != .met, !says.isEmpty { sentence += ". \(says.joined(separator: " "))" }
        if !missing.isEmpty { sentence += " Still to ask: \(missing.joined(separator: ", "))." }
        return sentence
    }
}

extension MeasureTaken {
    fileprivate var sentence: String {
        let answers = answers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "\(instrument) at \(occasion.rawValue)" + (score.map { ": score \($0)" } ?? "")
            + (answers.isEmpty ? "" : ": \(answers.joined(separator: ", "))")
    }
}
