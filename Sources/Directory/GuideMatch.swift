import Casework
import Kernel
import Programmes

/// Whether a service can take a person, and why.
package struct GuideMatch: Sendable {
    /// A rule that is not met, or not known.
    package struct Open: Sendable, Hashable {
        package var rule: String
        package var verdict: Verdict
        package var says: String
    }

    /// An answer that is still to be given.
    package struct Missing: Sendable, Hashable {
        /// As the question takes it: `birth_date`, or the id of a question of the service's own.
        package var id: String
        package var words: String
    }

    package var service: GuideService
    package var verdict = Verdict.met
    /// The rules that are met, by their sentences.
    package var met: [String] = []
    package var open: [Open] = []
    package var missing: [Missing] = []

    /// Judges a service's rules over what is said of a person; nothing is kept.
    package init(_ service: GuideService, _ said: ReferralReceived) {
        self.service = service
        if let sources = service.sources, !said.source.isEmpty, !sources.contains(said.source) {
            verdict = .notMet
            let says = "\(service.name) takes no referrals from this kind of referrer."
            open.append(Open(rule: "source", verdict: .notMet, says: says))
        }
        let rules = service.rules
        let readings = Eligibility.readings(rules.eligibility, said, areas: rules.areas)
        for (rule, judged, missing) in readings {
            verdict = verdict.and(judged)
            if judged == .met {
                met.append(rule.says)
                continue
            }
            open.append(Open(rule: rule.id, verdict: judged, says: rule.says))
            for name in missing {
                let asked = rules.asks.asked(byMissing: name)
                let id = asked?.id ?? name
                if self.missing.contains(where: { $0.id == id }) { continue }
                let words = asked?.question ?? Words.plain(name)
                self.missing.append(Missing(id: id, words: words))
            }
        }
    }
}

extension Guide {
    /// Every service that takes people on a day, and whether it can take this one: those that can
    /// first, then those not known yet, with the fewest answers missing first, then the others.
    package func matches(
        _ said: ReferralReceived,
        on day: CivilDate,
        among isWanted: (GuideService) -> Bool = { _ in true }
    ) -> [GuideMatch] {
        let all = services.filter { $0.isOpen(on: day) && isWanted($0) }
            .map { GuideMatch($0, said) }
        return [Verdict.met, .notKnown, .notMet].flatMap { verdict in
            all.filter { $0.verdict == verdict }.enumerated().sorted { one, other in
                (one.element.missing.count, one.offset)
                    < (other.element.missing.count, other.offset)
            }
            .map(\.element)
        }
    }
}

extension GuideService {
    /// Whether a rule about where people live rules a postcode out.
    func rulesOut(outward: String) -> Bool {
        var said = ReferralReceived()
        said.outwardCode = outward
        let about = rules.eligibility.filter { $0.require.isAboutResidence }
        return Eligibility.readings(about, said, areas: rules.areas).contains {
            $0.verdict == .notMet
        }
    }
}

extension Condition {
    /// Whether it asks where somebody lives, whatever else it asks.
    fileprivate var isAboutResidence: Bool {
        switch self {
        case .residence: true
        case .all(let parts), .any(let parts): parts.contains(where: \.isAboutResidence)
        case .not(let part): part.isAboutResidence
        default: false
        }
    }
}
