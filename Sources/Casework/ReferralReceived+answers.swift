import Kernel
import Programmes

extension ReferralReceived {
    /// Whether the person is an adult, 18 or over, when referred; nil where the age is not known.
    package var isAdult: Bool? { age.map { $0 >= 18 } }

    /// Fills what is blank, and puts right what is corrected; what else was said stays.
    package mutating func fill(from answered: ReferralAnswered) {
        func holds<Value>(_ name: String, _ said: Value?, _ now: Value?) -> Value? {
            answered.corrects.contains(name) ? now ?? said : said ?? now
        }
        let status = EmploymentStatus.isKnown(employmentStatus) ? employmentStatus : nil
        strand = strand ?? answered.strand
        condition = holds("condition", condition, answered.condition)
        employmentStatus =
            holds("employment_status", status, answered.employmentStatus) ?? employmentStatus
        benefit = holds("benefit", benefit, answered.benefit)
        gender = holds("gender", gender, answered.gender)
        ethnicity = holds("ethnicity", ethnicity, answered.ethnicity)
        age = holds("age", age, answered.age)
        outwardCode = outwardCode ?? answered.outwardCode
        deprivation = deprivation ?? answered.deprivation
        practice = holds("gp_practice", practice, answered.practice)
        jobcentre = holds("jobcentre", jobcentre, answered.jobcentre)
        for (question, answer) in answered.answers {
            answers[question] = holds(question, answers[question], answer)
        }
    }

    /// What it says to a question that can be corrected, by the name that the answer is stored under.
    package func said(_ name: String) -> String? {
        switch name {
        case "condition": condition
        case "employment_status": employmentStatus
        case "benefit": benefit
        case "gender": gender
        case "ethnicity": ethnicity
        case "age": age.map { "\($0)" }
        case "gp_practice": practice
        case "jobcentre": jobcentre
        default: answers[name]
        }
    }

    /// The first field that says something else than the referral does, by its stored name, and does
    /// not correct it.
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
        for (name, said, now) in pairs where !answered.corrects.contains(name) {
            if let said, let now, said != now { return name }
        }
        let clashes = answered.answers.filter { question, answer in
            !answered.corrects.contains(question)
                && (answers[question].map { $0 != answer } ?? false)
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
    /// Takes answers to the referral.
    ///
    /// How the person works now follows them, unless it has been told since.
    mutating func take(_ answered: ReferralAnswered, on day: CivilDate) {
        referral?.fill(from: answered)
        strand = strand ?? answered.strand
        let isCorrected = answered.corrects.contains("employment_status") && !isStatusTold
        if let status = answered.employmentStatus,
            isCorrected || !EmploymentStatus.isKnown(employmentStatus)
        {
            employmentStatus = status
            employmentStatusOn = day
        }
        answers.merge(answered.answers) { $1 }
    }

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
