import Application
import Casework
import HTML
import Kernel
import Web

/// A form that says again what the same person saved a moment ago.
///
/// Whoever goes back finds what they typed in the form, and may press the button once more. The
/// form is new then, with a key and a version of its own, so that only its words tell.
enum SavedTwice {
    static let field = "_again"
    private static let minutes: Int64 = 30

    static let problem = Problem(
        nil,
        "You saved exactly this a moment ago, and it stands. "
            + "If it happened twice, save it again"
    )

    /// Whether all that a command enters was entered just now, by the same person, and still holds.
    static func isLikely(_ command: Command, _ visit: Visit, _ file: CaseFile) -> Bool {
        guard visit.request.form[field] == nil, !command.entries.isEmpty else { return false }
        let since = visit.now.adding(milliseconds: -minutes * 60_000)
        let holding = file.lines.filter { $0.voidedAt == nil }.map(\.event)
        let recent = holding.filter { event in
            event.recordedAt >= since && event.by.user == visit.actor.user
                && !holding.contains { later in
                    later.sequence > event.sequence && later.body.takesPlace(of: event.body)
                }
        }
        return command.entries.allSatisfy { entry in
            recent.contains { event in
                event.occurredOn == entry.on
                    && event.body.withoutName == entry.body.withoutName
            }
        }
    }
}

extension EventBody {
    /// Whether what another entry says no longer holds once this is said.
    fileprivate func takesPlace(of other: EventBody) -> Bool {
        !settles.isDisjoint(with: other.settles)
    }

    /// What of the case the entry has the last word on; nothing where all that is told stands.
    private var settles: Set<String> {
        switch self {
        case .referralAnswered(let fields): Set(fields.corrects)
        case .detailsChanged(let fields): Set(fields.fields)
        case .consentGiven(let fields), .consentRefused(let fields), .consentWithdrawn(let fields):
            [fields.scope.rawValue]
        case .clockPaused(let fields): [fields.clock]
        case .clockResumed(let fields): [fields.clock]
        case .transferAsked, .transferAccepted, .transferDeclined: ["provider"]
        case .closed, .reopened: ["state"]
        case .coachAssigned, .contactPreferred, .employmentStatusRecorded, .referralRerouted:
            [kind.rawValue]
        default: []
        }
    }

    /// What is said, without the name that was given to something new.
    fileprivate var withoutName: EventBody {
        switch self {
        case .goalAdded(var fields):
            fields.goal = ""
            return .goalAdded(fields)
        case .actionAdded(var fields):
            (fields.action, fields.goal) = ("", nil)
            return .actionAdded(fields)
        case .onwardSent(var fields):
            fields.onward = ""
            return .onwardSent(fields)
        case .jobStarted(var fields):
            fields.spell = ""
            return .jobStarted(fields)
        case .riskRaised(var fields):
            fields.risk = ""
            return .riskRaised(fields)
        case .appointmentBooked(var fields):
            fields.appointment = ""
            return .appointmentBooked(fields)
        default: return self
        }
    }
}
