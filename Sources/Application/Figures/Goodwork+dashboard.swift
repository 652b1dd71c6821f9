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
    /// Whoever manages a provider sees that provider's cases as they are. Whoever counts or pays sees the
    /// whole, from which small counts are kept back.
    package func dashboard(
        _ question: DashboardQuestion,
        by actor: Actor
    ) async throws -> (dashboard: Dashboard, programme: Programme) {
        try await authorise(actor, .report, on: "\(question.programme) dashboard")
        guard let inside = Self.asInside(question, by: actor) else {
            let programme = try await reportProgramme(question.programme)
            let looked = try await look(question, programme, by: actor)
            return (try await rebased(looked, programme, on: nil), programme)
        }
        let (programme, table, asked) = try await asked(inside)
        let dashboard = Dashboard.evaluate(programme: programme, table: table, question: asked)
        return (try await rebased(dashboard, programme, on: inside.part.provider), programme)
    }

    /// The cases behind a figure of a dashboard.
    package func open(
        _ figure: String,
        _ part: CellPart,
        of question: DashboardQuestion,
        by actor: Actor
    ) async throws -> OpenedDashboard {
        try await authorise(actor, .openFigure, on: "\(question.programme) \(figure)")
        guard let inside = Self.asInside(question, by: actor, always: true) else {
            throw ServiceError(.notFound, "There is no such figure.")
        }
        let (programme, table, asked) = try await asked(inside)
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

    /// A dashboard with its run charts drawn as was said of them.
    ///
    /// That is a reading of what is shown, and so no part of the sheet that a look is drawn from.
    private func rebased(
        _ dashboard: Dashboard,
        _ programme: Programme,
        on owner: String?
    ) async throws -> Dashboard {
        var dashboard = dashboard
        let rebases = try await standingRebases(of: programme.id, on: owner)
        dashboard.judgeRuns(by: programme, rebases: rebases)
        return dashboard
    }

    /// The provider of whose own cases the charts are that somebody asks for; nil for the programme's.
    static func chartOwner(_ question: DashboardQuestion, by actor: Actor) -> String? {
        asInside(question, by: actor)?.part.provider
    }

    /// Whether an actor sees whole programmes rather than the cases of their own organisation.
    package static func seesAllProviders(_ actor: Actor) -> Bool {
        !actor.roles.isDisjoint(with: [.commissioner, .analyst, .operator])
    }

    /// What the case team is asked, of which nothing is kept back; nil for those outside.
    ///
    /// - Parameter always: whether somebody who is of the team and also counts or pays is taken to
    ///   ask of their own cases, whatever they ask.
    private static func asInside(
        _ question: DashboardQuestion,
        by actor: Actor,
        always: Bool = false
    ) -> DashboardQuestion? {
        guard Audience.usual(for: actor) == .operational else { return nil }
        if actor.roles.contains(.operator) { return question }
        let asksOwn = question.part.provider == actor.organisation
        if seesAllProviders(actor), !asksOwn, !always { return nil }
        var own = question
        own.part.provider = actor.organisation
        return own
    }

    private func asked(
        _ question: DashboardQuestion
    ) async throws -> (Programme, FactTable, Dashboard.Question) {
        let programme = try await reportProgramme(question.programme)
        let asAt = try past(question.asAt ?? programme.report?.asAt) ?? now().civilDateUK
        let table = try await factsInMemory(of: programme.id, asAt: asAt)
        return (programme, table, Dashboard.Question(part: question.part, asAt: asAt))
    }
}
