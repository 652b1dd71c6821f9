import Kernel
import Programmes

/// An event without particulars.
package struct Plain: EventFields {
    package init() {}
}

/// A request that opens a case, with what was said of the person.
package struct ReferralReceived: EventFields {
    /// A source of the programme file, for example `gp`.
    package var source = ""
    /// Who referred: an ODS code or a name.
    package var referrer: String?
    /// The account of whoever referred, where somebody else sent the referral on.
    package var referredBy: String?
    package var strand: String?
    package var condition: String?
    /// `EmploymentStatus` on the day of referral.
    package var employmentStatus: String?
    package var benefit: String?
    /// `Gender`.
    package var gender: String?
    /// `EthnicCategory`.
    package var ethnicity: String?
    /// Completed years on the day of referral.
    package var age: Int?
    package var outwardCode: String?
    /// How deprived the postcode was on the day of referral: 1, the most deprived tenth, to 10.
    package var deprivation: Int?
    /// ODS code of the person's general practice.
    package var practice: String?
    package var jobcentre: String?
    /// Answers to the programme's own coded questions.
    package var answers: [String: String] = [:]
    package var identity = Identity()

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("source", &source)
        try visitor.field("referrer", &referrer)
        try visitor.field("referred_by", &referredBy)
        try visitor.field("strand", &strand)
        try visitor.field("condition", &condition)
        try visitor.field("employment_status", &employmentStatus)
        try visitor.field("benefit", &benefit)
        try visitor.field("gender", &gender)
        try visitor.field("ethnicity", &ethnicity)
        try visitor.field("age", &age)
        try visitor.field("outward_code", &outwardCode)
        try visitor.field("deprivation_decile", &deprivation)
        try visitor.field("gp_practice", &practice)
        try visitor.field("jobcentre", &jobcentre)
        try visitor.field("answers", &answers)
        try identity.visit(&visitor)
    }
}

/// Answers to what a referral is asked, given later; they fill blanks, and put right what they
/// correct.
package struct ReferralAnswered: EventFields {
    /// The answers that a later one may correct, by the names that they are stored under, beside the
    /// programme's own questions.
    ///
    /// Another strand is a reroute, and where the person has moved is no mistake of the referral.
    package static let correctable = [
        "condition", "employment_status", "benefit", "gender", "ethnicity", "age", "gp_practice",
        "jobcentre",
    ]

    package var strand: String?
    package var condition: String?
    package var employmentStatus: String?
    package var benefit: String?
    package var gender: String?
    package var ethnicity: String?
    /// Completed years on the day of referral.
    package var age: Int?
    package var outwardCode: String?
    /// As in `ReferralReceived`.
    package var deprivation: Int?
    package var practice: String?
    package var jobcentre: String?
    package var answers: [String: String] = [:]
    /// What was said wrongly, by the names that the answers are stored under: these answers stand in
    /// place of it.
    package var corrects: [String] = []

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("strand", &strand)
        try visitor.field("condition", &condition)
        try visitor.field("employment_status", &employmentStatus)
        try visitor.field("benefit", &benefit)
        try visitor.field("gender", &gender)
        try visitor.field("ethnicity", &ethnicity)
        try visitor.field("age", &age)
        try visitor.field("outward_code", &outwardCode)
        try visitor.field("deprivation_decile", &deprivation)
        try visitor.field("gp_practice", &practice)
        try visitor.field("jobcentre", &jobcentre)
        try visitor.field("answers", &answers)
        try visitor.field("corrects", &corrects)
    }
}

/// What identifies a person; always sealed.
package struct Identity: EventFields {
    package var givenName: String?
    package var familyName: String?
    /// ISO date.
    package var birthDate: String?
    /// Ten digits.
    package var nhsNumber: String?
    package var postcode: String?
    package var address: String?
    package var phone: String?
    package var email: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.sealed("given_name", &givenName)
        try visitor.sealed("family_name", &familyName)
        try visitor.sealed("birth_date", &birthDate)
        try visitor.sealed("nhs_number", &nhsNumber)
        try visitor.sealed("postcode", &postcode)
        try visitor.sealed("address", &address)
        try visitor.sealed("phone", &phone)
        try visitor.sealed("email", &email)
    }
}

/// What the programme's rules said of a referral.
package struct EligibilityDecided: EventFields {
    package var verdict = Verdict.notKnown
    /// The version of the programme file that was applied.
    package var programmeVersion = 0
    /// `rule:verdict` for each rule in order, and `rule.alternative:met` for what met an `any`.
    package var rules: [String] = []
    /// The sentence of each rule that was not met, or not known.
    package var says: [String] = []
    /// What must be asked before the verdict can be given.
    package var missing: [String] = []

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("verdict", &verdict)
        try visitor.field("programme_version", &programmeVersion)
        try visitor.field("rules", &rules)
        try visitor.field("says", &says)
        try visitor.field("missing", &missing)
    }
}

/// What a rule says of a person.
package enum Verdict: String, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case notKnown = "not-known"
}

/// The case moved to another strand.
package struct Rerouted: EventFields {
    package var strand = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("strand", &strand)
    }
}

/// A referral sent back, with what happens instead.
package struct ReferralReturned: EventFields {
    /// `ineligible`, `not-accepted` or another closure reason.
    package var reason = ClosureReason.notAccepted
    /// The sender's own code for why, for example the rule that was not met.
    package var detail: String?
    package var instead: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("reason", &reason)
        try visitor.field("detail", &detail)
        try visitor.sealed("instead", &instead)
    }
}

/// The referrer took the referral back, or asked for it to be cancelled, and why.
package struct TakenBack: EventFields {
    /// Whether it should never have been sent.
    package var inError: Bool?
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("in_error", &inError)
        try visitor.sealed("text", &text)
    }
}
