extension EventBody {
    /// Whether somebody spoke with the person, by whatever way.
    package var isTwoWayContact: Bool {
        switch self {
        case .contactAttempted(let fields): fields.outcome == .reached
        case .trackingContacted(let fields): fields.outcome == .reached
        case .appointmentAttended, .assessmentCompleted: true
        default: false
        }
    }
}
