import Foundation

/// What the phases found, and how it is told.
struct Results {
    private let options: BenchOptions
    var handling = Figures()
    var serving = Figures()
    var limits = Figures()
    var importing = Figures()
    var bare = Figures()
    var replay = Figures()
    var facts = Figures()
    var report = Figures()
    var disclosure = Figures()
    var claiming = Figures()
    var practice = Figures()
    var coding = Figures()
    var dashboard = Figures()
    var sqlite = Figures()
    var duckdb = Figures()

    init(_ options: BenchOptions) { self.options = options }

    /// Everything in words: figures first, goals last.
    func text() throws -> String {
        let parts = [
            try importText(), try reportText(), try dashboardText(), try replayText(),
            try claimText(), try practiceText(), try codingText(), try memoryText(),
            try servedText(), try limitsText(), try goalsText(),
        ]
        return parts.joined(separator: "\n\n")
    }

    // MARK: - Ratios

    /// The import's rate as a share of the bare loop's.
    private func importRatio() throws -> Double {
        try bare.need("seconds") / importing.need("seconds")
    }

    private func sqliteSeconds() throws -> Double {
        try min(sqlite.need("same_columns_seconds"), sqlite.need("answer_columns_seconds"))
    }

    private func sqliteRatio() throws -> Double {
        try sqliteSeconds() / report.need("seconds")
    }

    private func duckdbRatio() throws -> Double {
        try duckdb.need("seconds") / report.need("seconds")
    }

    // MARK: - Words

    private func importText() throws -> String {
        let cases = try bare.need("cases")
        let events = try bare.need("journal")
        let (ours, theirs) = (try importing.need("seconds"), try bare.need("seconds"))
        return """
            Import of \(cases.whole) cases, \(events.whole) events, into a new SQLite file, \
            the faster of two runs
              goodwork import (checks, decides, seals, hashes, writes)   \(rate(cases, ours))
              bare prepared statements, same rows, same durability        \(rate(cases, theirs))
              the import goes at \(try importRatio().places(2)) of the bare rate
            """
    }

    private func reportText() throws -> String {
        let ours = try report.need("seconds")
        let cases = try report.need("cases")
        func line(_ words: String, _ figures: Figures, _ name: String) throws -> String {
            let seconds = try figures.need(name)
            let name = words.padding(toLength: 58, withPad: " ", startingAt: 0)
            return "  \(name)\(milliseconds(seconds))   \((seconds / ours).places(1)) times as long"
        }
        return try [
            "Report of \(ReportSQL.rows.count) rows over \(cases.whole) cases in memory; "
                + "all counts agree",
            line("Goodwork's fact table", report, "seconds"),
            line("SQLite, the columns of the store", sqlite, "same_columns_seconds"),
            line("SQLite, a column for each answer", sqlite, "answer_columns_seconds"),
            line("DuckDB, texts, a filter for each row", duckdb, "texts_filters_seconds"),
            line("DuckDB, enums, a filter for each row", duckdb, "enums_filters_seconds"),
            line("DuckDB, texts, grouped before it is filtered", duckdb, "texts_groups_seconds"),
            line("DuckDB, enums, grouped before it is filtered", duckdb, "enums_groups_seconds"),
            "  loading: Goodwork from SQLite \(seconds(report, "load_seconds")), "
                + "DuckDB from CSV \(seconds(duckdb, "load_seconds"))",
            "  export to that CSV: \(seconds(facts, "export_seconds"))",
            disclosureText(),
        ].joined(separator: "\n")
    }

    private func disclosureText() throws -> String {
        let below5 = try disclosure.need("below5_seconds") * 1000
        let round5 = try disclosure.need("round5_seconds") * 1000
        return "  disclosure control of a table of 50 rows and 20 columns: below5 "
            + "\(below5.places(0)) ms, round5 \(round5.places(0)) ms"
    }

    private func replayText() throws -> String {
        let events = try replay.need("events")
        let (ours, theirs) = (try replay.need("seconds"), try replay.need("bare_seconds"))
        let megabytes = try replay.need("bytes") / 1_000_000
        return """
            Replay of \(events.whole) events, \(megabytes.whole) MB
              read, decoded, folded into facts   \(rate(events, ours, of: "events"))
              read only                          \(rate(events, theirs, of: "events"))
              the replay goes at \((theirs / ours).places(3)) of the rate of reading
            """
    }

    private func memoryText() throws -> String {
        let table = try report.need("table_bytes")
        let cases = try report.need("cases")
        return """
            Peak memory
              import of \(try bare.need("cases").whole) cases   \(try megabytes(importing))
              replay                    \(try megabytes(replay))
              report, with its table    \(try megabytes(report))
              SQLite in memory          \(try megabytes(sqlite))
              DuckDB                    \(try megabytes(duckdb))
              the fact table itself     \((table / 1_000_000).whole) MB, \
            \((table / cases).whole) bytes a case
            """
    }

    private func limitsText() throws -> String {
        let one = try limits.need("bytes_per_second_one")
        let all = try limits.need("bytes_per_second_all")
        let scanned = try report.need("scanned_bytes")
        let reading = try scanned / report.need("seconds")
        let flushes = try limits.need("flushes_per_second")
        let batch = Double(BareInserts.casesInBatch)
        let commits = try bare.need("cases") / batch / importing.need("seconds")
        return """
            The limits
              memory: one core \((one / 1e9).places(1)) GB/s, \
            \(try limits.need("cores").whole) cores \((all / 1e9).places(1)) GB/s
              the report reads \((scanned / 1e6).places(1)) MB of columns at \
            \((reading / 1e9).places(1)) GB/s, \((reading / all).places(2)) of that
              disk: \(flushes.whole) flushes of a 4 KiB append a second
              the import commits \(commits.places(1)) times a second, \
            \((commits / flushes).places(4)) of that
            """
    }

    private func goalsText() throws -> String {
        let bytesPerCase = try report.need("table_bytes") / report.need("cases")
        let goals =
            try [
                ("import at 0.25 of the bare rate or more", importRatio(), 0.25, true),
                ("report 10 times as fast as SQLite, or more", sqliteRatio(), 10, true),
                ("report 2 times as fast as DuckDB, or more", duckdbRatio(), 2, true),
                ("fact table of 250 bytes a case or less", bytesPerCase, 250, false),
            ] + servedGoals()
        let lines = goals.map { name, value, goal, isAtLeast in
            let met = isAtLeast ? value >= goal : value <= goal
            let name = name.padding(toLength: 46, withPad: " ", startingAt: 0)
            return "  \(met ? "met   " : "MISSED")  \(name)\(value.places(2))"
        }
        return (["Goals"] + lines).joined(separator: "\n")
    }

    private func rate(_ count: Double, _ seconds: Double, of unit: String = "cases") -> String {
        "\((count / seconds).whole) \(unit)/s (\(seconds.places(2)) s)"
    }

    private func milliseconds(_ seconds: Double) -> String {
        let text = (seconds * 1_000).places(2)
        return String(repeating: " ", count: max(0, 9 - text.count)) + text + " ms"
    }

    private func seconds(_ figures: Figures, _ name: String) throws -> String {
        "\(try figures.need(name).places(1)) s"
    }

    private func megabytes(_ figures: Figures) throws -> String {
        "\(try figures.need("peak").whole) MB"
    }
}

extension Double {
    /// The number with so many digits after the point.
    func places(_ count: Int) -> String { String(format: "%.\(count)f", self) }

    /// The nearest whole number, its thousands parted by commas.
    var whole: String { Int(rounded()).grouped }
}

extension Int {
    /// The number with its thousands parted by commas.
    var grouped: String {
        var text = ""
        for (place, digit) in String(magnitude).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + String(text.reversed())
    }
}
