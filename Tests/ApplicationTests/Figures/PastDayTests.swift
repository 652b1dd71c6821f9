import Application
import Casework
import Kernel
import TestSupport
import Testing

/// A figure of a day to come would count what has not happened.
@Suite struct PastDayTests {
    private typealias Ask = @Sendable (Goodwork, CivilDate, Actor) async throws -> Void

    private static let report: Ask = { goodwork, day, actor in
        let question = ReportQuestion(programme: "workwell-manchester", asAt: day)
        _ = try await goodwork.report(question, by: actor)
    }
    private static let dashboard: Ask = { goodwork, day, actor in
        let question = DashboardQuestion(programme: "workwell-manchester", asAt: day)
        _ = try await goodwork.dashboard(question, by: actor)
    }
    private static let trajectory: Ask = { goodwork, day, actor in
        let question = ReportQuestion(programme: "workwell-manchester", asAt: day)
        _ = try await goodwork.trajectory(question, by: nil, for: actor)
    }
    private static let asked = [
        (ask: report, actor: team), (report, board), (dashboard, team), (dashboard, board),
        (trajectory, team),
    ]

    private static let team = Actor(user: "m", organisation: "big-life", role: .manager)
    private static let board = Actor(user: "c", organisation: "nhs-gm", role: .commissioner)

    @Test("Every figure is refused for tomorrow, and told for today", arguments: asked.indices)
    func tomorrow(_ place: Int) async throws {
        let (ask, actor) = Self.asked[place]
        try await withInstallation(.sqlite) { installation in
            let today = installation.today
            try await ask(installation.goodwork, today, actor)
            let refused = await #expect(throws: ServiceError.self) {
                try await ask(installation.goodwork, today.adding(days: 1), actor)
            }
            #expect(refused?.kind == .invalid)
            #expect(refused?.message.contains("is still to come") == true)
        }
    }
}
