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

    /// Whether all that a command enters was entered just now, by the same person.
    static func isLikely(_ command: Command, _ visit: Visit, _ file: CaseFile) -> Bool {
        guard visit.request.form[field] == nil, !command.entries.isEmpty else { return false }
        let since = visit.now.adding(milliseconds: -minutes * 60_000)
        let recent = file.lines.filter { line in
            line.voidedAt == nil && line.event.recordedAt >= since
                && line.event.by.user == visit.actor.user
        }
        return command.entries.allSatisfy { entry in
            recent.contains { line in
                line.event.occurredOn == entry.on
                    && line.event.body.withoutName == entry.body.withoutName
            }
        }
    }
}

extension EventBody {
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
