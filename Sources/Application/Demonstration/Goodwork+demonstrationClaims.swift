import Funding
import Kernel
import Programmes
import Store

extension Goodwork {
    /// Claims for the quarters that are over, made and settled by those whose work it is.
    ///
    /// The older ones are paid; those of the last two quarters stand in every other state.
    func addClaims(
        _ cast: DemonstrationCast,
        _ programme: Programme,
        from day: CivilDate
    ) async throws {
        let login = DemonstrationCast.login("commissioner")
        guard let payer = cast.worker(login: login).map(Actor.init) else { return }
        let last = Quarter(holding: now().civilDateUK).previous
        var quarter = Quarter(holding: day)
        while quarter <= last {
            let made = try? await on(quarter, 7).makeClaims(
                programme.id,
                quarter: quarter,
                by: payer,
                seed: UInt64(quarter.year * 10 + quarter.number)
            )
            for claim in made?.claims ?? [] {
                let age = quarter == last ? 0 : quarter.next == last ? 1 : 2
                try await settle(claim, cast, payer, age: age)
            }
            quarter = quarter.next
        }
    }

    /// Takes a claim as far as it has come by now.
    private func settle(
        _ claim: StoredClaim,
        _ cast: DemonstrationCast,
        _ payer: Actor,
        age: Int
    ) async throws {
        let managers = cast.workers(of: claim.claimant, with: .manager)
        guard let manager = managers.first.map(Actor.init) else { return }
        // The visitor who manages Be Well has a draft to submit, and a query to answer.
        let isVisitor = claim.claimant == "big-life"
        if isVisitor, age == 0 { return }
        func step(_ days: Int, _ move: ClaimMove, _ words: String?, by actor: Actor) async throws {
            _ = try await on(claim.quarter, days).move(
                claim: claim.id.text,
                move,
                words: words,
                by: actor
            )
        }
        try await step(8, .submit, nil, by: manager)
        if claim.claimant == "mft" || (isVisitor && age == 1) {
            let question = "Please check line 2 against the start of support."
            try await step(12, .query, question, by: payer)
            if isVisitor { return }
            let answer = "Checked: the consent and the assessment are both on record."
            try await step(15, .answer, answer, by: manager)
        }
        _ = try await on(claim.quarter, 16).sample(
            claim: claim.id.text,
            size: 10,
            drawSeed: 2_026,
            by: payer,
            seed: claim.id.low
        )
        if age == 0, claim.claimant != "mft" { return }
        try await step(18, .accept, nil, by: payer)
        if age == 0 { return }
        try await step(25, .pay, "Demonstration payment", by: payer)
    }

    /// The same installation, so many days after a quarter, or now if that is earlier.
    private func on(_ quarter: Quarter, _ days: Int) -> Goodwork {
        let noon = Instant(midnightUTC: quarter.lastDay.adding(days: days))
            .adding(milliseconds: 12 * 3_600_000)
        let moment = min(noon, now())
        return Goodwork(store: store, library: library, now: { moment }, passwords: passwords)
    }
}

extension Actor {
    fileprivate init(_ worker: DemonstrationCast.Worker) {
        self.init(user: worker.id.text, organisation: worker.organisation, roles: worker.roles)
    }
}
