import Application
import Kernel
import Measures
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// Limits of run charts that are reckoned anew: who may say so, of which charts, and what then stands.
@Suite struct RebaseTests {
    static let programme = "fit-for-work-in-work"
    static let question = DashboardQuestion(programme: programme)
    static let provider = "pathways-cic"

    static func actor(_ role: Role, of organisation: String = "board") -> Actor {
        Actor(user: "u-\(role.rawValue)", organisation: organisation, role: role)
    }
    static let commissioner = actor(.commissioner)
    static let analyst = actor(.analyst)
    static let manager = actor(.manager, of: provider)
    static let stranger = actor(.manager, of: "elsewhere")

    static let clinic = NewRebase(chart: "starts", month: "2014-01", reason: "A second clinic.")
    static let leaflets = NewRebase(chart: "starts", month: "2014-06", reason: "Leaflets")

    func withList(
        _ backend: Backend,
        _ body: (TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importList(ClientList(fixture: Self.programme), Self.programme)
            try await body(installation)
        }
    }

    /// The chart of starts as somebody sees it.
    func starts(
        _ goodwork: Goodwork,
        _ actor: Actor,
        _ question: DashboardQuestion = question
    ) async throws -> Dashboard.Run {
        let runs = try await goodwork.dashboard(question, by: actor).dashboard.runs
        return try #require(runs.first { $0.kind == .starts })
    }

    func parts(_ run: Dashboard.Run) -> [String] {
        run.chart.parts.map { run.chart.marks[$0.points.lowerBound].point.label }
    }

    @Test(
        "What a commissioner says stands on the programme's charts, for all who see them",
        arguments: Backend.allCases
    )
    func ofTheProgramme(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let goodwork = installation.goodwork
            let before = try await goodwork.dashboard(Self.question, by: Self.commissioner)
            let said = try await goodwork.rebase(
                Self.clinic,
                of: Self.question,
                by: Self.commissioner
            )
            #expect(said.provider == nil && said.organisation == "board")
            let reason = "A second clinic (said on 2 June 2025)"
            for actor in [Self.commissioner, Self.analyst, Self.manager, installation.actor] {
                let run = try await starts(goodwork, actor)
                #expect(parts(run).last == "January 2014", "\(actor.user)")
                #expect(run.chart.parts.last?.reason == reason)
                #expect(
                    run.chart.verdict.hasSuffix(
                        "Limits are reckoned anew from January 2014: \(reason)."
                    )
                )
                #expect(!run.chart.verdict.contains(Self.commissioner.user))
            }
            // It is a reading of the chart: the figures are as they were, and nothing was released.
            let after = try await goodwork.dashboard(Self.question, by: Self.commissioner)
            #expect(after.dashboard.figures == before.dashboard.figures)
            let register = try await goodwork.releases(by: Self.actor(.governance))
            #expect(register.count == 1)
            // Also of an earlier day, where the chart has the month; and not where it has not.
            var earlier = Self.question
            earlier.asAt = CivilDate(iso: "2014-03-31")
            #expect(try await parts(starts(goodwork, Self.manager, earlier)).last == "January 2014")
            earlier.asAt = CivilDate(iso: "2013-12-31")
            #expect(try await starts(goodwork, Self.manager, earlier).rebases == [])
            // A strand and a provider within it too.
            #expect(try await starts(goodwork, Self.stranger).rebases == [])
        }
    }

    @Test(
        "A provider's manager says it of the charts of its own cases",
        arguments: Backend.allCases
    )
    func ofAProvider(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let goodwork = installation.goodwork
            let said = try await goodwork.rebase(Self.clinic, of: Self.question, by: Self.manager)
            #expect(said.provider == Self.provider)
            #expect(try await starts(goodwork, Self.manager).rebases.count == 1)
            for actor in [Self.commissioner, Self.analyst, installation.actor] {
                #expect(try await starts(goodwork, actor).rebases == [], "\(actor.user)")
            }
            // At the command line a provider's charts can be asked for.
            var of = Self.question
            of.part.provider = Self.provider
            #expect(try await starts(goodwork, installation.actor, of).rebases.count == 1)
            #expect(try await goodwork.rebases(of: Self.question, by: Self.commissioner) == [])
            #expect(try await goodwork.rebases(of: Self.question, by: Self.stranger) == [])
            #expect(try await goodwork.rebases(of: of, by: installation.actor) == [said])
            // The commissioner does not know of it, and may say the same month of all.
            _ = try await goodwork.rebase(Self.clinic, of: Self.question, by: Self.commissioner)
            let both = try await starts(goodwork, Self.manager)
            #expect(both.rebases.count == 2 && both.chart.parts.count == 2)
        }
    }

    /// Who says it, of which charts, and what is answered: blank is that it stands.
    private static let parties = """
        role                   | organisation | charts of    | says
        commissioner           | board        |              |
        provider-manager       | pathways-cic |              |
        provider-manager       | elsewhere    |              | unknown-month
        operator               | tests        |              |
        operator               | tests        | pathways-cic |
        analyst                | board        |              | forbidden
        evaluator              | board        |              | forbidden
        administrator          | board        |              | forbidden
        information-governance | board        |              | forbidden
        coach                  | pathways-cic |              | forbidden
        referrer               | P84001       |              | forbidden
        resident               | public       |              | forbidden
        """

    @Test("Those whose chart it is may say it, and nobody else")
    func parties() async throws {
        try await withList(.sqlite) { installation in
            for row in TextTable(Self.parties).rows {
                let role = try #require(Role(rawValue: row["role"]))
                let actor = Self.actor(role, of: row["organisation"])
                var question = Self.question
                if !row["charts of"].isEmpty { question.part.provider = row["charts of"] }
                let code = try await refusal(Self.clinic, of: question, by: actor, installation)
                #expect(code ?? "" == row["says"], "\(row.cells)")
                let all = try await installation.goodwork.rebases(
                    of: Self.question,
                    by: installation.actor
                )
                #expect(all.count { $0.withdrawnAt == nil } == (row["says"].isEmpty ? 1 : 0))
                for one in all where one.withdrawnAt == nil {
                    _ = try await installation.goodwork.withdrawRebase(
                        one.id,
                        of: Self.programme,
                        by: actor
                    )
                }
            }
            // Two roles: what is seen is the whole, and that is for a commissioner to say of.
            let both = Actor(user: "b", organisation: "pathways-cic", roles: [.manager, .analyst])
            let code = try await refusal(Self.clinic, of: Self.question, by: both, installation)
            #expect(code == "forbidden")
            var own = Self.question
            own.part.provider = "pathways-cic"
            #expect(try await refusal(Self.clinic, of: own, by: both, installation) == nil)
        }
    }

    private static let refusals = """
        chart     | month   | reason   | code            | field  | says
        start     | 2014-01 | Why      | unknown-chart   | chart  | Did you mean starts?
        starts    |         | Why      | missing-value   | month  | Say from which month
        starts    | soon    | Why      | unknown-month   | month  | The chart has no such month. It has
        starts    | 2015-02 | Why      | unknown-month   | month  | to January 2015
        starts    | FIRST   | Why      | unknown-month   | month  | begin there already
        starts    | 2014-01 |          | missing-value   | reason | what changed?
        starts    | 2014-01 | LONG     | too-long        | reason | 200 characters
        starts    | 2014-06 | Other    | rebased-already | month  | June 2014 already
        """

    @Test("What cannot be is refused in words, and nothing is kept", arguments: Backend.allCases)
    func refusals(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let goodwork = installation.goodwork
            let actor = Self.commissioner
            _ = try await goodwork.rebase(Self.leaflets, of: Self.question, by: actor)
            let first = try #require(try await starts(goodwork, actor).months.first)
            for row in TextTable(Self.refusals).rows {
                let new = NewRebase(
                    chart: row["chart"],
                    month: row["month"] == "FIRST" ? first.iso : row["month"],
                    reason: row["reason"] == "LONG"
                        ? String(repeating: "long ", count: 41) : row["reason"]
                )
                let error = await #expect(throws: ServiceError.self, "\(row.cells)") {
                    _ = try await goodwork.rebase(new, of: Self.question, by: actor)
                }
                #expect(error?.code == row["code"], "\(row.cells)")
                #expect(error?.field == row["field"], "\(row.cells)")
                #expect(error?.message.contains(row["says"]) == true, "\(error?.message ?? "")")
            }
            // Sent twice, it stands once.
            _ = try await goodwork.rebase(Self.leaflets, of: Self.question, by: actor)
            #expect(try await installation.count("chart_rebases") == 1)
            #expect(
                try await refusal(Self.clinic, of: .init(programme: "no"), by: actor, installation)
                    == "not-found"
            )
        }
    }

    @Test(
        "It can be withdrawn by those whose chart it is, and said again",
        arguments: Backend.allCases
    )
    func withdrawal(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let (goodwork, question) = (installation.goodwork, Self.question)
            let whole = try await goodwork.rebase(Self.clinic, of: question, by: Self.commissioner)
            let own = try await goodwork.rebase(Self.leaflets, of: question, by: Self.manager)
            let attempts: [(String, Actor, ServiceError.Kind)] = [
                (whole.id, Self.manager, .forbidden), (whole.id, Self.analyst, .forbidden),
                (own.id, Self.commissioner, .notFound), (own.id, Self.stranger, .notFound),
                ("nothing", Self.commissioner, .notFound), ("nothing", Self.analyst, .forbidden),
            ]
            for (id, actor, kind) in attempts {
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await goodwork.withdrawRebase(id, of: Self.programme, by: actor)
                }
                #expect(error?.kind == kind, "\(id) by \(actor.user)")
            }
            #expect(try await starts(goodwork, Self.manager).chart.parts.count == 3)
            installation.clock.advance()
            let gone = try await goodwork.withdrawRebase(
                whole.id,
                of: Self.programme,
                by: Self.commissioner
            )
            #expect(gone.withdrawnAt == installation.clock.now)
            #expect(gone.withdrawnBy == Self.commissioner.user)
            #expect(try await starts(goodwork, Self.manager).chart.parts.count == 2)
            #expect(try await starts(goodwork, Self.commissioner).chart.parts.count == 1)
            // Withdrawn twice, it is as it was.
            installation.clock.advance()
            let again = try await goodwork.withdrawRebase(
                whole.id,
                of: Self.programme,
                by: Self.commissioner
            )
            #expect(again == gone)
            // The month is free again, and what was withdrawn is still told of.
            _ = try await goodwork.rebase(Self.clinic, of: question, by: Self.commissioner)
            let told = try await goodwork.rebases(of: question, by: Self.commissioner)
            #expect(told.map { $0.withdrawnAt == nil } == [false, true])
        }
    }

    /// The code of the refusal; nil where it stands.
    func refusal(
        _ new: NewRebase,
        of question: DashboardQuestion,
        by actor: Actor,
        _ installation: TestInstallation
    ) async throws -> String? {
        do {
            _ = try await installation.goodwork.rebase(new, of: question, by: actor)
            return nil
        } catch let error as ServiceError {
            return error.code
        }
    }
}
