/// What kind of event it is.
///
/// The order is the order in which things that happened on one day are taken, so that a case comes
/// out the same whichever was entered first. The raw value is the type kept in the journal.
package enum EventKind: String, Sendable, CaseIterable {
    case referralReceived = "referral.received"
    case referralAnswered = "referral.answered"
    case eligibilityDecided = "eligibility.decided"
    case referralRerouted = "referral.rerouted"
    case referralAccepted = "referral.accepted"
    case coachAssigned = "coach.assigned"
    case transferAsked = "transfer.asked"
    case transferAccepted = "transfer.accepted"
    case transferDeclined = "transfer.declined"
    case clockPaused = "clock.paused"
    case clockResumed = "clock.resumed"
    case appointmentBooked = "appointment.booked"
    case contactAttempted = "contact.attempted"
    case appointmentAttended = "appointment.attended"
    case appointmentMissed = "appointment.missed"
    case appointmentCancelled = "appointment.cancelled"
    case consentGiven = "consent.given"
    case consentRefused = "consent.refused"
    case consentWithdrawn = "consent.withdrawn"
    case contactPreferred = "contact.preferred"
    case detailsChanged = "details.changed"
    case assessmentCompleted = "assessment.completed"
    case measureTaken = "measure.taken"
    case employmentStatusRecorded = "work.status-recorded"
    case supportStarted = "support.started"
    case planAgreed = "plan.agreed"
    case goalAdded = "plan.goal-added"
    case actionAdded = "plan.action-added"
    case goalDone = "plan.goal-done"
    case goalDropped = "plan.goal-dropped"
    case actionDone = "plan.action-done"
    case actionDropped = "plan.action-dropped"
    case planReviewed = "plan.reviewed"
    case interventionDelivered = "support.intervention-delivered"
    case onwardSent = "onward.sent"
    case onwardMoved = "onward.moved"
    case fitNoteRecorded = "work.fit-note-recorded"
    case returnToWorkAgreed = "work.return-agreed"
    case adjustmentAgreed = "work.adjustment-agreed"
    case jobStarted = "work.job-started"
    case jobChanged = "work.job-changed"
    case jobEnded = "work.job-ended"
    case riskRaised = "risk.raised"
    case riskResolved = "risk.resolved"
    case noteWritten = "note.written"
    case cancellationAsked = "referral.cancellation-asked"
    case referralReturned = "referral.returned"
    case referralWithdrawn = "referral.withdrawn"
    case discharged = "case.discharged"
    case trackingContacted = "tracking.contacted"
    case trackingEnded = "tracking.ended"
    case closed = "case.closed"
    case reopened = "case.reopened"
    case voided = "entry.voided"
}

/// What happened: the kind of event with its particulars.
package enum EventBody: Sendable, Hashable {
    // By far the largest: kept apart, so that every other event stays small.
    indirect case referralReceived(ReferralReceived)
    indirect case referralAnswered(ReferralAnswered)
    case eligibilityDecided(EligibilityDecided)
    case referralAccepted(Plain)
    case referralRerouted(Rerouted)
    case coachAssigned(CoachAssigned)
    case transferAsked(Transfer)
    case transferAccepted(Transfer)
    case transferDeclined(TransferDeclined)
    case clockPaused(ClockPaused)
    case clockResumed(ClockResumed)
    case appointmentBooked(AppointmentBooked)
    case contactAttempted(ContactAttempted)
    case appointmentAttended(AppointmentOutcome)
    case appointmentMissed(AppointmentOutcome)
    case appointmentCancelled(AppointmentOutcome)
    case consentGiven(Consent)
    case consentRefused(Consent)
    case consentWithdrawn(Consent)
    case contactPreferred(ContactPreferred)
    indirect case detailsChanged(DetailsChanged)
    case assessmentCompleted(AssessmentCompleted)
    case measureTaken(MeasureTaken)
    case supportStarted(Plain)
    case planAgreed(PlanAgreed)
    case goalAdded(GoalAdded)
    case actionAdded(ActionAdded)
    case goalDone(GoalRef)
    case goalDropped(GoalRef)
    case actionDone(ActionRef)
    case actionDropped(ActionRef)
    case planReviewed(Plain)
    case interventionDelivered(InterventionDelivered)
    case onwardSent(OnwardSent)
    case onwardMoved(OnwardMoved)
    case employmentStatusRecorded(EmploymentStatusRecorded)
    case fitNoteRecorded(FitNoteRecorded)
    case returnToWorkAgreed(ReturnToWorkAgreed)
    case adjustmentAgreed(AdjustmentAgreed)
    case jobStarted(JobStarted)
    case jobChanged(JobChanged)
    case jobEnded(JobEnded)
    case riskRaised(RiskRaised)
    case riskResolved(RiskRef)
    case noteWritten(NoteWritten)
    case cancellationAsked(TakenBack)
    case referralReturned(ReferralReturned)
    case referralWithdrawn(TakenBack)
    case discharged(Discharged)
    case trackingContacted(TrackingContacted)
    case trackingEnded(Plain)
    case closed(Closed)
    case reopened(Reopened)
    case voided(Voided)
}

extension EventBody {
    /// The kind of the event.
    package var kind: EventKind {
        switch self {
        case .referralReceived: .referralReceived
        case .referralAnswered: .referralAnswered
        case .eligibilityDecided: .eligibilityDecided
        case .referralAccepted: .referralAccepted
        case .referralRerouted: .referralRerouted
        case .coachAssigned: .coachAssigned
        case .transferAsked: .transferAsked
        case .transferAccepted: .transferAccepted
        case .transferDeclined: .transferDeclined
        case .clockPaused: .clockPaused
        case .clockResumed: .clockResumed
        case .appointmentBooked: .appointmentBooked
        case .contactAttempted: .contactAttempted
        case .appointmentAttended: .appointmentAttended
        case .appointmentMissed: .appointmentMissed
        case .appointmentCancelled: .appointmentCancelled
        case .consentGiven: .consentGiven
        case .consentRefused: .consentRefused
        case .consentWithdrawn: .consentWithdrawn
        case .contactPreferred: .contactPreferred
        case .detailsChanged: .detailsChanged
        case .assessmentCompleted: .assessmentCompleted
        case .measureTaken: .measureTaken
        case .supportStarted: .supportStarted
        case .planAgreed: .planAgreed
        case .goalAdded: .goalAdded
        case .actionAdded: .actionAdded
        case .goalDone: .goalDone
        case .goalDropped: .goalDropped
        case .actionDone: .actionDone
        case .actionDropped: .actionDropped
        case .planReviewed: .planReviewed
        case .interventionDelivered: .interventionDelivered
        case .onwardSent: .onwardSent
        case .onwardMoved: .onwardMoved
        case .employmentStatusRecorded: .employmentStatusRecorded
        case .fitNoteRecorded: .fitNoteRecorded
        case .returnToWorkAgreed: .returnToWorkAgreed
        case .adjustmentAgreed: .adjustmentAgreed
        case .jobStarted: .jobStarted
        case .jobChanged: .jobChanged
        case .jobEnded: .jobEnded
        case .riskRaised: .riskRaised
        case .riskResolved: .riskResolved
        case .noteWritten: .noteWritten
        case .cancellationAsked: .cancellationAsked
        case .referralReturned: .referralReturned
        case .referralWithdrawn: .referralWithdrawn
        case .discharged: .discharged
        case .trackingContacted: .trackingContacted
        case .trackingEnded: .trackingEnded
        case .closed: .closed
        case .reopened: .reopened
        case .voided: .voided
        }
    }

    /// A blank event of the kind, to be filled in by a reader.
    init(_ kind: EventKind) {
        switch kind {
        case .referralReceived: self = .referralReceived(ReferralReceived())
        case .referralAnswered: self = .referralAnswered(ReferralAnswered())
        case .eligibilityDecided: self = .eligibilityDecided(EligibilityDecided())
        case .referralAccepted: self = .referralAccepted(Plain())
        case .referralRerouted: self = .referralRerouted(Rerouted())
        case .coachAssigned: self = .coachAssigned(CoachAssigned())
        case .transferAsked: self = .transferAsked(Transfer())
        case .transferAccepted: self = .transferAccepted(Transfer())
        case .transferDeclined: self = .transferDeclined(TransferDeclined())
        case .clockPaused: self = .clockPaused(ClockPaused())
        case .clockResumed: self = .clockResumed(ClockResumed())
        case .appointmentBooked: self = .appointmentBooked(AppointmentBooked())
        case .contactAttempted: self = .contactAttempted(ContactAttempted())
        case .appointmentAttended: self = .appointmentAttended(AppointmentOutcome())
        case .appointmentMissed: self = .appointmentMissed(AppointmentOutcome())
        case .appointmentCancelled: self = .appointmentCancelled(AppointmentOutcome())
        case .consentGiven: self = .consentGiven(Consent())
        case .consentRefused: self = .consentRefused(Consent())
        case .consentWithdrawn: self = .consentWithdrawn(Consent())
        case .contactPreferred: self = .contactPreferred(ContactPreferred())
        case .detailsChanged: self = .detailsChanged(DetailsChanged())
        case .assessmentCompleted: self = .assessmentCompleted(AssessmentCompleted())
        case .measureTaken: self = .measureTaken(MeasureTaken())
        case .supportStarted: self = .supportStarted(Plain())
        case .planAgreed: self = .planAgreed(PlanAgreed())
        case .goalAdded: self = .goalAdded(GoalAdded())
        case .actionAdded: self = .actionAdded(ActionAdded())
        case .goalDone: self = .goalDone(GoalRef())
        case .goalDropped: self = .goalDropped(GoalRef())
        case .actionDone: self = .actionDone(ActionRef())
        case .actionDropped: self = .actionDropped(ActionRef())
        case .planReviewed: self = .planReviewed(Plain())
        case .interventionDelivered: self = .interventionDelivered(InterventionDelivered())
        case .onwardSent: self = .onwardSent(OnwardSent())
        case .onwardMoved: self = .onwardMoved(OnwardMoved())
        case .employmentStatusRecorded: self = .employmentStatusRecorded(EmploymentStatusRecorded())
        case .fitNoteRecorded: self = .fitNoteRecorded(FitNoteRecorded())
        case .returnToWorkAgreed: self = .returnToWorkAgreed(ReturnToWorkAgreed())
        case .adjustmentAgreed: self = .adjustmentAgreed(AdjustmentAgreed())
        case .jobStarted: self = .jobStarted(JobStarted())
        case .jobChanged: self = .jobChanged(JobChanged())
        case .jobEnded: self = .jobEnded(JobEnded())
        case .riskRaised: self = .riskRaised(RiskRaised())
        case .riskResolved: self = .riskResolved(RiskRef())
        case .noteWritten: self = .noteWritten(NoteWritten())
        case .cancellationAsked: self = .cancellationAsked(TakenBack())
        case .referralReturned: self = .referralReturned(ReferralReturned())
        case .referralWithdrawn: self = .referralWithdrawn(TakenBack())
        case .discharged: self = .discharged(Discharged())
        case .trackingContacted: self = .trackingContacted(TrackingContacted())
        case .trackingEnded: self = .trackingEnded(Plain())
        case .closed: self = .closed(Closed())
        case .reopened: self = .reopened(Reopened())
        case .voided: self = .voided(Voided())
        }
    }

    /// Walks the fields of whichever kind it is.
    mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        switch self {
        case .referralReceived(var fields):
            try fields.visit(&visitor)
            self = .referralReceived(fields)
        case .referralAnswered(var fields):
            try fields.visit(&visitor)
            self = .referralAnswered(fields)
        case .eligibilityDecided(var fields):
            try fields.visit(&visitor)
            self = .eligibilityDecided(fields)
        case .referralRerouted(var fields):
            try fields.visit(&visitor)
            self = .referralRerouted(fields)
        case .coachAssigned(var fields):
            try fields.visit(&visitor)
            self = .coachAssigned(fields)
        case .transferAsked(var fields):
            try fields.visit(&visitor)
            self = .transferAsked(fields)
        case .transferAccepted(var fields):
            try fields.visit(&visitor)
            self = .transferAccepted(fields)
        case .transferDeclined(var fields):
            try fields.visit(&visitor)
            self = .transferDeclined(fields)
        case .clockPaused(var fields):
            try fields.visit(&visitor)
            self = .clockPaused(fields)
        case .clockResumed(var fields):
            try fields.visit(&visitor)
            self = .clockResumed(fields)
        case .appointmentBooked(var fields):
            try fields.visit(&visitor)
            self = .appointmentBooked(fields)
        case .contactAttempted(var fields):
            try fields.visit(&visitor)
            self = .contactAttempted(fields)
        case .appointmentAttended(var fields):
            try fields.visit(&visitor)
            self = .appointmentAttended(fields)
        case .appointmentMissed(var fields):
            try fields.visit(&visitor)
            self = .appointmentMissed(fields)
        case .appointmentCancelled(var fields):
            try fields.visit(&visitor)
            self = .appointmentCancelled(fields)
        case .consentGiven(var fields):
            try fields.visit(&visitor)
            self = .consentGiven(fields)
        case .consentRefused(var fields):
            try fields.visit(&visitor)
            self = .consentRefused(fields)
        case .consentWithdrawn(var fields):
            try fields.visit(&visitor)
            self = .consentWithdrawn(fields)
        case .contactPreferred(var fields):
            try fields.visit(&visitor)
            self = .contactPreferred(fields)
        case .detailsChanged(var fields):
            try fields.visit(&visitor)
            self = .detailsChanged(fields)
        case .assessmentCompleted(var fields):
            try fields.visit(&visitor)
            self = .assessmentCompleted(fields)
        case .measureTaken(var fields):
            try fields.visit(&visitor)
            self = .measureTaken(fields)
        case .planAgreed(var fields):
            try fields.visit(&visitor)
            self = .planAgreed(fields)
        case .goalAdded(var fields):
            try fields.visit(&visitor)
            self = .goalAdded(fields)
        case .actionAdded(var fields):
            try fields.visit(&visitor)
            self = .actionAdded(fields)
        case .goalDone(var fields):
            try fields.visit(&visitor)
            self = .goalDone(fields)
        case .goalDropped(var fields):
            try fields.visit(&visitor)
            self = .goalDropped(fields)
        case .actionDone(var fields):
            try fields.visit(&visitor)
            self = .actionDone(fields)
        case .actionDropped(var fields):
            try fields.visit(&visitor)
            self = .actionDropped(fields)
        case .interventionDelivered(var fields):
            try fields.visit(&visitor)
            self = .interventionDelivered(fields)
        case .onwardSent(var fields):
            try fields.visit(&visitor)
            self = .onwardSent(fields)
        case .onwardMoved(var fields):
            try fields.visit(&visitor)
            self = .onwardMoved(fields)
        case .employmentStatusRecorded(var fields):
            try fields.visit(&visitor)
            self = .employmentStatusRecorded(fields)
        case .fitNoteRecorded(var fields):
            try fields.visit(&visitor)
            self = .fitNoteRecorded(fields)
        case .returnToWorkAgreed(var fields):
            try fields.visit(&visitor)
            self = .returnToWorkAgreed(fields)
        case .adjustmentAgreed(var fields):
            try fields.visit(&visitor)
            self = .adjustmentAgreed(fields)
        case .jobStarted(var fields):
            try fields.visit(&visitor)
            self = .jobStarted(fields)
        case .jobChanged(var fields):
            try fields.visit(&visitor)
            self = .jobChanged(fields)
        case .jobEnded(var fields):
            try fields.visit(&visitor)
            self = .jobEnded(fields)
        case .riskRaised(var fields):
            try fields.visit(&visitor)
            self = .riskRaised(fields)
        case .riskResolved(var fields):
            try fields.visit(&visitor)
            self = .riskResolved(fields)
        case .noteWritten(var fields):
            try fields.visit(&visitor)
            self = .noteWritten(fields)
        case .cancellationAsked(var fields):
            try fields.visit(&visitor)
            self = .cancellationAsked(fields)
        case .referralWithdrawn(var fields):
            try fields.visit(&visitor)
            self = .referralWithdrawn(fields)
        case .referralReturned(var fields):
            try fields.visit(&visitor)
            self = .referralReturned(fields)
        case .discharged(var fields):
            try fields.visit(&visitor)
            self = .discharged(fields)
        case .trackingContacted(var fields):
            try fields.visit(&visitor)
            self = .trackingContacted(fields)
        case .closed(var fields):
            try fields.visit(&visitor)
            self = .closed(fields)
        case .reopened(var fields):
            try fields.visit(&visitor)
            self = .reopened(fields)
        case .voided(var fields):
            try fields.visit(&visitor)
            self = .voided(fields)
        case .referralAccepted,
            .supportStarted,
            .planReviewed,
            .trackingEnded:
            break
        }
    }
}
