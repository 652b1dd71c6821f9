import Casework
import FHIRModel
import Kernel

/// What a person said, as a Consent tells it.
struct IncomingConsent {
    var scopes: [ConsentScope]
    var isGiven: Bool
    /// When it was said; nil where the Consent does not tell.
    var time: FHIRTime?
    var element: FHIRElement

    /// Whether this was certainly said after another.
    func isAfter(_ other: IncomingConsent) -> Bool {
        guard let start = time?.start, let end = other.time?.end else { return false }
        return start >= end
    }

    /// The refusal that holds among several words on one scope: one that no agreement came after.
    ///
    /// Where it is not certain which was the last, nobody is taken to have agreed.
    static func refusal(among words: [IncomingConsent]) -> IncomingConsent? {
        words.first { refusal in
            !refusal.isGiven && !words.contains { $0.isGiven && $0.isAfter(refusal) }
        }
    }
}

extension Incoming {
    /// Rules of v3-ActCode by which a person says no.
    private static let refusing: Set<String> = ["OPTOUT", "OPTOUTE", "EMRGONLY"]
    /// One by which they agree to a part, of which only the part may be kept.
    private static let restricted = "OPTINR"

    /// The scopes that a consent is for; without a purpose of ours, to be referred.
    ///
    /// A yes stands only where every part of it says so, and limits nothing that is not kept here.
    mutating func consent(_ consent: FHIRElement, on today: CivilDate) -> IncomingConsent? {
        let status = consent["status"]
        guard ["active", "rejected", "inactive"].contains(status?.text) else {
            fault(.businessRule, status, "A consent is active, rejected or inactive.")
            return nil
        }
        let provision = consent["provision"]
        let rules = consent["policyRule"]?.codings.map { $0.code } ?? []
        let isRefused =
            provision?["type"]?.text == "deny" || rules.contains { Self.refusing.contains($0) }
        let isGiven = status?.text == "active" && !isRefused
        // A no stands whatever limits it.
        if isGiven { checkLimits(consent, rules, on: today) }
        return IncomingConsent(
            scopes: scopes(of: consent),
            isGiven: isGiven,
            time: consent["dateTime"]?.time,
            element: consent
        )
    }

    /// A yes to a part, or for a time, would be kept as a whole one.
    private mutating func checkLimits(
        _ consent: FHIRElement,
        _ rules: [String],
        on today: CivilDate
    ) {
        if rules.contains(Self.restricted) {
            let says = "An agreement with restrictions is not kept: send one for each purpose."
            fault(.businessRule, consent["policyRule"], says)
        }
        let provision = consent["provision"]
        if let exception = provision?["provision"] {
            let says = "An exception within a consent is not kept: send one for each purpose."
            fault(.businessRule, exception, says)
        }
        checkPeriod(provision?["period"], on: today)
    }

    /// What holds no more, or not yet, says nothing of today.
    private mutating func checkPeriod(_ period: FHIRElement?, on today: CivilDate) {
        if let start = period?["start"], let first = start.time?.firstDay, first > today {
            fault(.businessRule, start, "This consent begins on \(first.uk): send it then.")
        }
        if let end = period?["end"], let last = end.time?.lastDay, last < today {
            fault(.businessRule, end, "This consent ended on \(last.uk): ask the person anew.")
        }
    }

    private mutating func scopes(of consent: FHIRElement) -> [ConsentScope] {
        let purposes = consent["provision"]?.all("purpose") ?? []
        var scopes: [ConsentScope] = []
        for purpose in purposes where purpose["system"]?.text == Systems.code("consent-scope") {
            guard let scope = purpose["code"]?.text.flatMap({ ConsentScope(rawValue: $0) }) else {
                let known = ConsentScope.allCases.map(\.rawValue).joined(separator: ", ")
                fault(.codeInvalid, purpose, "A purpose is one of \(known).")
                continue
            }
            scopes.append(scope)
        }
        if !scopes.isEmpty { return scopes }
        let about = consent["scope"]
        if let code = about?.code(of: Systems.consentScope), ["adr", "research"].contains(code) {
            fault(.businessRule, about, "This is a consent to \(code): name a purpose of ours.")
        }
        return [.referral]
    }
}

extension FHIRTime {
    /// The first day of it in the United Kingdom.
    var firstDay: CivilDate { day ?? start.civilDateUK }

    /// The last day of it in the United Kingdom.
    var lastDay: CivilDate { day ?? end.adding(milliseconds: -1).civilDateUK }
}
