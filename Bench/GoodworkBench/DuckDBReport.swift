import Foundation

/// Counts the report by SQL in DuckDB, over the exported facts held in memory, by way of Python.
enum DuckDBReport {
    /// A statement and the table that it reads: `texts` or `enums`, with the codes as either.
    private struct Query: Codable {
        var name: String
        var sql: String
    }

    static func figures(_ options: BenchOptions) throws -> Figures {
        var queries: [Query] = []
        for table in ["texts", "enums"] {
            for shape in [ReportSQL.Shape.filters, .groups] {
                let report = ReportSQL(dialect: .duckdb, shape: shape, answersInColumns: true)
                queries.append(
                    Query(name: "\(table)_\(shape)_seconds", sql: report.text(table: table))
                )
            }
        }
        try JSONEncoder().encode(queries)
            .write(to: URL(fileURLWithPath: options.path("queries.json")))
        try Process.finish(
            options.python,
            ["Bench/duckdb_report.py", options.files],
            quietly: true
        )
        return try Figures(path: options.path("duckdb.figures"))
    }
}
