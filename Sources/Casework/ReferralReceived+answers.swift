import Kernel
import Programmes

extension ReferralReceived {
    /// Fills what is blank; what was said stays.
    mutating func fill(from answered: ReferralAnswered) {
        strand = strand ?? answered.strand
        condition = condition ?? answered.condition
        if !EmploymentStatus.isKnown(employmentStatus) {
            employmentStatus = answered.employmentStatus ?? employmentStatus
        }
        benefit = benefit ?? answered.benefit
        gender = gender ?? answered.gender
        ethnicity = ethnicity ?? answered.ethnicity
        age = age ?? answered.age
        outwardCode = outwardCode ?? answered.outwardCode
        deprivation = deprivation ?? answered.deprivation
        practice = practice ?? answered.practice
        jobcentre = jobcentre ?? answered.jobcentre
        answers.merge(answered.answers) { said, _ in said }
    }

    /// The first field that says something else than the referral does, by its stored name.
    func contradicted(by answered: ReferralAnswered) -> String? {
        let status = EmploymentStatus.isKnown(employmentStatus) ? employmentStatus : nil
        let pairs: [(name: String, said: String?, now: String?)] = [
            ("strand", strand, answered.strand),
            ("condition", condition, answered.condition),
            ("employment_status", status, answered.employmentStatus),
            ("benefit", benefit, answered.benefit),
            ("gender", gender, answered.gender),
            ("ethnicity", ethnicity, answered.ethnicity),
            ("age", age.map { "\($0)" }, answered.age.map { "\($0)" }),
            ("outward_code", outwardCode, answered.outwardCode),
            (
                "deprivation_decile", deprivation.map { "\($0)" },
                answered.deprivation.map { "\($0)" }
            ),
            ("gp_practice", practice, answered.practice),
            ("jobcentre", jobcentre, answered.jobcentre),
        ]
        for (name, said, now) in pairs {
            if let said, let now, said != now { return name }
        }
        let clashes = answered.answers.filter { question, answer in
            answers[question].map { $0 != answer } ?? false
        }
        return clashes.keys.min()
    }
}

extension EmploymentStatus {
    /// Whether a status says anything.
    static func isKnown(_ status: String?) -> Bool {
        status.map { $0 != EmploymentStatus.unknown.rawValue } ?? false
    }
}

extension Case {
    /// What the rules say of this person for the strand that the case is in now.
    package func eligibilityNow(in programme: Programme) -> EligibilityDecided? {
        guard let decided = eligibility, var referral else { return nil }
        if strand == referral.strand { return decided }
        referral.strand = strand
        return Eligibility.decide(referral, programme: programme)
    }

    /// The referral with what has been learnt since: how the person is now.
    package var referralNow: ReferralReceived? {
        guard var referral else { return nil }
        referral.employmentStatus = employmentStatus
        referral.answers = answers
        return referral
    }
}
