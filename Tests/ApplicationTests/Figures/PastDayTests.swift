import Application
import Casework
import Kernel
import TestSupport
import Testing

/// A figure of a day to come would count what has not happened.
@Suite struct PastDayTests {
    private static let asked: [(String, @Sendable (Goodwork, CivilDate) async throws -> Void)] = [
        (
            "report",
            { goodwork, day in
                let question = ReportQuestion(programme: "workwell-manchester", asAt: day)
                _ = try await goodwork.report(question, by: team)
            }
        ),
        (
            "report for a board",
            { goodwork, day in
                let question = ReportQuestion(programme: "workwell-manchester", asAt: day)
                _ = try await goodwork.report(question, by: board)
            }
        ),
        (
            "trajectory",
            { goodwork, day in
                let question = ReportQuestion(programme: "workwell-manchester", asAt: day)
                _ = try await goodwork.trajectory(question, by: nil, for: team)
            }
        ),
        (
            "dashboard",
            { goodwork, day in
                let question = DashboardQuestion(programme: "workwell-manchester", asAt: day)
                _ = try await goodwork.dashboard(question, by: team)
            }
        ),
        (
            "dashboard for a board",
            { goodwork, day in
                let question = DashboardQuestion(programme: "workwell-manchester", asAt: day)
                _ = try await goodwork.dashboard(question, by: board)
            }
        ),
    ]

    private static let team = Actor(user: "m", organisation: "big-life", role: .manager)
    private static let board = Actor(user: "c", organisation: "nhs-gm", role: .commissioner)

    @Test("Every figure is refused for tomorrow, and told for today", arguments: asked.indices)
    func tomorrow(_ place: Int) async throws {
        let (name, ask) = Self.asked[place]
        try await withInstallation(.sqlite) { installation in
            let today = installation.today
            try await ask(installation.goodwork, today)
            let refused = await #expect(throws: ServiceError.self, "\(name)") {
                try await ask(installation.goodwork, today.adding(days: 1))
            }
            #expect(refused?.kind == .invalid)
            #expect(refused?.message.contains("is still to come") == true)
        }
    }
}
