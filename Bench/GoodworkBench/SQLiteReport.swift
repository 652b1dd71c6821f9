import GRDBSQLite

/// Counts the report by SQL in SQLite, over the same facts held in memory.
enum SQLiteReport {
    static func run(_ options: BenchOptions) throws -> Figures {
        let database = try RawSQLite(path: ":memory:")
        try database.run("ATTACH '\(options.path("facts.db"))' AS stored")
        try database.run("CREATE TABLE facts AS SELECT * FROM stored.facts")
        var figures = Figures()
        figures["same_columns_seconds"] = try time(
            ReportSQL(dialect: .sqlite, shape: .filters, answersInColumns: false),
            database,
            &figures
        )
        try database.run(
            """
            CREATE TABLE exported AS SELECT *, \(answer("felt-helped")), \
            \(answer("felt-returned-earlier")) FROM facts;
            DROP TABLE facts;
            ALTER TABLE exported DROP COLUMN answers;
            ALTER TABLE exported RENAME TO facts
            """
        )
        figures["answer_columns_seconds"] = try time(
            ReportSQL(dialect: .sqlite, shape: .filters, answersInColumns: true),
            database,
            &figures
        )
        return figures
    }

    private static func time(
        _ report: ReportSQL,
        _ database: RawSQLite,
        _ figures: inout Figures
    ) throws -> Double {
        let statement = try database.prepare(report.text(table: "facts"))
        let seconds = try Stopwatch.median(of: 3, after: 1) {
            statement.reset()
            guard try statement.step() else { throw BenchError("SQLite counted nothing") }
        }
        for place in ReportSQL.amounts.indices {
            let name = "amount.\(place)"
            let amount = Double(statement.int(Int32(place)))
            guard figures[name] == nil || figures[name] == amount else {
                throw BenchError("SQLite counts \(name) in two ways")
            }
            figures[name] = amount
        }
        return seconds
    }

    /// A column with the answer to a question: yes, no or null.
    private static func answer(_ question: String) -> String {
        let cases = ["yes", "no"].map {
            "WHEN instr(' ' || answers || ' ', ' \(question):\($0) ') > 0 THEN '\($0)'"
        }
        return "CASE \(cases.joined(separator: " ")) END AS \(ReportSQL.column(question))"
    }
}
