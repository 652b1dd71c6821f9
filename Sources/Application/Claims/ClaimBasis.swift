import Casework
import Funding
import Kernel
import Measures
import Programmes
import SQL
import Store

/// All that a quarter's claims are worked out from.
package struct ClaimBasis: Sendable {
    package var entitlements: Entitlements
    package var ledger: ClaimLedger
    /// How many steps had been taken with the programme's claims.
    var stamp: Int
    /// The latest quarter that each organisation has submitted a claim for.
    var latest: [String: Quarter]

    /// Corrections to an earlier quarter belong in the next claim, not in an earlier one.
    func check(_ quarter: Quarter, _ claimants: Set<String>) throws {
        let later = claimants.compactMap { latest[$0] }.filter { $0 > quarter }.max()
        guard let later else { return }
        throw ServiceError(
            ClaimRefusal(
                .laterQuarter,
                "\(later.uk) has been claimed already. What is missing from \(quarter.uk) comes "
                    + "with the next claim."
            )
        )
    }
}

extension Goodwork {
    /// What is due by a quarter's end by what is known now, and what stands claimed.
    package func claimBasis(
        _ programme: Programme,
        _ quarter: Quarter,
        _ figures: [ReportedFigure: Int] = [:]
    ) async throws -> ClaimBasis {
        let question = ReportQuestion(programme: programme.id)
        let table = try await facts(question, asAt: quarter.lastDay)
        var earlier: [CivilDate: FactTable] = [:]
        for year in programme.funding?.incentives.flatMap(\.years) ?? [] {
            guard let last = Quarter(year: year + 1, number: 1), last < quarter else { continue }
            earlier[last.lastDay] = try await facts(question, asAt: last.lastDay)
        }
        let (store, tables) = (store, earlier)
        return try await store.database.read { transaction in
            let kept = try store.keptPersons(in: transaction)
            var people = CasePeople(
                persons: try store.casePersons(of: programme.id, in: transaction)
                    .mapValues { kept[$0] ?? $0 }
            )
            for id in try store.movedCases(of: programme.id, in: transaction) {
                guard let header = try store.header(id: id, in: transaction) else { continue }
                let history = try store.history(header, key: nil, in: transaction)
                let moves = CasePeople.moves(of: history, in: programme)
                if !moves.isEmpty { people.moves[id] = moves }
            }
            let ledger = ClaimLedger(
                try store.ledgerEntries(of: programme.id, in: transaction),
                kept: kept
            )
            let told = try store.figures(of: programme.id, in: transaction)
                .merging(figures) { $1 }
            let entitlements = Entitlements.compute(
                programme,
                quarter: quarter,
                achievements: Achievement.find(
                    programme,
                    in: table,
                    of: people,
                    asAt: quarter.lastDay
                ),
                results: IncentiveResult.find(programme, quarter: quarter, reported: told) {
                    tables[$0] ?? table
                },
                refused: ledger.refused,
                limits: ledger.limits
            )
            let events = try store.claimEvents(programme: programme.id, in: transaction)
            let submitted = Set(events.filter { $0.move == .submit }.map(\.claim))
            var latest: [String: Quarter] = [:]
            for claim in try store.claims(of: programme.id, in: transaction)
            where submitted.contains(claim.id) {
                latest[claim.claimant] = max(latest[claim.claimant] ?? claim.quarter, claim.quarter)
            }
            return ClaimBasis(
                entitlements: entitlements,
                ledger: ledger,
                stamp: events.count,
                latest: latest
            )
        }
    }
}
