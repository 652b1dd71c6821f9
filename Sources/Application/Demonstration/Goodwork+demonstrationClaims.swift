import Funding
import Kernel
import Programmes
import Store

extension Goodwork {
    /// Claims for the quarters that are over, made and settled by those whose work it is.
    ///
    /// The older ones are paid, those of the last quarter wait for whoever pays.
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
                try await settle(claim, cast, payer, isLast: quarter == last)
            }
            quarter = quarter.next
        }
    }

    private func settle(
        _ claim: StoredClaim,
        _ cast: DemonstrationCast,
        _ payer: Actor,
        isLast: Bool
    ) async throws {
        let managers = cast.workers(of: claim.claimant, with: .manager)
        guard let manager = managers.first.map(Actor.init) else { return }
        let (id, quarter) = (claim.id.text, claim.quarter)
        _ = try await on(quarter, 8).move(claim: id, .submit, by: manager)
        if claim.claimant == "mft" {
            _ = try await on(quarter, 12).move(
                claim: id,
                .query,
                words: "Please check line 2 against the start of support.",
                by: payer
            )
            if isLast { return }
            _ = try await on(quarter, 15).move(
                claim: id,
                .answer,
                words: "Checked: the consent and the assessment are both on record.",
                by: manager
            )
        }
        if isLast { return }
        _ = try await on(quarter, 16).sample(
            claim: id,
            size: 10,
            drawSeed: 2_026,
            by: payer,
            seed: claim.id.low
        )
        _ = try await on(quarter, 18).move(claim: id, .accept, by: payer)
        _ = try await on(quarter, 25).move(
            claim: id,
            .pay,
            words: "Demonstration payment",
            by: payer
        )
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
