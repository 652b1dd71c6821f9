/// Where a claim stands.
package enum ClaimState: String, Sendable, CaseIterable {
    case drafted
    case submitted
    case queried
    case answered
    case accepted
    case paid
    /// A draft that a later one took the place of.
    case replaced

    package var name: String {
        switch self {
        case .drafted: "Draft"
        case .submitted: "Submitted"
        case .queried: "Queried"
        case .answered: "Answered"
        case .accepted: "Accepted"
        case .paid: "Paid"
        case .replaced: "Replaced"
        }
    }

    /// Whether its lines stand in the ledger.
    package var stands: Bool { self != .drafted && self != .replaced }

    /// What may be done with a claim in this state.
    package var moves: [ClaimMove] { ClaimMove.allCases.filter { (try? after($0)) != nil } }

    /// The state after a step.
    ///
    /// - Throws: when the step cannot be taken in this state.
    package func after(_ move: ClaimMove) throws(ClaimRefusal) -> ClaimState {
        switch (self, move) {
        case (.drafted, .submit): return .submitted
        case (.drafted, .withdraw): return .replaced
        case (.submitted, .query), (.answered, .query): return .queried
        case (.queried, .answer): return .answered
        case (.submitted, .reject), (.queried, .reject), (.answered, .reject): return self
        case (.submitted, .accept), (.answered, .accept): return .accepted
        case (.accepted, .pay): return .paid
        default:
            throw ClaimRefusal(
                .wrongState,
                "A claim that is \(name.lowercased()) cannot be \(move.past)."
            )
        }
    }
}

/// A step that somebody takes with a claim.
package enum ClaimMove: String, Sendable, CaseIterable {
    case submit
    case query
    case answer
    case reject
    case accept
    case pay
    /// A later draft takes its place: that follows from drafting, and nobody asks for it.
    case withdraw

    /// The steps that somebody may ask for.
    package static let asked = allCases.filter { $0 != .withdraw }

    /// What it is called at the command line and for programs.
    package var word: String { self == .withdraw ? "replace" : rawValue }

    /// What the claim has then been.
    package var past: String {
        switch self {
        case .submit: "submitted"
        case .query: "queried"
        case .answer: "answered"
        case .reject: "rejected line by line"
        case .accept: "accepted"
        case .pay: "paid"
        case .withdraw: "replaced"
        }
    }
}

/// Why something cannot be done with a claim: a stable code, and a sentence to act on.
package struct ClaimRefusal: Error, Sendable, Hashable {
    /// The closed set of reasons.
    package enum Reason: String, Sendable, CaseIterable {
        case wrongState = "claim-wrong-state"
        case overtaken = "claim-overtaken"
        case noFunding = "claim-no-funding"
        case quarterNotOver = "claim-quarter-not-over"
        case quarterOutside = "claim-quarter-outside"
        case laterQuarter = "claim-later-quarter"
        case notALine = "claim-not-a-line"
        case clawbackStands = "claim-clawback-stands"
        case notSampled = "claim-not-sampled"
        case outOfRange = "claim-out-of-range"
    }

    package var reason: Reason
    package var says: String

    package init(_ reason: Reason, _ says: String) {
        self.reason = reason
        self.says = says
    }
}
