import Application
import Foundation
import Kernel
import Measures
import Programmes
import SQL
import Store

/// Counts a commissioner's whole dashboard over facts in memory, for the report's cases and for
/// 200,000 of them.
enum DashboardCounting {
    static let fewer = 200_000

    static func run(_ options: BenchOptions) async throws -> Figures {
        let goodwork = try await ManyFacts.open(options)
        let programme = try await goodwork.reportProgramme(ClientList.programme)
        let store = goodwork.store
        let (all, some) = try await store.database.read { transaction in
            var (all, some) = (FactTable(), FactTable())
            try store.eachFactsRow(programme: programme.id, in: transaction) { row in
                let facts = try store.facts(row)
                all.append(facts)
                if some.count < fewer { some.append(facts) }
            }
            return (all, some)
        }
        try await goodwork.store.database.close()
        let question = Dashboard.Question(asAt: ManyFacts.asAt)
        var figures = Figures()
        for (name, table) in [("all", all), ("some", some)] {
            figures["\(name)_cases"] = Double(table.count)
            figures["\(name)_seconds"] = Stopwatch.median(of: 21, after: 5) {
                _ = Dashboard.evaluate(programme: programme, table: table, question: question)
            }
        }
        return figures
    }
}

extension Results {
    /// How long a dashboard takes, in words.
    func dashboardText() throws -> String {
        let parts = try ["some", "all"].map { name in
            let milliseconds = try dashboard.need("\(name)_seconds") * 1000
            return "  over \(Int(try dashboard.need("\(name)_cases"))) cases: "
                + "\(Int(milliseconds.rounded())) ms"
        }
        return
            "A commissioner's dashboard, counted in memory, the median of 21 (goal: under 100 ms over "
            + "200000)\n" + parts.joined(separator: "\n")
    }
}
