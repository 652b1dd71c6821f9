import Casework
import Kernel
import Programmes

/// Answers that were missing at referral, given later.
package struct ReferralAnswers: Sendable, Hashable {
    package var condition: String?
    package var employmentStatus: String?
    package var benefit: String?
    /// `Gender`.
    package var gender: String?
    /// `EthnicCategory`.
    package var ethnicity: String?
    package var practice: String?
    package var jobcentre: String?
    package var birthDate: CivilDate?
    package var postcode: Postcode?
    /// Answers to the programme's own coded questions.
    package var coded: [String: String] = [:]

    package init() {}

    package var isEmpty: Bool { self == ReferralAnswers() }

    /// Fills a referral's blanks; what it says already stays.
    package func fill(_ referral: inout ReferralReceived, on day: CivilDate) {
        referral.condition = referral.condition ?? condition
        if (referral.employmentStatus ?? EmploymentStatus.unknown.rawValue) == "unknown" {
            referral.employmentStatus = employmentStatus ?? referral.employmentStatus
        }
        referral.benefit = referral.benefit ?? benefit
        referral.gender = referral.gender ?? gender
        referral.ethnicity = referral.ethnicity ?? ethnicity
        referral.practice = referral.practice ?? practice
        referral.jobcentre = referral.jobcentre ?? jobcentre
        referral.age = referral.age ?? birthDate?.age(on: day)
        referral.outwardCode = referral.outwardCode ?? postcode?.outward
        referral.identity.birthDate = referral.identity.birthDate ?? birthDate?.iso
        referral.identity.postcode = referral.identity.postcode ?? postcode?.text
        referral.answers.merge(coded) { said, _ in said }
    }

    /// The command that gives them to a case; nil when there is no referral to answer for.
    ///
    /// What the referral says already is left out, so that an answer given twice is not refused.
    /// The birth date and the postcode themselves go to the person's sealed identity; the event
    /// carries the age on the day of the referral and the outward code.
    package func command(for file: CaseFile) -> Command? {
        guard let said = file.case.referral else { return nil }
        var filled = said
        fill(&filled, on: file.case[.referred] ?? file.today)
        var fields = ReferralAnswered()
        fields.condition = Self.new(filled.condition, said.condition)
        fields.employmentStatus = Self.new(filled.employmentStatus, said.employmentStatus)
        fields.benefit = Self.new(filled.benefit, said.benefit)
        fields.gender = Self.new(filled.gender, said.gender)
        fields.ethnicity = Self.new(filled.ethnicity, said.ethnicity)
        fields.practice = Self.new(filled.practice, said.practice)
        fields.jobcentre = Self.new(filled.jobcentre, said.jobcentre)
        fields.age = Self.new(filled.age, said.age)
        fields.outwardCode = Self.new(filled.outwardCode, said.outwardCode)
        fields.answers = filled.answers.filter { said.answers[$0.key] == nil }
        var command = Command(.referralAnswered(fields), on: file.today)
        if birthDate != nil || postcode != nil {
            var identity = Identity()
            identity.birthDate = birthDate?.iso
            identity.postcode = postcode?.text
            command.identity = identity
        }
        return command
    }

    /// What a referral says otherwise, as a correction of it; nil where nothing is to be corrected.
    package func correction(of said: ReferralReceived) -> ReferralAnswered? {
        var corrects: [String] = []
        func right(_ name: String, _ now: String?) -> String? {
            guard let now, now != said.said(name) else { return nil }
            corrects.append(name)
            return now
        }
        var fields = ReferralAnswered()
        fields.condition = right("condition", condition)
        fields.employmentStatus = right("employment_status", employmentStatus)
        fields.benefit = right("benefit", benefit)
        fields.gender = right("gender", gender)
        fields.ethnicity = right("ethnicity", ethnicity)
        fields.practice = right("gp_practice", practice)
        fields.jobcentre = right("jobcentre", jobcentre)
        for (question, answer) in coded.sorted(by: { $0.key < $1.key }) {
            if let answer = right(question, answer) { fields.answers[question] = answer }
        }
        fields.corrects = corrects
        return corrects.isEmpty ? nil : fields
    }

    private static func new<Value: Equatable>(_ now: Value?, _ before: Value?) -> Value? {
        now == before ? nil : now
    }
}
