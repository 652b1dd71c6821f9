import Kernel

/// What one of something costs or is worth: a cited table with a version.
package struct UnitCosts: Sendable, Hashable {
    package var id: String
    /// Counts up with each change; an appraisal names the version that it was made with.
    package var version: Int
    package var name: String
    /// How far a figure of each grade is corrected.
    package var grades: [Grade]
    package var values: [UnitValue]
}

/// A grade of confidence, and the correction for optimism that goes with it.
package struct Grade: Sendable, Hashable {
    /// From 1, the surest.
    package var grade: Int
    package var says: String
    /// The percentage by which benefits are lowered, or costs raised.
    package var percent: Double
    package var basis: Basis
}

/// What one of something costs or is worth.
package struct UnitValue: Sendable, Hashable {
    /// How the value counts in an appraisal.
    package enum Kind: String, Sendable, CaseIterable {
        /// A public body spends less, or takes more in.
        case fiscal
        /// Income of people and firms.
        case economic
        /// Health and well-being, in money.
        case social

        package var words: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    /// Who gains.
    package enum Gainer: String, Sendable, CaseIterable {
        case nhs
        case dwp
        case treasury
        case localAuthority = "local-authority"
        case individual
        case employer

        package var words: String {
            switch self {
            case .nhs: "NHS"
            case .dwp: "Department for Work and Pensions"
            case .treasury: "Treasury (taxes)"
            case .localAuthority: "Local authority"
            case .individual: "Individuals"
            case .employer: "Employers"
            }
        }
    }

    /// How often it comes.
    package enum Recurrence: String, Sendable, CaseIterable {
        case once
        /// Each year for as long as the outcome lasts.
        case year
    }

    package var code: String
    package var what: String
    /// One of what it is the value of: "client", "person in work".
    package var unit: String
    package var amount: Assumption
    /// The year whose prices it is in.
    package var prices: FinancialYear
    package var kind: Kind
    package var gains: Gainer
    package var recurrence: Recurrence
    /// Whether somebody would have had to pay it otherwise: part of the avoided cost.
    package var isAvoided: Bool
    /// Whether it only moves from one pocket to another, and so is no gain to the public as a whole.
    package var isTransfer: Bool
    /// Whether it is valued in health, which is discounted at the rate for health.
    package var isHealth: Bool
    package var grade: Int?
}
