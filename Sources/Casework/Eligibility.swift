import Kernel
import Programmes

/// Judges the programme's named rules over what a referral says.
///
/// Three-valued: a rule is met, not met or not known (Kleene's strong logic). What is not known
/// asks for the missing answer; it never refuses.
package enum Eligibility {
    /// The verdict of every rule of the programme and of the referral's strand.
    package static func decide(
        _ referral: ReferralReceived,
        programme: Programme
    ) -> EligibilityDecided {
        var decided = EligibilityDecided()
        decided.programmeVersion = programme.version
        decided.verdict = .met
        let strand = programme.strands.first { $0.id == referral.strand }
        for rule in programme.eligibility + (strand?.eligibility ?? []) {
            var trace = Trace(referral: referral, areas: programme.areas)
            let verdict = trace.judge(rule.require)
            decided.rules.append("\(rule.id):\(verdict.rawValue)")
            if verdict == .met {
                decided.rules += trace.met.map { "\(rule.id).\($0):met" }
            } else {
                decided.says.append(rule.says)
            }
            if verdict == .notKnown {
                decided.missing += trace.missing.filter { !decided.missing.contains($0) }
            }
            decided.verdict = decided.verdict.and(verdict)
        }
        return decided
    }

    /// Each rule's verdict for one strand, and what is missing where it is not known.
    static func readings(
        _ referral: ReferralReceived,
        _ programme: Programme,
        _ strand: Strand
    ) -> [(rule: EligibilityRule, verdict: Verdict, missing: [String])] {
        readings(programme.eligibility + strand.eligibility, referral, areas: programme.areas)
    }

    /// Each rule's verdict, and what is missing where it is not known.
    package static func readings(
        _ rules: [EligibilityRule],
        _ referral: ReferralReceived,
        areas: [Area]
    ) -> [(rule: EligibilityRule, verdict: Verdict, missing: [String])] {
        rules.map { rule in
            var trace = Trace(referral: referral, areas: areas)
            let verdict = trace.judge(rule.require)
            return (rule, verdict, verdict == .notKnown ? trace.missing : [])
        }
    }

    /// The verdict of one condition.
    package static func judge(
        _ condition: Condition,
        _ referral: ReferralReceived,
        areas: [Area]
    ) -> Verdict {
        var trace = Trace(referral: referral, areas: areas)
        return trace.judge(condition)
    }
}

extension Verdict {
    /// Not met outweighs not known, which outweighs met.
    package func and(_ other: Verdict) -> Verdict {
        if self == .notMet || other == .notMet { return .notMet }
        return self == .notKnown || other == .notKnown ? .notKnown : .met
    }

    func or(_ other: Verdict) -> Verdict { (negated.and(other.negated)).negated }

    var negated: Verdict {
        switch self {
        case .met: .notMet
        case .notMet: .met
        case .notKnown: .notKnown
        }
    }
}

private struct Trace {
    let referral: ReferralReceived
    let areas: [Area]
    /// The alternatives of an `any` that were met.
    var met: [String] = []
    /// The questions without an answer.
    var missing: [String] = []

    mutating func judge(_ condition: Condition) -> Verdict {
        switch condition {
        case .all(let parts):
            var verdict = Verdict.met
            for part in parts { verdict = verdict.and(judge(part)) }
            return verdict
        case .any(let parts):
            var verdict = Verdict.notMet
            for part in parts {
                let one = judge(part)
                if one == .met, let word = part.word, !met.contains(word) { met.append(word) }
                verdict = verdict.or(one)
            }
            return verdict
        case .not(let part): return judge(part).negated
        case .age(let from, let to):
            guard let age = referral.age else { return unknown("birth_date") }
            return (age >= from ?? 0 && age <= to ?? .max) ? .met : .notMet
        case .residence(let ids):
            guard let outward = referral.outwardCode else { return unknown("postcode") }
            // Nobody can say more of whoever has no fixed abode: there is nothing to ask.
            if outward == Postcode.pseudoOutward { return .notKnown }
            return matches(ids) { $0.holds(outward: outward) }
        case .practiceArea(let ids):
            guard let practice = referral.practice else { return unknown("gp_practice") }
            return matches(ids) { $0.holds(practice: practice) }
        case .jobcentreArea(let ids):
            guard let jobcentre = referral.jobcentre else { return unknown("jobcentre") }
            return matches(ids) { $0.jobcentres.contains(jobcentre) }
        case .employmentStatus(let codes):
            let known = referral.employmentStatus.flatMap { $0 == "unknown" ? nil : $0 }
            return one(known, of: codes, asking: "employment_status")
        case .benefit(let codes): return one(referral.benefit, of: codes, asking: "benefit")
        case .condition(let codes): return one(referral.condition, of: codes, asking: "condition")
        case .source(let codes): return codes.contains(referral.source) ? .met : .notMet
        case .answer(let question, let answers):
            return one(referral.answers[question], of: answers, asking: question.underscored)
        }
    }

    private mutating func one(
        _ value: String?,
        of codes: [String],
        asking question: String
    ) -> Verdict {
        guard let value else { return unknown(question) }
        return codes.contains(value) ? .met : .notMet
    }

    private mutating func unknown(_ question: String) -> Verdict {
        if !missing.contains(question) { missing.append(question) }
        return .notKnown
    }

    private func matches(_ ids: [String], _ holds: (Area) -> Bool) -> Verdict {
        areas.contains { ids.contains($0.id) && holds($0) } ? .met : .notMet
    }
}

extension Area {
    /// Whether the outward code, or the postcode area before its digits, is in the list.
    package func holds(outward code: String) -> Bool {
        if outward.contains(code) { return true }
        let letters = code.prefix { $0.isLetter }
        return outward.contains { $0 == letters }
    }

    /// Whether the practice is listed, alone or by a beginning followed by `*`.
    package func holds(practice code: String) -> Bool {
        practices.contains { listed in
            listed.hasSuffix("*") ? code.hasPrefix(listed.dropLast()) : listed == code
        }
    }
}
