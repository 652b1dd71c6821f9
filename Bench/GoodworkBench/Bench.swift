import Foundation

/// The whole benchmark: runs the phases one after the other and prints what they found.
struct Bench {
    private let options: BenchOptions

    init(_ options: BenchOptions) { self.options = options }

    /// Runs everything.
    ///
    /// - Throws: when something cannot be run or counts differ; a missed goal is no failure.
    func run() throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: options.files)
        try manager.createDirectory(atPath: options.files, withIntermediateDirectories: true)
        defer { try? manager.removeItem(atPath: options.files) }
        // Better found missing now than at the end.
        try Process.finish(
            options.python,
            [
                "-c",
                "import cryptography, duckdb, fastapi, httptools, multipart, orjson, uvicorn, uvloop",
            ],
            quietly: true
        )
        var results = Results(options)
        results.limits = try phase(.limits, "What the machine could do at most")
        results.handling = try phase(.handling, "Timing pages without sockets")
        results.serving = try phase(.serving, "Loading the served pages, and FastAPI")
        if options.onlyServing { return print(try results.servedText()) }
        _ = try phase(.list, "Making a list of \(options.casesToImport.grouped) cases")
        // By turns, so that what else the machine does weighs on neither alone.
        for _ in 0..<2 {
            let importing = try phase(.importing, "Importing it")
            let bare = try phase(.bare, "Inserting the same rows by a bare loop")
            results.importing = try results.importing.fastest(importing)
            results.bare = try results.bare.fastest(bare)
        }
        results.replay = try phase(.replay, "Replaying the journal")
        results.facts = try phase(.facts, "Making facts of \(options.casesToReport.grouped) cases")
        results.report = try phase(.report, "Counting the report")
        results.disclosure = try phase(.disclosure, "Keeping small counts back")
        results.claiming = try phase(.claiming, "Claiming for a quarter")
        results.practice = try phase(.practice, "Importing and reporting a primary-care extract")
        results.coding = try phase(.coding, "Reading and writing JSON")
        results.dashboard = try phase(.dashboard, "Counting the dashboard")
        results.sqlite = try phase(.sqlite, "Counting it in SQLite")
        say("Counting it in DuckDB")
        results.duckdb = try DuckDBReport.figures(options)
        try ReportSQL.compare(results.sqlite, "SQLite", with: results.report)
        try ReportSQL.compare(results.duckdb, "DuckDB", with: results.report)
        print(try results.text())
    }

    private func phase(_ phase: Phase, _ words: String) throws -> Figures {
        say(words)
        return try phase.figures(options)
    }

    private func say(_ words: String) {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
    }
}
