import Casework

extension EventKind {
    /// What telling of such an event is, by the rules of access: any of these will do.
    ///
    /// Empty for what the rules of casework make themselves, and for a referral, which opens a case.
    package var actions: [Action] {
        switch self {
        case .referralReceived, .eligibilityDecided, .voided: []
        case .referralAnswered: [.answerReferral, .changeCase]
        case .referralWithdrawn, .cancellationAsked: [.answerReferral]
        case .referralAccepted, .referralReturned, .referralRerouted, .transferAsked:
            [.manageCase]
        // Whoever takes a transfer may say in the same breath who the coach is.
        case .coachAssigned: [.manageCase, .answerTransfer]
        case .transferAccepted, .transferDeclined: [.answerTransfer]
        case .onwardMoved: [.changeCase, .answerOnward]
        case .detailsChanged: [.changeIdentity]
        case .clockPaused, .clockResumed, .appointmentBooked, .contactAttempted,
            .appointmentAttended, .appointmentMissed, .appointmentCancelled, .consentGiven,
            .consentRefused, .consentWithdrawn, .contactPreferred, .assessmentCompleted,
            .measureTaken,
            .employmentStatusRecorded, .supportStarted, .planAgreed, .goalAdded, .actionAdded,
            .goalDone, .goalDropped, .actionDone, .actionDropped, .planReviewed,
            .interventionDelivered, .onwardSent, .fitNoteRecorded, .returnToWorkAgreed,
            .adjustmentAgreed, .jobStarted, .jobChanged, .jobEnded, .riskRaised, .riskResolved,
            .noteWritten, .discharged, .trackingContacted, .trackingEnded, .closed, .reopened:
            [.changeCase]
        }
    }
}

extension EventKind {
    /// Whether it may be told of a case whose person has been erased: it ends what is open or moves
    /// the case, and needs nobody to be there.
    package var needsNobody: Bool {
        switch self {
        case .closed, .discharged, .trackingEnded, .appointmentCancelled, .riskResolved,
            .goalDropped, .actionDropped, .onwardMoved, .consentRefused, .consentWithdrawn,
            .coachAssigned, .transferAccepted, .transferDeclined, .referralReturned,
            .referralWithdrawn, .cancellationAsked, .eligibilityDecided, .voided:
            true
        default: false
        }
    }
}

extension Command {
    /// Whether all of it may be told of a case whose person has been erased.
    var needsNobody: Bool {
        identity == nil && entries.allSatisfy { $0.body.kind.needsNobody }
    }

    /// What the whole command is, by the rules of access: any of these will do for all of it.
    package var actions: [Action] {
        let voids: [[Action]] = voids.isEmpty ? [] : [[.changeCase]]
        let needed = entries.map(\.body.kind.actions) + voids
        guard let first = needed.first else { return [] }
        return first.filter { action in needed.allSatisfy { $0.contains(action) } }
    }
}
