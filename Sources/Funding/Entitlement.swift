import Kernel
import Programmes

/// A pound that is due by a quarter's end, by what is known now.
package struct Entitlement: Sendable, Hashable {
    package var key: ClaimKey
    package var claimant: String
    package var amount: Pence
    /// The day on which it fell due: that of the achievement, or the quarter's last.
    package var day: CivilDate
    package var caseID: CaseID?
    package var provider: String?
    package var locality: String?
    /// The figure that a measure's payment follows from, in words.
    package var figure: String?

    package init(
        key: ClaimKey,
        claimant: String,
        amount: Pence,
        day: CivilDate,
        caseID: CaseID? = nil,
        provider: String? = nil,
        locality: String? = nil,
        figure: String? = nil
    ) {
        self.key = key
        self.claimant = claimant
        self.amount = amount
        self.day = day
        self.caseID = caseID
        self.provider = provider
        self.locality = locality
        self.figure = figure
    }
}

/// Everything that is due by a quarter's end, and what was left out.
package struct Entitlements: Sendable, Hashable {
    package var due: [Entitlement] = []
    /// What was left out, with the reason in words; reasons with none are not listed.
    package var leftOut: [LeftOutOfClaim] = []

    /// The sum.
    package var total: Pence { due.map(\.amount).reduce(.zero, +) }
}

/// Things that a claim could not take in, with the reason in words.
package struct LeftOutOfClaim: Sendable, Hashable {
    package var reason: String
    package var count: Int

    package init(reason: String, count: Int) {
        self.reason = reason
        self.count = count
    }
}
