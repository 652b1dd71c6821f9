import Casework
import Funding
import Kernel
import Measures
import Programmes
import SQL
import Store

/// What making a quarter's claims came to.
package struct MadeClaims: Sendable {
    package var claims: [StoredClaim]
    /// Lines that wait until another organisation gives back what it claimed.
    package var waiting: Int
    package var leftOut: [LeftOutOfClaim]
}

extension Goodwork {
    /// Drafts a quarter's claims of a programme: one for each organisation that has something to
    /// claim or to give back.
    ///
    /// A manager drafts their own organisation's; whoever pays drafts all. A draft takes the place
    /// of an earlier draft of the same organisation.
    ///
    /// - Parameter figures: figures of incentive schemes that no case can give; they are kept.
    package func makeClaims(
        _ programme: String,
        quarter: Quarter,
        figures: [ReportedFigure: Int] = [:],
        by actor: Actor,
        seed: UInt64
    ) async throws -> MadeClaims {
        try await authorise(actor, .makeClaim, on: "\(programme) \(quarter)")
        let rules = try await fundedProgramme(programme)
        let claimants = try await claimants(of: rules, for: actor)
        try check(quarter, of: rules)
        try check(figures, of: rules)
        let now = now()
        let basis = try await claimBasis(rules, quarter, figures)
        try basis.check(quarter, claimants)
        let made = basis.ledger.drafts(basis.entitlements, programmeVersion: rules.version)
        let wanted = made.drafts.filter { claimants.contains($0.claimant) }
        let store = store
        let proved = try await store.database.read { transaction in
            try wanted.map { draft in
                var draft = draft
                try draft.prove(in: rules) { id in
                    guard let header = try store.header(id: id, in: transaction) else { return nil }
                    return try store.history(header, key: nil, in: transaction)
                }
                return draft
            }
        }
        let leftOut = basis.entitlements.leftOut
        let claims = try await store.committer.submit { transaction in
            try store.lockClaims(in: transaction)
            guard try store.claimEvents(programme: programme, in: transaction).count == basis.stamp
            else {
                throw ServiceError(.conflict, "Somebody else works on these claims. Try again.")
            }
            var ids = IDMaker(seed: seed)
            for (figure, value) in figures.sorted(by: { $0.key.measure < $1.key.measure }) {
                try store.tell(
                    figure,
                    value,
                    of: programme,
                    by: actor.user,
                    at: now,
                    in: transaction
                )
            }
            let before = try store.claims(of: programme, in: transaction)
            for old in before where claimants.contains(old.claimant) {
                try withdraw(old, by: actor, at: now, in: transaction)
            }
            return try proved.map { draft in
                let same = before.filter { $0.quarter == quarter && $0.claimant == draft.claimant }
                let name = "\(programme)/\(quarter)/\(draft.claimant)/\(same.count + 1)"
                let claim = StoredClaim(
                    id: ids.make(at: now),
                    name: name,
                    programme: programme,
                    programmeVersion: rules.version,
                    quarter: quarter,
                    claimant: draft.claimant,
                    payer: rules.funding?.payer ?? "",
                    host: rules.funding?.host ?? "",
                    asAt: quarter.lastDay,
                    knownAt: now,
                    madeBy: actor.user,
                    lineCount: draft.lines.count,
                    total: draft.total,
                    waiting: made.waiting,
                    leftOut: leftOut,
                    digest: draft.lines.digest
                )
                try store.add(claim, draft.lines, in: transaction)
                return claim
            }
        }
        return MadeClaims(claims: claims, waiting: made.waiting, leftOut: leftOut)
    }

    /// A programme whose file says what is paid for.
    package func fundedProgramme(_ id: String) async throws -> Programme {
        let programme = try await reportProgramme(id)
        guard programme.funding != nil else {
            throw ServiceError(
                ClaimRefusal(
                    .noFunding,
                    "The file of \(programme.name) does not say what is paid for: "
                        + "it has no `funding`."
                )
            )
        }
        return programme
    }

    /// The organisations whose claims somebody may draft.
    ///
    /// One that has left the programme may still have something to give back.
    private func claimants(
        of programme: Programme,
        for actor: Actor
    ) async throws -> Set<String> {
        guard let funding = programme.funding else { return [] }
        let store = store
        let earlier = try await store.database.read { transaction in
            try store.claims(of: programme.id, in: transaction).map(\.claimant)
        }
        let named = programme.strands.map(\.provider) + funding.incentives.map(\.provider)
        let all = Set(named + [funding.host] + earlier)
        let own = actor.organisation
        let pays =
            actor.roles.contains(.commissioner) && [funding.payer, funding.host].contains(own)
        if actor.roles.contains(.operator) || pays { return all }
        guard all.contains(own) else {
            throw ServiceError(.notFound, "Your organisation claims nothing for \(programme.name).")
        }
        return [own]
    }

    /// A quarter's claim is made when the quarter is over.
    private func check(_ quarter: Quarter, of programme: Programme) throws {
        let after = programme.funding?.claimAfterDays ?? 0
        let from = quarter.lastDay.adding(days: after + 1)
        if let start = programme.runs.from, quarter < Quarter(holding: start) {
            throw ServiceError(
                ClaimRefusal(
                    .quarterOutside,
                    "\(programme.name) began on \(start.uk), after \(quarter.uk)."
                )
            )
        }
        guard now().civilDateUK >= from else {
            throw ServiceError(
                ClaimRefusal(
                    .quarterNotOver,
                    "The claim for \(quarter.uk) can be made from \(from.uk): claims are in arrears."
                )
            )
        }
    }

    private func check(_ figures: [ReportedFigure: Int], of programme: Programme) throws {
        let schemes = programme.funding?.incentives ?? []
        for (figure, value) in figures {
            let scheme = schemes.first { scheme in
                scheme.years.contains(figure.year)
                    && scheme.measures.contains {
                        $0.id == figure.measure && $0.source == .reported
                    }
            }
            guard scheme != nil else {
                throw ServiceError(
                    .invalid,
                    "\(figure.measure) is no reported measure of \(programme.name) in that year."
                )
            }
            guard (0...1_000_000).contains(value) else {
                throw ServiceError(
                    ClaimRefusal(.outOfRange, "A figure is 0 to 1,000,000, not \(value).")
                )
            }
        }
    }

    /// A draft that was not submitted makes way for a new one.
    private func withdraw(
        _ old: StoredClaim,
        by actor: Actor,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        let events = try store.events(of: old.id, in: transaction)
        guard try ClaimState(events) == .drafted else { return }
        let event = StoredClaimEvent(
            claim: old.id,
            sequence: events.count + 1,
            move: .withdraw,
            at: now,
            by: actor.user,
            organisation: actor.organisation
        )
        _ = try store.add(event, in: transaction)
    }
}
