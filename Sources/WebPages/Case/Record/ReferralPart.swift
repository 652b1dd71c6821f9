import Application
import Casework
import HTML
import Kernel
import Programmes

/// What the referral said, and what the rules made of it.
enum ReferralPart {
    @Sendable static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase), let referral = file.case.referral else { return nil }
        return details(referral, visit, file) + correction(file) + rules(file)
    }

    private static func correction(_ file: CaseFile) -> HTML {
        guard file.isOpenToChange else { return HTML() }
        return partLink(CorrectionForm.title, to: "\(file.path)/\(CorrectionForm.path)")
    }

    private static func details(
        _ referral: ReferralReceived,
        _ visit: Visit,
        _ file: CaseFile
    ) -> HTML {
        let programme = file.programme
        let source = programme.referral.sources.first { $0.id == referral.source }?.name
        var rows = Summary()
        rows.add("Referred on", file.case[.referred]?.uk)
        rows.add("Referred by", referral.referrer.map { visit.names[$0] })
        rows.add("Kind of referrer", source ?? Words.capital(referral.source))
        rows.add("Condition", referral.condition.map(ReferralQuestions.conditionName))
        rows.add("Work at referral", referral.employmentStatus.map(status))
        if file.case.employmentStatus != referral.employmentStatus {
            rows.add("Work now", file.case.employmentStatus.map(status))
        }
        rows.add("Benefit", referral.benefit.map { Words.capital($0) })
        rows.add("Age at referral", referral.age.map(String.init))
        rows.add("Gender", referral.gender.map { Words.capital($0) })
        rows.add(
            "Ethnic category",
            referral.ethnicity.map { EthnicCategory(rawValue: $0)?.name ?? $0 }
        )
        rows.add("Area", referral.outwardCode)
        rows.add("General practice", referral.practice.map { visit.names[$0] })
        rows.add("Jobcentre", referral.jobcentre.map { visit.names[$0] })
        for (id, answer) in file.case.answers.sorted(by: { $0.key < $1.key }) {
            guard let asked = programme.referral.asks.first(where: { $0.id == id }) else {
                continue
            }
            rows.add(asked.question, Words.capital(answer))
        }
        return rows.html
    }

    private static func status(_ code: String) -> String {
        EmploymentStatus(rawValue: code)?.name ?? Words.capital(code)
    }

    /// Each rule with its verdict and its sentence.
    private static func rules(_ file: CaseFile) -> HTML {
        guard let decided = file.case.eligibility, !decided.rules.isEmpty else { return HTML() }
        let known = file.programme.eligibility + file.programme.strands.flatMap(\.eligibility)
        var table = ListTable("Who the service is for", ["Rule", "Verdict"])
        for token in decided.rules {
            let halves = token.split(separator: ":", maxSplits: 1).map(String.init)
            // `rule.alternative` says by which alternative the rule before it was met.
            guard halves.count == 2, !halves[0].contains(".") else { continue }
            let rule = known.first { $0.id == halves[0] }
            table.add(HTML(rule?.says ?? Words.capital(halves[0])), mark(halves[1]))
        }
        return table.html
            + p(.class("nhsuk-hint")) {
                "Decided by version \(decided.programmeVersion) of the programme's rules."
            }
    }

    private static func mark(_ verdict: String) -> HTML {
        switch Verdict(rawValue: verdict) {
        case .met: tag("Met", .green)
        case .notMet: tag("Not met", .red)
        default: tag("Not known", .yellow)
        }
    }
}
