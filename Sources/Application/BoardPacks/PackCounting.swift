import BoardPack
import Funding
import Kernel
import Measures
import Programmes
import SQL
import Store

/// What a pack is counted from: one state of the cases, and what its figures need of it.
struct PackCounting: Sendable {
    /// The name in the register of what packs show of a dashboard.
    ///
    /// Not that of the dashboards themselves: their sheets hold more counts, and would be compared with
    /// a table that hides what they show.
    static let dashboard = "board-pack-dashboard"

    /// One table of the pack with its counts for the register.
    struct Table: Sendable {
        var report: String
        var table: ReportTable
        var cells: [ReleasedCell]
    }

    var facts: FactTable
    var needs: PackNeeds
    /// The figures that need no table: plans, claims, names.
    var data: PackData

    /// The figures beside what was released before, and the tables to be entered in the register.
    ///
    /// A table of the pack counts as released for those after it.
    func counted(after known: [StoredRelease]) -> (data: PackData, tables: [Table]) {
        var data = data
        var tables: [Table] = []
        let reports: [(String, Report?, Set<Grouping?>)] = [
            (Goodwork.board, nil, needs.reports),
            (Self.dashboard, Dashboard.report(of: data.programme), needs.dashboards),
        ]
        for (name, report, groupings) in reports {
            var released = known.filter { $0.report == name }.compactMap { try? ReleasedTable($0) }
            for grouping in groupings.inOrder {
                let counted = ReportTable.evaluate(
                    programme: data.programme,
                    table: facts,
                    request: ReportRequest(asAt: data.asAt, grouping: grouping),
                    report: report,
                    control: DisclosureControl(audience: .board, released: released)
                )
                released.append(
                    ReleasedTable(
                        audience: .board,
                        asAt: data.asAt,
                        grouping: grouping,
                        cells: counted.cells
                    )
                )
                tables.append(Table(report: name, table: counted.table, cells: counted.cells))
                if name == Goodwork.board {
                    data.reports[grouping] = counted.table
                } else {
                    data.dashboards[grouping] = counted.table
                }
            }
        }
        return (data, tables)
    }
}

extension Set<Grouping?> {
    /// The whole first, then by name, so that the same pack is always counted alike.
    fileprivate var inOrder: [Grouping?] {
        sorted { ($0?.rawValue ?? "") < ($1?.rawValue ?? "") }
    }
}

extension StoredRelease {
    /// A table that leaves with a pack.
    init(
        _ counted: PackCounting.Table,
        at position: Int,
        of pack: StoredBoardPack,
        by actor: Actor
    ) {
        let table = counted.table
        self.init(
            id: "\(pack.programme)-\(position)",
            position: position,
            programme: pack.programme,
            programmeVersion: pack.programmeVersion,
            report: counted.report,
            grouping: table.grouping?.rawValue,
            asAt: table.asAt,
            knownAt: pack.knownAt,
            audience: Audience.board.rawValue,
            kind: ReleaseKind.export.rawValue,
            purpose: pack.purpose,
            at: pack.madeAt,
            by: pack.madeBy,
            organisation: actor.organisation,
            hidden: table.keptBack?.hidden ?? 0,
            figures: table.keptBack?.figures ?? 0,
            cells: ReleasedCell.text(counted.cells)
        )
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
        let asAt = settledDay(question, programme)
        guard asAt <= now.civilDateUK else {
            throw ServiceError(.invalid, "\(asAt.uk) is still to come. Say an earlier day.")
        }
        question.knownAt = now
        let facts = try await facts(question, asAt: asAt)
        var data = PackData(programme: programme, asAt: asAt, knownAt: now)
        if needs.trajectories {
            data.trajectories = Trajectory.evaluate(
                programme: programme,
                table: facts,
                asAt: asAt,
                by: programme.strands.count > 1 ? .strand : nil
            )
        }
        if needs.runs {
            let dashboard = Dashboard.evaluate(
                programme: programme,
                table: facts,
                question: Dashboard.Question(asAt: asAt)
            )
            for case .runs(let runs) in dashboard.panels.map(\.content) {
                for run in runs {
                    let parts = run.points.first?.id.split(separator: "/") ?? []
                    if parts.count == 3 { data.runs[String(parts[1])] = run }
                }
            }
        }
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
                let lines = try store.lines(of: claim.id, in: transaction)
                return PackClaims.Claim(
                    quarter: claim.quarter,
                    claimant: claim.claimant,
                    state: file.state,
                    amount: file.payable,
                    people: Set(lines.compactMap(\.key.person)).count
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
