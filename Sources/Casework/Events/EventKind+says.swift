extension EventKind {
    /// What happened, as `docs/events.md` says it.
    package var says: String {
        switch self {
        case .referralReceived: "A request opened the case."
        case .referralAnswered:
            """
            Answers to the referral, given later. They fill blanks; of what corrects names, the \
            referral was wrong, and they stand in its place.
            """
        case .eligibilityDecided:
            """
            What the programme's rules said; follows each referral, and each answer to \
            it.
            """
        case .cancellationAsked:
            "The referrer asked to cancel; the provider withdraws it, or says what came of it."
        case .referralAccepted: "The provider took the referral."
        case .referralRerouted: "The case moved to another strand."
        case .coachAssigned: "A coach holds the case."
        case .transferAsked: "The case is offered to another provider."
        case .transferAccepted: "The other provider took it, and has to name a coach."
        case .transferDeclined: "The other provider did not take it; it stays where it is."
        case .clockPaused: "A clock stands still from this day."
        case .clockResumed: "It runs again from this day."
        case .appointmentBooked:
            """
            An appointment was made; booking its name again moves it. time is HH:MM; \
            place is clinic, community, phone, video or home.
            """
        case .contactAttempted: "A try at reaching the person; reached is two-way."
        case .appointmentAttended: "The person came."
        case .appointmentMissed: "The person did not come."
        case .appointmentCancelled: "It was called off."
        case .consentGiven: "Consent for a scope."
        case .consentRefused: "No consent for a scope."
        case .consentWithdrawn: "Consent taken back; of scope referral it closes the case."
        case .contactPreferred:
            """
            How the person wishes to be reached (email, text, phone, post or none), and in which \
            language; also on a closed case. The last word stands.
            """
        case .detailsChanged:
            """
            Who the person is was put right: the new values of what fields names; one without \
            a value was cleared. Also on a closed case. It is changed anew, and not withdrawn.
            """
        case .assessmentCompleted: "The person was assessed."
        case .measureTaken:
            """
            A questionnaire was answered. Score and band are worked out where it is \
            summed; the answers of a clinical one are sealed.
            """
        case .supportStarted: "Support began."
        case .planAgreed: "A plan was agreed."
        case .goalAdded: "A goal, in the person's words."
        case .actionAdded: "Something that somebody is to do."
        case .goalDone: "A goal was reached."
        case .goalDropped: "A goal was given up."
        case .actionDone: "An action was done."
        case .actionDropped: "An action was given up."
        case .planReviewed: "The plan was looked at again."
        case .interventionDelivered: "Sessions of an intervention."
        case .onwardSent: "The case was referred on."
        case .onwardMoved: "What the other service answered."
        case .employmentStatusRecorded: "The employment status."
        case .fitNoteRecorded: "A fit note."
        case .returnToWorkAgreed: "A return to work agreed with the employer."
        case .adjustmentAgreed: "A change at work."
        case .jobStarted: "A job spell began."
        case .jobChanged: "Its hours or pay changed."
        case .jobEnded: "The spell's last day."
        case .riskRaised:
            """
            Somebody may come to harm. It follows by itself from an answer to the safety \
            question of a measure. about is suicide, self-harm, safeguarding, violence \
            or other.
            """
        case .riskResolved: "The risk is over."
        case .noteWritten:
            """
            Words for the case team, or for an audience beside it: referrer or person. \
            Blank is team.
            """
        case .referralReturned: "The referral was sent back; closes the case."
        case .referralWithdrawn: "The referrer took it back; closes the case."
        case .discharged: "The person left support; tracking begins."
        case .trackingContacted: "A follow-up."
        case .trackingEnded: "Tracking is over; closes the case as completed."
        case .closed: "The case came to its end."
        case .reopened:
            """
            It goes on. for says of a discharged case whether it is for support, until the person \
            is discharged again, or for tracking, which is meant where it is blank.
            """
        case .voided: "An earlier entry does not hold."
        }
    }

    /// Walks the fields of such an event, each with its usual value.
    package func visitFields(_ visitor: inout some FieldVisitor) throws(EventFault) {
        var body = EventBody(self)
        try body.visit(&visitor)
    }
}
