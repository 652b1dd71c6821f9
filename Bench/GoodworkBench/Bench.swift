import Foundation

/// The whole benchmark: runs the phases one after the other and prints what they found.
struct Bench {
    private let options: BenchOptions

    init(_ options: BenchOptions) { self.options = options }

    /// Runs everything.
    ///
    /// - Returns: whether it could be run and all counts agree; a missed goal is no failure.
    func run() throws -> Bool {
        let files = FileManager.default
        try? files.removeItem(atPath: options.folder)
        try files.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: options.folder) }
        // Better found missing now than at the end.
        try Process.finish(options.python, ["-c", "import duckdb"], quietly: true)
        var results = Results(options)
        results.limits = try phase(.limits, "What the machine could do at most")
        _ = try phase(.list, "Making a list of \(options.casesToImport.grouped) cases")
        results.importing = try phase(.importing, "Importing it")
        results.bare = try phase(.bare, "Inserting the same rows by a bare loop")
        results.replay = try phase(.replay, "Replaying the journal")
        results.facts = try phase(.facts, "Making facts of \(options.casesToReport.grouped) cases")
        results.report = try phase(.report, "Counting the report")
        results.sqlite = try phase(.sqlite, "Counting it in SQLite")
        say("Counting it in DuckDB")
        results.duckdb = try DuckDBReport.figures(options)
        try ReportSQL.compare(results.sqlite, "SQLite", with: results.report)
        try ReportSQL.compare(results.duckdb, "DuckDB", with: results.report)
        print(try results.text())
        return true
    }

    private func phase(_ phase: Phase, _ words: String) throws -> Figures {
        say(words)
        return try phase.figures(options)
    }

    private func say(_ words: String) {
        FileHandle.standardError.write(Data("\(words)\n".utf8))
    }
}
