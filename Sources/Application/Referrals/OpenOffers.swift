import Casework
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// The programmes that take referrals on a day, in order; a file with faults is left out.
    package func programmesOpen(on day: CivilDate) async throws -> [Programme] {
        try await currentProgrammes().filter { $0.isOpen(on: day) }
    }

    /// What referring begins with: the programmes that take referrals on a day, and how the actor's
    /// organisation referred the last time; nil when it has not referred yet.
    package func referring(
        by actor: Actor,
        on day: CivilDate
    ) async throws -> (open: [Programme], last: LastReferral?) {
        let (store, library) = (store, library)
        return try await store.database.look { transaction in
            let open = try library.open(on: day, store: store, in: transaction)
            let last = try store.lastReferral(of: actor.organisation, in: transaction)
            return (open, last)
        }
    }

    /// One offer for each strand that takes referrals from this kind of referrer on the day.
    ///
    /// Nothing is kept, and nobody is looked up.
    ///
    /// - Returns: those that are met first, then those not known yet, then those not met; within
    ///   each in the order of the programmes, and there the fewest answers missing first.
    package func offers(
        for referral: ReferralReceived,
        in programmes: [Programme],
        on day: CivilDate
    ) -> [Offer] {
        let taking = programmes.filter { $0.takes(referral.source) }
        let place = Dictionary(
            uniqueKeysWithValues: taking.enumerated().map { ($1.id, $0) }
        )
        return Offers.of(referral, in: taking, on: day).enumerated()
            .map { offset, offer in
                let ranks = (
                    offer.verdict.rank, place[offer.programme] ?? 0, offer.missing.count, offset
                )
                return (ranks: ranks, offer: offer)
            }
            .sorted { $0.ranks < $1.ranks }.map(\.offer)
    }
}

extension Programme {
    /// Whether it, and one of its strands, runs on a day.
    func isOpen(on day: CivilDate) -> Bool {
        runs.contains(day) && strands.contains { $0.runs.contains(day) }
    }

    /// Whether it takes referrals from this kind of referrer; one still to be said rules none out.
    fileprivate func takes(_ source: String) -> Bool {
        source.isEmpty || referral.sources.contains { $0.id == source }
    }
}

extension Offer {
    /// The programme and the strand, as a form sends them.
    package var id: String { "\(programme)/\(strand)" }
}

extension Verdict {
    fileprivate var rank: Int {
        switch self {
        case .met: 0
        case .notKnown: 1
        case .notMet: 2
        }
    }
}
