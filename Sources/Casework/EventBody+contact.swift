extension ContactPreferred {
    /// The wish as a plain sentence.
    package var sentence: String {
        let way =
            self.way == .noMessages ? "Wishes no messages" : "Wishes to hear by \(self.way.words)"
        return way + (language.map { ", in \(Words.language($0))" } ?? "")
    }
}

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
