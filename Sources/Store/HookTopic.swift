import Casework

/// What a program can ask to be told of, by webhook.
///
/// Subscriptions of FHIR have topics of their own, `fhir:Task`.
package enum HookTopic: String, Sendable, CaseIterable {
    case opened = "case.opened"
    case accepted = "case.accepted"
    case returned = "case.returned"
    case rerouted = "case.rerouted"
    case answered = "case.answered"
    case cancellationAsked = "case.cancellation-asked"
    case withdrawn = "case.withdrawn"
    case started = "case.started"
    case discharged = "case.discharged"
    case closed = "case.closed"
    case reopened = "case.reopened"
    case noteForReferrer = "note.for-referrer"
    case transferAsked = "transfer.asked"
    case onwardSent = "onward.sent"
    case onwardMoved = "onward.moved"
    /// Anything was told of the case, or withdrawn; once for each command.
    case changed = "case.changed"

    /// The kind of event that it tells of; nil for any.
    package var event: EventKind? {
        switch self {
        case .opened: .referralReceived
        case .accepted: .referralAccepted
        case .returned: .referralReturned
        case .rerouted: .referralRerouted
        case .answered: .referralAnswered
        case .cancellationAsked: .cancellationAsked
        case .withdrawn: .referralWithdrawn
        case .started: .supportStarted
        case .discharged: .discharged
        case .closed: .closed
        case .reopened: .reopened
        case .noteForReferrer: .noteWritten
        case .transferAsked: .transferAsked
        case .onwardSent: .onwardSent
        case .onwardMoved: .onwardMoved
        case .changed: nil
        }
    }

    /// What stands in `hook_topics.told` for every change of a case.
    static let anything = "*"

    /// What stands there for a topic; those of FHIR are asked of each change.
    static func told(_ topic: String) -> String {
        HookTopic(rawValue: topic)?.event?.rawValue ?? anything
    }

    /// The kinds of events that some topic tells of.
    static let events = Set(allCases.compactMap(\.event))
}
