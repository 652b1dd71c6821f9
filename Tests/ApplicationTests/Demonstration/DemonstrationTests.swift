import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

@Suite struct DemonstrationTests {
    @Test func look() async throws {
        try await withFreshDatabase(.sqlite) { database in
            let clock = TestClock(Instant(milliseconds: 1_795_330_800_000))
            let installation = try await TestInstallation(database, clock: clock)
            let started = ContinuousClock.now
            let result = try await installation.goodwork.makeDemonstration(Demonstration(cases: 2_000))
            print("took", ContinuousClock.now - started, result.cases, result.events)
            for refusal in result.refusals.prefix(30) { print(refusal) }
            print(result.refusals.count, "refusals")
            let queries = [
                "SELECT state || ' ' || coalesce(closure_reason, ''), count(*) FROM cases GROUP BY 1 ORDER BY 2 DESC",
                "SELECT coalesce(provider, '-') || ' ' || coalesce(coach, '-') || ' overdue ' || sum(CASE WHEN next_due_on < '2026-11-22' THEN 1 ELSE 0 END) || ' today ' || sum(CASE WHEN next_due_on = '2026-11-22' THEN 1 ELSE 0 END), count(*) FROM cases WHERE closed_on IS NULL GROUP BY provider, coach ORDER BY provider",
                "SELECT strand, count(*) FROM cases GROUP BY 1",
                "SELECT coalesce(next_kind, '-') || CASE WHEN next_due_on < '2026-11-22' THEN ' overdue' ELSE '' END, count(*) FROM cases GROUP BY 1",
                "SELECT 'risk', count(*) FROM cases WHERE at_risk = 1",
                "SELECT kind || ' ' || due_on, count(*) FROM work_items WHERE due_on BETWEEN '2026-11-10' AND '2026-12-05' GROUP BY 1 ORDER BY 1",
                "SELECT coalesce(referrer,'-') , count(*) FROM cases GROUP BY 1",
            ]
            for query in queries {
                try await database.read { transaction in
                    try transaction.query(Statement(query), []) { print(try $0.text(0), try $0.int(1)) }
                }
                print("--")
            }
            let table = try await installation.goodwork.report(ReportQuestion(programme: "workwell-manchester"), by: installation.actor)
            for row in table.rows { print(row) }
            print(try await installation.problems())
        }
    }
}
