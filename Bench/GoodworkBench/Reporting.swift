import Application
import Foundation
import Kernel
import Measures
import Programmes
import SQL
import Store

/// Loads the facts into memory and counts the report over them, as `goodwork report` does.
enum Reporting {
    static func run(_ options: BenchOptions) async throws -> Figures {
        let goodwork = try await ManyFacts.open(options)
        let question = ReportQuestion(programme: ClientList.programme, asAt: ManyFacts.asAt)
        let programme = try await goodwork.reportProgramme(ClientList.programme)
        let request = try goodwork.request(question, programme)
        var figures = Figures()
        let (loading, table) = try await Stopwatch.seconds {
            try await goodwork.facts(question, asAt: ManyFacts.asAt)
        }
        figures["load_seconds"] = loading
        figures["cases"] = Double(table.count)
        figures["table_bytes"] = Double(table.bytes)
        figures["scanned_bytes"] = Double(scannedBytes(table))
        func report() -> ReportTable {
            ReportTable.evaluate(programme: programme, table: table, request: request)
        }
        figures["seconds"] = Stopwatch.median(of: 21, after: 5) { _ = report() }
        let rows = report().rows
        figures["rows"] = Double(rows.count)
        for (place, row) in rows.enumerated() {
            figures["row.\(place).numerator"] = row.whole.numerator.map { Double($0.numerator) }
            figures["row.\(place).divisor"] = row.whole.numerator.map { Double($0.denominator) }
            figures["row.\(place).denominator"] = row.whole.denominator.map { Double($0) }
        }
        try await goodwork.store.database.close()
        return figures
    }

    /// The bytes of the columns that the report looks at, each counted once.
    private static func scannedBytes(_ table: FactTable) -> Int {
        let dates = 4 * 2
        let codes = [CodeField.intensity, .dischargeStatus, .condition, .referrer].map { field in
            width(table) { table.code(field, row: $0) }
        }
        let sets = [SetField.answers, .clocks, .interventions].map { field in
            width(table) { table.set(field, row: $0) }
        }
        return table.count * (dates + codes.reduce(0, +) + sets.reduce(0, +))
    }

    /// The bytes of a cell of a column of codes, which depend on how many texts it holds.
    private static func width(_ table: FactTable, _ text: (Int) -> String?) -> Int {
        var texts: Set<String> = []
        for row in 0..<table.count { if let text = text(row) { texts.insert(text) } }
        return texts.count < 1 << 8 ? 1 : texts.count < 1 << 16 ? 2 : 4
    }
}
