import Kernel
import Programmes

/// A strand of a programme that takes referrals, and whether it could take this person.
package struct Offer: Sendable, Hashable {
    /// A rule that is not met, or not known.
    package struct Open: Sendable, Hashable {
        package var rule: String
        package var verdict: Verdict
        package var says: String
    }

    /// An answer that is still to be given.
    package struct Missing: Sendable, Hashable {
        /// As a referral takes it: `birth_date`, or the id of a question of the programme's own.
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
}

/// Which services could take a person: what a referral page shows while it is filled in.
package enum Offers {
    /// One offer for each strand that takes referrals on the day.
    ///
    /// - Returns: those that are met first, then those not known yet, then those not met; within
    ///   each in the order of the programmes and their strands.
    package static func of(
        _ referral: ReferralReceived,
        in programmes: [Programme],
        on day: CivilDate
    ) -> [Offer] {
        var offers: [Offer] = []
        for programme in programmes where programme.runs.contains(day) {
            for strand in programme.strands where strand.runs.contains(day) {
                offers.append(offer(referral, programme, strand))
            }
        }
        return [Verdict.met, .notKnown, .notMet].flatMap { verdict in
            offers.filter { $0.verdict == verdict }
        }
    }

    private static func offer(
        _ referral: ReferralReceived,
        _ programme: Programme,
        _ strand: Strand
    ) -> Offer {
        var offer = Offer(
            programme: programme.id,
            programmeName: programme.name,
            strand: strand.id,
            strandName: strand.name,
            provider: strand.provider,
            verdict: .met,
            open: [],
            missing: []
        )
        if !takes(programme, referral.source) {
            offer.verdict = .notMet
            let says = "\(programme.name) takes no referrals from this kind of referrer."
            offer.open.append(Offer.Open(rule: "source", verdict: .notMet, says: says))
        }
        var asked = referral
        asked.strand = strand.id
        for (rule, verdict, missing) in Eligibility.readings(asked, programme, strand) {
            offer.verdict = offer.verdict.and(verdict)
            if verdict == .met { continue }
            offer.open.append(Offer.Open(rule: rule.id, verdict: verdict, says: rule.says))
            for asked in missing {
                let id = programme.answerID(ofMissing: asked)
                if offer.missing.contains(where: { $0.id == id }) { continue }
                let words = programme.words(ofMissing: asked)
                offer.missing.append(Offer.Missing(id: id, words: words))
            }
        }
        return offer
    }

    /// A source that is still to be said rules nothing out.
    private static func takes(_ programme: Programme, _ source: String) -> Bool {
        source.isEmpty || programme.referral.sources.contains { $0.id == source }
    }
}
