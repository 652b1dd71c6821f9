import Kernel
import Measures
import Programmes

/// What a dashboard is asked about.
package struct DashboardQuestion: Sendable, Hashable {
    package var programme: String
    package var part: ProgrammePart
    /// The day described; nil takes the programme file's, or today.
    package var asAt: CivilDate?

    package init(
        programme: String,
        part: ProgrammePart = ProgrammePart(),
        asAt: CivilDate? = nil
    ) {
        self.programme = programme
        self.part = part
        self.asAt = asAt
    }
}

/// The cases behind a figure of a dashboard, without identities.
package struct OpenedDashboard: Sendable {
    package struct Case: Sendable, Hashable {
        package var id: CaseID
        package var referredOn: CivilDate?
        package var startedOn: CivilDate?
        package var dischargedOn: CivilDate?
        package var state: String?
        package var strand: String?
        package var provider: String?
    }

    package var cases: [Case]
    /// How many there are, of which `cases` may be the first.
    package var total: Int
}

extension Goodwork {
    /// More cases than this are not listed behind a figure.
    package static let openedMax = 200

    /// Counts a dashboard.
    ///
    /// Whoever manages a provider and does no more sees that provider's cases, whatever was asked.
    package func dashboard(
        _ question: DashboardQuestion,
        by actor: Actor
    ) async throws -> (dashboard: Dashboard, programme: Programme) {
        // Small counts stand in it as they are: only for those from whom none are kept back.
        try await authorise(actor, .openFigure, on: question.programme)
        let (programme, table, asked) = try await asked(question, by: actor)
        let dashboard = Dashboard.evaluate(programme: programme, table: table, question: asked)
        return (dashboard, programme)
    }

    /// The cases behind a figure of a dashboard.
    package func open(
        _ figure: String,
        _ part: CellPart,
        of question: DashboardQuestion,
        by actor: Actor
    ) async throws -> OpenedDashboard {
        try await authorise(actor, .openFigure, on: "\(question.programme) \(figure)")
        let (programme, table, asked) = try await asked(question, by: actor)
        let found = Dashboard.open(
            figure,
            part: part,
            programme: programme,
            table: table,
            question: asked
        )
        guard let found else { throw ServiceError(.notFound, "There is no such figure.") }
        let cases = found.prefix(Self.openedMax).compactMap { id -> OpenedDashboard.Case? in
            guard let row = table.row(of: id) else { return nil }
            return OpenedDashboard.Case(
                id: id,
                referredOn: table.date(.referred, row: row),
                startedOn: table.date(.started, row: row),
                dischargedOn: table.date(.discharged, row: row),
                state: table.code(.state, row: row),
                strand: table.code(.strand, row: row),
                provider: table.code(.provider, row: row)
            )
        }
        return OpenedDashboard(cases: cases, total: found.count)
    }

    /// Whether an actor sees whole programmes rather than the cases of their own organisation.
    package static func seesAllProviders(_ actor: Actor) -> Bool {
        !actor.roles.isDisjoint(with: [.commissioner, .analyst, .operator])
    }

    private func asked(
        _ question: DashboardQuestion,
        by actor: Actor
    ) async throws -> (Programme, FactTable, Dashboard.Question) {
        let programme = try await reportProgramme(question.programme)
        let asAt = question.asAt ?? programme.report?.asAt ?? now().civilDateUK
        var part = question.part
        if !Self.seesAllProviders(actor) { part.provider = actor.organisation }
        let table = try await factsInMemory(of: programme.id, asAt: asAt)
        return (programme, table, Dashboard.Question(part: part, asAt: asAt))
    }
}
