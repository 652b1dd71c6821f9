import Funding
import Kernel
import Measures

/// Claims of a programme as a board may see them.
package struct PackClaims: Sendable, Hashable {
    /// One claim: how much, and for how many people.
    package struct Claim: Sendable, Hashable {
        package var quarter: Quarter
        package var claimant: String
        package var state: ClaimState
        /// All lines but those rejected.
        package var amount: Pence
        /// People of whom it has a line that was not rejected.
        package var people: Int
        /// The most that those lines move for one person.
        package var largest: Pence

        package init(
            quarter: Quarter,
            claimant: String,
            state: ClaimState,
            amount: Pence,
            people: Int,
            largest: Pence
        ) {
            self.quarter = quarter
            self.claimant = claimant
            self.state = state
            self.amount = amount
            self.people = people
            self.largest = largest
        }
    }

    /// Those that were submitted, by quarter and claimant.
    package private(set) var claims: [Claim]
    /// People for whom money stands claimed.
    private let standing: Int

    package init(_ claims: [Claim] = [], people: Int = 0) {
        self.claims = claims.filter(\.state.stands).sorted {
            ($0.quarter, $0.claimant) < ($1.quarter, $1.claimant)
        }
        standing = people
    }

    private static func isSmall(_ people: Int) -> Bool {
        (1...PackData.method.smallMax).contains(people)
    }

    /// Whether single claims and quarters are kept back.
    ///
    /// An amount says how many people it is for. When one of them is for few, all are kept back but
    /// the sum, for each could be worked out from the others.
    package var isSplitHidden: Bool { claims.contains { Self.isSmall($0.people) } }

    /// People for whom money stands claimed; nil if that is kept back.
    package var people: Int? { Self.isSmall(standing) ? nil : standing }

    /// To how many pounds sums are rounded where there are several claims; nil where there is one.
    ///
    /// It is the first power of ten that is not below what one person moves. An exact amount tells
    /// how many people of each kind it is for, also where the report keeps that back; so does an
    /// exact sum of all, beside that of an earlier paper.
    package var roundedTo: Int? {
        guard claims.count > 1 else { return nil }
        let largest = claims.map(\.largest).max() ?? .zero
        return sequence(first: 1) { $0 * 10 }.first { Pence(Int64($0) * 100) >= largest }
    }

    /// An amount as it may be shown.
    package func shown(_ amount: Pence) -> Pence {
        roundedTo.map { amount.rounded(toPounds: $0) } ?? amount
    }

    /// What was claimed, accepted or paid; nil if it is kept back.
    package func amount(_ figure: ClaimFigure, in quarter: Quarter?) -> Pence? {
        if quarter != nil, isSplitHidden { return nil }
        let states: Set<ClaimState> =
            switch figure {
            case .claimed, .people: Set(ClaimState.allCases.filter(\.stands))
            case .accepted: [.accepted, .paid]
            case .paid: [.paid]
            }
        let counted = claims.filter { states.contains($0.state) }
        // A sum of some claims beside the sum of all says what the others are.
        if counted.count != claims.count, isSplitHidden { return nil }
        let chosen = counted.filter { quarter == nil || $0.quarter == quarter }
        if Self.isSmall(chosen.map(\.people).reduce(0, +)) { return nil }
        return shown(chosen.map(\.amount).reduce(.zero, +))
    }
}
