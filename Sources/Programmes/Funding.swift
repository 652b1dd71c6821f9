import Kernel

/// What is paid for, to whom, and when: the `funding` section of a programme file.
///
/// Amounts of the strands stand with the strands. `docs/claims.md` says how claims follow from this.
package struct FundingRules: Sendable, Hashable {
    /// Who pays.
    package var payer: String
    /// Who claims what belongs to no strand.
    package var host: String
    /// All the money of strands and parts; nil where only prices are known.
    package var total: Pence?
    /// How the total divides; nil where payment does not depend on it.
    package var shares: FundingShares?
    /// Who bears it when fewer people are supported than planned.
    package var underPerformance: Carrier
    /// Who counts as a participant supported.
    package var supported: Population
    /// Days after a quarter's end before which its claim is not made.
    package var claimAfterDays: Int
    /// Money of the total that is in no strand, such as contingency and management.
    package var parts: [FundingPart]
    package var caps: FundingCaps
    package var payments: [PaymentRule]
    package var incentives: [IncentiveScheme]

    /// Who bears it when fewer people are supported than planned.
    package enum Carrier: String, Sendable, CaseIterable {
        /// What is not earned is not paid.
        case provider
        /// What is not earned by the programme's end is paid nevertheless, in the last quarter.
        case payer
    }
}

/// How a total divides, in whole percent that add to 100.
package struct FundingShares: Sendable, Hashable {
    package var guaranteed: Int
    package var performance: Int

    package init(guaranteed: Int, performance: Int) {
        self.guaranteed = guaranteed
        self.performance = performance
    }
}

/// Money that is in no strand, and from which share of the total it comes.
package struct FundingPart: Sendable, Hashable {
    package enum Origin: String, Sendable, CaseIterable {
        case guaranteed
        case performance
    }

    package var id: String
    package var name: String
    package var amount: Pence
    package var from: Origin
}

/// What may be claimed at most, in all and in a strand.
package struct FundingCaps: Sendable, Hashable {
    /// In all; nil is the total.
    package var all: Pence?
    /// By strand; the others are capped by the strand's funding.
    package var strands: [StrandCap]
}

/// What may be claimed at most in one strand.
package struct StrandCap: Sendable, Hashable {
    package var strand: String
    package var amount: Pence
}

/// What one payment is made for.
package struct PaymentRule: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The guaranteed part, in instalments.
        case instalments([Instalment])
        /// A price for each person.
        case price(Pence, PaidPeople)
        /// Whole percent of the performance part, divided among as many people of each strand.
        case share(percent: Int, PaidPeople)
    }

    package var id: String
    package var name: String
    package var kind: Kind
    /// Only for these strands; empty means all.
    package var strands: [String]
    /// Nothing is due before so many people of the strand are in a population.
    package var once: Once?
    /// Whether a line that was rejected may be claimed again.
    package var afterRejection: AfterRejection
}

/// What becomes of a line that was rejected.
package enum AfterRejection: String, Sendable, CaseIterable {
    case claimAgain = "claim-again"
    case final
}

/// The people that a payment is made for.
package struct PaidPeople: Sendable, Hashable {
    package var population: Population
    /// At most so many of each strand; nil is the strand's target for a share, no limit for a price.
    package var upTo: Int?
    /// How often one person is paid for, over all their cases.
    package var perPerson: Int
}

/// A condition that a strand must have met before anything is due.
package struct Once: Sendable, Hashable {
    package var population: Population
    package var people: Int
}

/// One instalment, and its weight among them.
package struct Instalment: Sendable, Hashable {
    package var quarter: Quarter
    package var weight: Int
}

/// A share of a contract's yearly value that is earned by measures, such as a CQUIN.
package struct IncentiveScheme: Sendable, Hashable {
    package var id: String
    package var name: String
    package var provider: String
    /// The contract's value in one financial year.
    package var contract: Pence
    /// The share of it, in hundredths of a percent: 2.5% is 250.
    package var share: Int
    /// The financial years, by the year in which each begins.
    package var years: [Int]
    package var measures: [IncentiveMeasure]
    package var afterRejection: AfterRejection

    /// What can be earned in one year.
    package var pot: Pence {
        contract.split(by: [share, 10_000 - share])[0]
    }
}

/// One measure of an incentive scheme.
package struct IncentiveMeasure: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        /// An indicator of the file: its percentage if it is a share, otherwise its number.
        case indicator(String, Indicator)
        /// A figure that is told when the claim is made.
        case reported
    }

    package enum Curve: String, Sendable, CaseIterable {
        /// Nothing at the threshold, all at the full target, evenly between.
        case linear
        /// All at the full target, nothing below.
        case allOrNothing = "all-or-nothing"
    }

    package var id: String
    package var name: String
    package var source: Source
    package var weight: Int
    package var threshold: Int
    package var target: Int
    package var curve: Curve
}
