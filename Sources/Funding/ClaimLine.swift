import Kernel

/// One line of a claim: so much money, for whom, for what, and what proves it.
package struct ClaimLine: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Claimed for the first time, or after a rejection or a clawback once more.
        case new
        /// More than was claimed before.
        case topUp = "top-up"
        /// Given back: less than was claimed, or nothing, is due.
        case clawback

        package var name: String {
            switch self {
            case .new: "New"
            case .topUp: "Top-up"
            case .clawback: "Clawback"
            }
        }
    }

    /// Counted from 1 within the claim.
    package var number: Int
    package var kind: Kind
    package var key: ClaimKey
    /// Below zero for a clawback.
    package var amount: Pence
    package var day: CivilDate
    package var caseID: CaseID?
    package var provider: String?
    package var locality: String?
    /// The event by which it fell due.
    package var event: EventID?
    /// The events that prove it.
    package var evidence: [EventID]
    /// The version of the programme file whose rules give the amount.
    package var programmeVersion: Int
    /// The line of an earlier claim that this one corrects.
    package var corrects: LineReference?
    /// Why, or the figure that it follows from.
    package var note: String?

    package init(
        number: Int,
        kind: Kind,
        key: ClaimKey,
        amount: Pence,
        day: CivilDate,
        caseID: CaseID? = nil,
        provider: String? = nil,
        locality: String? = nil,
        event: EventID? = nil,
        evidence: [EventID] = [],
        programmeVersion: Int,
        corrects: LineReference? = nil,
        note: String? = nil
    ) {
        self.number = number
        self.kind = kind
        self.key = key
        self.amount = amount
        self.day = day
        self.caseID = caseID
        self.provider = provider
        self.locality = locality
        self.event = event
        self.evidence = evidence
        self.programmeVersion = programmeVersion
        self.corrects = corrects
        self.note = note
    }
}

/// Names a line of a claim.
package struct LineReference: Sendable, Hashable {
    package var claim: ClaimID
    package var line: Int

    package init(claim: ClaimID, line: Int) {
        self.claim = claim
        self.line = line
    }
}

/// Tags the identifier of a claim.
package enum ClaimTag {}
/// Identifies a claim.
package typealias ClaimID = ID<ClaimTag>
