import Casework
import Programmes

/// The states of a Task that are emitted here (HL7 SDOH Clinical Care), a closed set.
package enum TaskStatus: String, Sendable, CaseIterable {
    case draft, requested, accepted, rejected
    case inProgress = "in-progress"
    case onHold = "on-hold"
    case completed, cancelled, failed
    case inError = "entered-in-error"

    /// A status as it is sent; a `received` is read as `requested`.
    package init?(sent text: String) {
        if text == "received" {
            self = .requested
        } else {
            self.init(rawValue: text)
        }
    }

    /// Nothing more is expected.
    package var isOver: Bool {
        switch self {
        case .rejected, .completed, .cancelled, .failed, .inError: true
        default: false
        }
    }
}

/// The business status of a referral (HL7 BSeR, TaskBusinessStatusCS).
package enum BusinessStatus: String, Sendable, CaseIterable {
    case created = "2.0"
    case accepted = "3.0"
    case declined = "4.0"
    case eventScheduled = "5.1.1"
    case unattended = "5.1.2"
    case eventCancelled = "5.1.3"
    case eventCompleted = "5.1.4"
    case cancellationRequested = "5.2"
    case fulfilmentCancelled = "6.0"
    case fulfilmentCompleted = "7.0"

    /// The name in the code system.
    package var display: String {
        switch self {
        case .created: "Service Request Created"
        case .accepted: "Service Request Accepted"
        case .declined: "Service Request Declined"
        case .eventScheduled: "Service Request Fulfillment Event Scheduled"
        case .unattended: "Service Request Fulfillment Event Unattended"
        case .eventCancelled: "Service Request Fulfillment Scheduled Event Cancelled"
        case .eventCompleted: "Service Request Fulfillment Event Completed"
        case .cancellationRequested: "Service Request Fulfillment Cancellation Requested"
        case .fulfilmentCancelled: "Service Request Fulfillment Cancelled"
        case .fulfilmentCompleted: "Service Request Fulfillment Completed"
        }
    }
}

/// Where a referral stands, as its Task says it.
package struct TaskState: Sendable, Hashable {
    package var status: TaskStatus
    package var business: BusinessStatus
    /// Why, as a code of ours; nil where there is nothing to say.
    package var reason: String?
    /// Why, in words.
    package var reasonWords: String?
}

extension CaseView {
    /// The state of the referral's Task; the table stands in docs/fhir.md.
    var taskState: TaskState {
        if isInError { return TaskState(status: .inError, business: .fulfilmentCancelled) }
        if let closure = folded.closure { return closed(closure) }
        if folded.discharge != nil, sight >= .outcome {
            return TaskState(status: .completed, business: .fulfilmentCompleted)
        }
        var state = openState
        if folded.cancellationAskedOn != nil { state.business = .cancellationRequested }
        return state
    }

    private var openState: TaskState {
        let isEngaged = folded[.firstContact] != nil || folded[.started] != nil
        let isAccepted = folded[.accepted] != nil
        if isEngaged || isAccepted, folded.pauses.contains(where: { $0.to == nil }) {
            return TaskState(
                status: .onHold,
                business: isEngaged ? eventBusiness ?? .accepted : .accepted,
                reason: sight == .team ? pauseReason : nil,
                reasonWords: "The service waits"
            )
        }
        if isEngaged {
            return TaskState(status: .inProgress, business: eventBusiness ?? .accepted)
        }
        if isAccepted { return TaskState(status: .accepted, business: eventBusiness ?? .accepted) }
        return TaskState(status: .requested, business: .created)
    }

    private var pauseReason: String? {
        events.reversed().lazy.compactMap { event -> String? in
            if case .clockPaused(let fields) = event.body { fields.reason } else { nil }
        }.first
    }

    /// What came of the latest appointment; a referrer never sees appointments.
    private var eventBusiness: BusinessStatus? {
        guard sight == .team, let last = folded.appointments.last else { return nil }
        if last.outcome == nil { return .eventScheduled }
        if last.isAttended { return .eventCompleted }
        return last.outcome == "cancelled" ? .eventCancelled : .unattended
    }

    /// How whoever referred took the referral back; nil where that is not what closed the case.
    var withdrawal: TakenBack? {
        guard folded.closure != nil else { return nil }
        for event in events.reversed() {
            switch event.body {
            case .referralWithdrawn(let fields): return fields
            case .reopened: return nil
            default: continue
            }
        }
        return nil
    }

    private func closed(_ closure: ClosureReason) -> TaskState {
        let words = Words.capital(closure.rawValue)
        if let returned = folded.returned {
            return TaskState(
                status: .rejected,
                business: .declined,
                reason: closure.rawValue,
                reasonWords: returned.instead.map { "\(words). \($0)" } ?? words
            )
        }
        if withdrawal?.inError == true {
            return TaskState(
                status: .inError,
                business: .fulfilmentCancelled,
                reasonWords: "Entered in error"
            )
        }
        // Whether and why it went wrong is told only with the person's leave, or to the team.
        if sight == .referrer, withdrawal == nil {
            return TaskState(status: .completed, business: .fulfilmentCompleted)
        }
        let status: TaskStatus =
            switch closure {
            case .completed: .completed
            case .noLongerWanted, .duplicate, .movedAway, .transferred, .consentWithdrawn, .died:
                .cancelled
            default: .failed
            }
        if status == .completed {
            return TaskState(status: status, business: .fulfilmentCompleted)
        }
        return TaskState(
            status: status,
            business: .fulfilmentCancelled,
            reason: closure.rawValue,
            reasonWords: words
        )
    }
}

extension OnwardStatus {
    /// The status of the sub-Task of an onward referral.
    var task: (status: TaskStatus, business: BusinessStatus) {
        switch self {
        case .sent, .received, .pending: (.requested, .created)
        case .accepted: (.accepted, .accepted)
        case .started: (.inProgress, .accepted)
        case .declined: (.rejected, .declined)
        case .ended: (.completed, .fulfilmentCompleted)
        }
    }
}
