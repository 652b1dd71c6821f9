import Casework
import Kernel
import Programmes

/// Answers that were missing at referral, given later.
package struct ReferralAnswers: Sendable, Hashable {
    package var condition: String?
    package var employmentStatus: String?
    package var benefit: String?
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
    /// It puts the filled referral in the place of the one that stands, so it needs the identity
    /// that stood there. Once the event `referral.answered` is here, this is the one place that
    /// makes the command: `Command(.referralAnswered(fields), on: file.today)`.
    package func command(for file: CaseFile) -> Command? {
        let line = file.lines.last { line in
            guard line.voidedAt == nil else { return false }
            if case .referralReceived = line.event.body { return true }
            return false
        }
        guard let event = line?.event, case .referralReceived(var referral) = event.body,
            let identity = file.identity
        else { return nil }
        referral.identity = identity
        fill(&referral, on: event.occurredOn)
        return Command(
            entries: [
                Command.Entry(
                    body: .referralReceived(referral),
                    on: event.occurredOn,
                    key: event.key,
                    replaces: event.id
                )
            ],
            voids: [Command.Void(event: event.id, reason: "answered-later")]
        )
    }
}
