import Casework
import Kernel
import Programmes
import SQL
import Store

/// A strand of a programme that takes referrals, and whether it could take this person.
package struct ServiceOffer: Sendable, Hashable {
    /// A rule that is not met, or not known.
    package struct Open: Sendable, Hashable {
        package var rule: String
        package var verdict: Verdict
        package var says: String
    }

    /// An answer that is still to be given.
    package struct Missing: Sendable, Hashable {
        /// As it is named in the referral: `birth_date`, or a question with underscores.
        package var id: String
        package var words: String
    }

    package var programme: String
    package var programmeName: String
    package var strand: String
    package var strandName: String
    package var provider: String
    package var verdict: Verdict
    package var open: [Open]
    package var missing: [Missing]

    /// The programme and the strand, as a form sends them.
    package var id: String { "\(programme)/\(strand)" }
}

extension Goodwork {
    /// The programmes that take referrals on a day, in order; a file with faults is left out.
    package func programmesOpen(on day: CivilDate) -> [Programme] {
        library.ids().compactMap { try? library.file($0).programme }.filter { programme in
            programme.runs.contains(day)
                && programme.strands.contains { $0.runs.contains(day) }
        }
    }

    /// One offer for each strand that takes referrals from this kind of referrer on the day.
    ///
    /// Nothing is kept, and nobody is looked up. It is shaped like `Offers.of` of Casework, which
    /// can take the place of its body.
    ///
    /// - Returns: those that are met first, then those not known yet, then those not met; within
    ///   each in the order of the programmes, and there the fewest answers missing first.
    package func offers(
        for referral: ReferralReceived,
        in programmes: [Programme],
        on day: CivilDate
    ) -> [ServiceOffer] {
        let offers = programmes.filter { $0.takes(referral.source) }.flatMap { programme in
            let strands = programme.strands.filter { $0.runs.contains(day) }
                .map { offer(for: referral, programme, $0) }
            let counts = Set(strands.map(\.missing.count)).sorted()
            return counts.flatMap { count in strands.filter { $0.missing.count == count } }
        }
        return [Verdict.met, .notKnown, .notMet].flatMap { verdict in
            offers.filter { $0.verdict == verdict }
        }
    }

    private func offer(
        for referral: ReferralReceived,
        _ programme: Programme,
        _ strand: Strand
    ) -> ServiceOffer {
        var asked = referral
        asked.strand = strand.id
        let decided = Eligibility.decide(asked, programme: programme)
        var open: [ServiceOffer.Open] = []
        for rule in programme.eligibility + strand.eligibility {
            for verdict in [Verdict.notMet, .notKnown]
            where decided.rules.contains("\(rule.id):\(verdict.rawValue)") {
                open.append(ServiceOffer.Open(rule: rule.id, verdict: verdict, says: rule.says))
            }
        }
        return ServiceOffer(
            programme: programme.id,
            programmeName: programme.name,
            strand: strand.id,
            strandName: strand.name,
            provider: strand.provider,
            verdict: decided.verdict,
            open: open,
            missing: decided.missing.map {
                ServiceOffer.Missing(id: $0, words: programme.words(ofMissing: $0))
            }
        )
    }

    /// How an organisation referred the last time; nil when it has not referred yet.
    package func lastReferral(of actor: Actor) async throws -> LastReferral? {
        let store = store
        return try await store.database.read { transaction in
            try store.lastReferral(of: actor.organisation, in: transaction)
        }
    }
}

extension Programme {
    /// Whether it takes referrals from this kind of referrer; one still to be said rules none out.
    fileprivate func takes(_ source: String) -> Bool {
        source.isEmpty || referral.sources.contains { $0.id == source }
    }

    /// What an answer that a rule misses is called: the programme's own question, or a plain name.
    package func words(ofMissing id: String) -> String {
        switch id {
        case "birth_date": "Date of birth"
        case "postcode": "Postcode"
        case "gp_practice": "GP practice"
        case "jobcentre": "Jobcentre"
        case "employment_status": "Is the person in work?"
        case "benefit": "Benefit"
        case "condition": "Main health condition"
        default: referral.asks.first { $0.id.underscored == id }?.question ?? id
        }
    }
}
