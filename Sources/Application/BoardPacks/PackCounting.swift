import BoardPack
import Funding
import Kernel
import Measures
import Programmes
import SQL
import Store

/// What a pack is counted from: one state of the cases, and what its figures need of it.
struct PackCounting: Sendable {
    var facts: FactTable
    var needs: PackNeeds
    /// The figures that are in no sheet: claims, names.
    var data: PackData

    /// The figures beside what was released before, and the sheet that they are drawn from.
    func counted(after known: [KnownRelease]) throws -> (data: PackData, sheet: FigureSheet) {
        let asked = SheetQuestion(
            asAt: data.asAt,
            groupings: Set(needs.reports.compactMap { $0 })
        )
        let sheet = try asked.decided(facts, data.programme, after: known)
        var data = data
        data.draw(needs, of: facts, from: sheet)
        return (data, sheet)
    }
}

extension Goodwork {
    /// Collects what a pack is counted from.
    func counting(
        _ pack: Pack,
        asAt asked: CivilDate?,
        by actor: Actor
    ) async throws -> PackCounting {
        let programme = try await reportProgramme(pack.programme)
        let needs = pack.needs
        let now = now()
        var question = ReportQuestion(programme: programme.id, asAt: asked ?? pack.asAt)
        let asAt = try settledDay(question, programme)
        question.knownAt = now
        let facts = try await facts(question, asAt: asAt)
        var data = PackData(programme: programme, asAt: asAt, knownAt: now)
        data.rebases = try await standingRebases(of: programme.id, on: nil)
        if needs.claims { data.claims = try await packClaims(programme, by: actor) }
        let organisations = try await organisations().map { ($0.id, $0.name) }
        data.names = Dictionary(organisations) { first, _ in first }
        return PackCounting(facts: facts, needs: needs, data: data)
    }

    /// The claims of a programme, for somebody who may see all of them.
    private func packClaims(
        _ programme: Programme,
        by actor: Actor
    ) async throws -> PackClaims {
        try await authorise(actor, .readClaims, on: programme.id)
        let store = store
        return try await store.database.read { transaction in
            let claims = try store.claims(of: programme.id, in: transaction)
            let seesAll = claims.allSatisfy {
                Access.decide(actor, .readClaims, on: .claim(ClaimParties($0))) == .allowed
            }
            guard seesAll else {
                throw ServiceError(
                    .forbidden,
                    "This is not allowed: the pack sums up claims, and you may not see all of them."
                )
            }
            let told = try claims.map { claim -> PackClaims.Claim in
                let events = try store.events(of: claim.id, in: transaction)
                let file = try file(claim, events, actor, in: transaction)
                // The amount is of these lines, so it must be hidden by their people.
                let lines = try store.lines(of: claim.id, in: transaction)
                    .filter { file.rejected[$0.number] == nil }
                let moved = Dictionary(grouping: lines.filter { $0.key.person != nil }) {
                    $0.key.person
                }
                .mapValues { $0.map { max($0.amount, .zero - $0.amount) }.reduce(.zero, +) }
                return PackClaims.Claim(
                    quarter: claim.quarter,
                    claimant: claim.claimant,
                    state: file.state,
                    amount: file.payable,
                    people: Set(lines.compactMap(\.key.person)).count,
                    largest: moved.values.max() ?? .zero
                )
            }
            let ledger = ClaimLedger(
                try store.ledgerEntries(of: programme.id, in: transaction),
                kept: try store.keptPersons(in: transaction)
            )
            return PackClaims(told, people: ledger.people.count)
        }
    }
}
