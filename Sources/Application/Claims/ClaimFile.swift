import Funding
import Kernel
import Store

/// A claim, where it stands, and what was done with it.
package struct ClaimFile: Sendable {
    package var claim: StoredClaim
    package var state: ClaimState
    package var events: [StoredClaimEvent]
    /// The lines that were rejected, each with its amount and whether that is for good.
    package var rejected: [Int: (amount: Pence, rejection: ClaimLedger.Rejection)]
    /// The steps that the actor may take now.
    package var moves: [ClaimMove]

    /// What is payable: all lines but those rejected.
    package var payable: Pence {
        claim.total - rejected.values.map(\.amount).reduce(.zero, +)
    }

    package var parties: ClaimParties { ClaimParties(claim) }
}

extension ClaimParties {
    init(_ claim: StoredClaim) {
        self.init(claimant: claim.claimant, payer: claim.payer, host: claim.host)
    }
}

extension ClaimState {
    /// The state that some steps lead to.
    ///
    /// - Throws: when they cannot have been taken in this order.
    init(_ events: [StoredClaimEvent]) throws {
        var state = ClaimState.drafted
        for event in events {
            guard let next = try? state.after(event.move) else {
                throw StoreError.damaged("the steps of claim \(event.claim) are out of order")
            }
            state = next
        }
        self = state
    }
}

extension ClaimMove {
    /// What somebody must be allowed to take the step.
    package var action: Action {
        switch self {
        case .submit, .answer: .submitClaim
        case .query, .reject, .accept, .pay: .settleClaim
        case .withdraw: .makeClaim
        }
    }

    /// Whether it is nothing without words.
    package var needsWords: Bool { self == .query || self == .answer || self == .reject }
}

extension ServiceError {
    /// A refusal of the money's rules.
    init(_ refusal: ClaimRefusal) {
        self.init(.refused, code: refusal.reason.rawValue, refusal.says)
    }
}
