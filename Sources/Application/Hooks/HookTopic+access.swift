import Casework
import Store

extension HookTopic {
    /// What whoever is told must be allowed: any of these will do.
    ///
    /// A referrer learns that support began, or ended, only where the person agreed to it.
    package var actions: [Action] {
        switch self {
        case .opened, .accepted, .returned, .answered, .cancellationAsked, .withdrawn, .closed,
            .reopened, .noteForReferrer:
            [.readStatus]
        case .started, .discharged: [.readOutcome, .readCase]
        case .rerouted, .transferAsked, .onwardSent, .onwardMoved, .changed: [.readCase]
        }
    }

    /// What it is in words.
    package var says: String {
        switch self {
        case .opened: "Somebody was referred."
        case .accepted: "The referral was accepted."
        case .returned: "The referral was returned."
        case .rerouted: "The referral goes to another strand."
        case .answered: "What a referral lacked was supplied."
        case .cancellationAsked: "The referrer asks to cancel."
        case .withdrawn: "The referral was withdrawn."
        case .started: "Support began."
        case .discharged: "The person left support."
        case .closed: "The case was closed."
        case .reopened: "The case was opened again."
        case .noteForReferrer: "The case team answers the referrer."
        case .transferAsked: "Another provider is asked to take the case."
        case .onwardSent: "The person was referred on."
        case .onwardMoved: "Something became of an onward referral."
        case .changed: "Anything was told of the case; once for each command."
        }
    }

    /// Whether an event is what the topic tells of.
    func matches(_ body: EventBody) -> Bool {
        if case .noteWritten(let note) = body { return note.audience == .referrer }
        return true
    }
}
