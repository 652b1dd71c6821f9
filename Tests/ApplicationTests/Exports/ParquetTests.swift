import Application
import Foundation
import Kernel
import Measures
import TestSupport
import Testing

/// Parquet as DuckDB reads it.
@Suite(.timeLimit(.minutes(10))) struct ParquetTests {
    /// What a query over the file, which it calls `given`, prints, a row a line.
    static func ask(_ file: ExportedFile, _ query: String) async throws -> [String] {
        let script = """
            import sys, duckdb
            base = duckdb.connect()
            given = base.read_parquet(sys.argv[1])
            for row in base.sql('''\(query)''').fetchall(): print(*row, sep="|")
            """
        return try await PressTests.read(file.bytes, script)
            .split(separator: "\n").map(String.init)
    }

    @Test("Facts: a case a row, each column with its type; what is blank is null")
    func facts() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = Self.pressing(installation)
            try await ReleaseTests.refer(6, installation, from: 1)
            let (file, cases) = try await goodwork.exportFacts(
                ReleaseTests.id,
                as: .parquet,
                purpose: "a test",
                by: ReleaseTests.actor(.analyst)
            )
            #expect(cases == 6)
            #expect(file.name == "workwell-manchester-facts.parquet")
            let described = try await Self.ask(
                file,
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM given)"
            )
            let rules = try await goodwork.reportProgramme(ReleaseTests.id)
            let types = [
                "text": "VARCHAR", "date": "DATE", "integer": "BIGINT", "tokens": "VARCHAR[]",
                "instant": "TIMESTAMP WITH TIME ZONE",
            ]
            let wanted = FactsExport.columns(for: rules).map { column in
                "\(column.name)|\(types[column.type] ?? "none for \(column.type)")"
            }
            #expect(described == wanted)
            let rows = try await Self.ask(
                file,
                """
                SELECT referred_on, closed_on, referral_source, consents, jobs, version > 0,
                    last_recorded_at IS NOT NULL FROM given ORDER BY case_id LIMIT 1
                """
            )
            #expect(rows == ["2025-05-20|None|gp|['referral:given']|[]|True|True"])
        }
    }

    @Test("A report: counts are numbers, and what is kept back is null")
    func report() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = Self.pressing(installation)
            try await ReleaseTests.refer(3, installation, from: 1)
            let file = try await goodwork.exportReport(
                ReleaseTests.question,
                as: .parquet,
                purpose: "a test",
                by: ReleaseTests.actor(.manager)
            )
            let rows = try await Self.ask(
                file,
                "SELECT row, numerator + 1, denominator, typeof(numerator), typeof(denominator), "
                    + "shown, \"group\" FROM given LIMIT 1"
            )
            #expect(rows == ["Referrals|4.0|None|DOUBLE|BIGINT|3|None"])
            let board = try await goodwork.exportReport(
                ReleaseTests.question,
                as: .parquet,
                purpose: "a test",
                by: ReleaseTests.actor(.commissioner)
            )
            let kept = try await Self.ask(
                board,
                "SELECT count(*) > 0 FROM given WHERE kept_back IS NOT NULL AND numerator IS NULL"
            )
            #expect(kept == ["True"])
        }
    }

    @Test("Without its packages nothing is made, and what to do is said")
    func missing() async throws {
        try await withInstallation(.sqlite) { installation in
            var goodwork = installation.goodwork
            goodwork.press = Press(python: "/nowhere/python", tools: Fixtures.root + "/tools")
            try await ReleaseTests.refer(1, installation, from: 1)
            let error = await #expect(throws: ServiceError.self) {
                try await goodwork.exportFacts(
                    ReleaseTests.id,
                    as: .parquet,
                    purpose: "a test",
                    by: ReleaseTests.actor(.analyst)
                )
            }
            #expect(error?.code == "press-missing")
            #expect(error?.message.contains("make venv") == true)
        }
    }

    private static func pressing(_ installation: TestInstallation) -> Goodwork {
        var goodwork = installation.goodwork
        goodwork.press = PressTests.press
        return goodwork
    }
}
