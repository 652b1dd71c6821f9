import Funding
import Kernel

/// A claim as it was made; it never changes.
package struct StoredClaim: Sendable, Hashable {
    package var id: ClaimID
    /// What people call it: `workwell-manchester/2025-Q1/mft/1`.
    package var name: String
    package var programme: String
    package var programmeVersion: Int
    package var quarter: Quarter
    package var claimant: String
    package var payer: String
    package var host: String
    package var asAt: CivilDate
    package var knownAt: Instant
    package var madeBy: String
    package var lineCount: Int
    package var total: Pence
    /// Lines that wait until another organisation gives back what it claimed.
    package var waiting: Int
    package var leftOut: [LeftOutOfClaim]
    /// SHA-256 of the lines, by which a change behind the program's back is noticed.
    package var digest: [UInt8]

    package init(
        id: ClaimID,
        name: String,
        programme: String,
        programmeVersion: Int,
        quarter: Quarter,
        claimant: String,
        payer: String,
        host: String,
        asAt: CivilDate,
        knownAt: Instant,
        madeBy: String,
        lineCount: Int,
        total: Pence,
        waiting: Int,
        leftOut: [LeftOutOfClaim],
        digest: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.programme = programme
        self.programmeVersion = programmeVersion
        self.quarter = quarter
        self.claimant = claimant
        self.payer = payer
        self.host = host
        self.asAt = asAt
        self.knownAt = knownAt
        self.madeBy = madeBy
        self.lineCount = lineCount
        self.total = total
        self.waiting = waiting
        self.leftOut = leftOut
        self.digest = digest
    }
}

/// What somebody did with a claim.
package struct StoredClaimEvent: Sendable, Hashable {
    package var claim: ClaimID
    /// Counted from 1 within the claim.
    package var sequence: Int
    package var move: ClaimMove
    package var at: Instant
    package var by: String
    package var organisation: String
    /// The line that a rejection is about.
    package var line: Int?
    package var rejection: ClaimLedger.Rejection?
    package var words: String?

    package init(
        claim: ClaimID,
        sequence: Int,
        move: ClaimMove,
        at: Instant,
        by: String,
        organisation: String,
        line: Int? = nil,
        rejection: ClaimLedger.Rejection? = nil,
        words: String? = nil
    ) {
        self.claim = claim
        self.sequence = sequence
        self.move = move
        self.at = at
        self.by = by
        self.organisation = organisation
        self.line = line
        self.rejection = rejection
        self.words = words
    }
}

/// A sample that was drawn from a claim, with what was found.
package struct StoredSample: Sendable, Hashable {
    package struct Finding: Sendable, Hashable {
        package var line: Int
        package var right: Pence
        package var at: Instant
        package var by: String
        package var words: String?

        package init(line: Int, right: Pence, at: Instant, by: String, words: String?) {
            self.line = line
            self.right = right
            self.at = at
            self.by = by
            self.words = words
        }
    }

    package var id: String
    package var claim: ClaimID
    package var seed: UInt64
    package var lines: [Int]
    /// How many lines it was drawn from.
    package var drawnFrom: Int
    package var drawnAt: Instant
    package var drawnBy: String
    /// In the order of telling; of one line the last holds.
    package var findings: [Finding]

    package init(
        id: String,
        claim: ClaimID,
        seed: UInt64,
        lines: [Int],
        drawnFrom: Int,
        drawnAt: Instant,
        drawnBy: String,
        findings: [Finding] = []
    ) {
        self.id = id
        self.claim = claim
        self.seed = seed
        self.lines = lines
        self.drawnFrom = drawnFrom
        self.drawnAt = drawnAt
        self.drawnBy = drawnBy
        self.findings = findings
    }
}

/// Lines of a claim, added up.
package struct ClaimSum: Sendable, Hashable {
    package var rule: String
    package var kind: ClaimLine.Kind
    package var lines: Int
    package var amount: Pence
}

/// One line of a claim, as the person whom it is for may know it.
package struct ClaimedFor: Sendable, Hashable {
    package var claim: String
    /// The payment's id.
    package var rule: String
    package var amount: Pence
    /// When it fell due, `YYYY-MM-DD`.
    package var day: String
}
