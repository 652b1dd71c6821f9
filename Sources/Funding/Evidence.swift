import Casework
import Kernel
import Programmes

/// The events that prove a line.
package struct Evidence: Sendable, Hashable {
    /// The event by which it fell due.
    package var event: EventID?
    /// Every event that it rests on, that one included, in the order in which they happened.
    package var events: [EventID]

    /// The evidence for a case's being in a payment's population since a day.
    ///
    /// It is the event that reached the milestone or the outcome asked for, together with what the
    /// referral, consent, assessment and start of support rest on, and the work for outcomes.
    package static func of(
        _ history: History,
        rule: PaymentRule,
        in programme: Programme,
        day: CivilDate
    ) -> Evidence {
        guard let paid = rule.people else { return Evidence(event: nil, events: []) }
        let asked = Dating(programme).asked(paid.population).names
        let isOutcome = !asked.outcomes.isEmpty
        var folded = Case(header: history.header)
        var event: EventID?
        var work: EventID?
        var events: [EventID] = []
        for one in history.effective(asAt: day) {
            let before = asked.milestones.map { folded[$0] }
            folded.evolve(one)
            let after = asked.milestones.map { folded[$0] }
            let hasReached = zip(before, after).contains { $0 == nil && $1 == day }
            if hasReached { event = event ?? one.id }
            if one.body.kind.isWork { work = one.id }
            if hasReached || one.body.kind.isProof || (isOutcome && one.body.kind.isWork) {
                events.append(one.id)
            }
        }
        return Evidence(event: event ?? (isOutcome ? work : nil) ?? events.first, events: events)
    }
}

extension EventKind {
    fileprivate var isWork: Bool {
        switch self {
        case .jobStarted, .jobChanged, .jobEnded: true
        default: false
        }
    }

    fileprivate var isProof: Bool {
        switch self {
        case .referralReceived, .referralAccepted, .consentGiven, .assessmentCompleted,
            .supportStarted:
            true
        default: false
        }
    }
}
