import Application
import Measures
import TestSupport
import Testing

/// The papers' tables, from the client lists, cell by cell.
@Suite struct GoldenTests {
    @Test("A fixture's list adds up to the table that the paper printed", arguments: Fixtures.ids)
    func reportsReproduceThePapers(_ id: String) async throws {
        let expected = try Fixtures.expected(id)
        try #require(!expected.isEmpty)
        for backend in Backend.allCases {
            try await withInstallation(backend) { installation in
                let result = try await installation.importList(Fixtures.list(id), id)
                #expect(result.rows == result.added)
                let table = try await installation.goodwork.report(
                    ReportQuestion(programme: id),
                    by: installation.actor
                )
                let cells = try ReportCSV.rows(table).map { Array($0.prefix(4)) }
                #expect(cells.count == expected.count, "\(backend)")
                for (found, wanted) in zip(cells, expected) {
                    #expect(found == wanted, "\(backend)")
                }
            }
        }
    }

    @Test("Every figure that a paper printed agrees, or its file says why not")
    func verdictsAgree() async throws {
        // Arithmetic gives other figures than the paper's 96%: see the fixtures' README.
        let knownToDiffer = [
            "Attached (attended at least one appointment)",
            "Attached, of those whose first appointment has passed",
        ]
        try await withInstallation(.sqlite) { installation in
            for id in Fixtures.ids {
                try await installation.importList(Fixtures.list(id), id)
                let table = try await installation.goodwork.report(
                    ReportQuestion(programme: id),
                    by: installation.actor
                )
                for row in table.rows where row.verdict?.hasPrefix("differs") == true {
                    #expect(knownToDiffer.contains(row.label), "\(id): \(row)")
                }
            }
            let problems = try await installation.problems()
            #expect(problems == [])
        }
    }
}

/// Reads a report's CSV back.
enum ReportCSV {
    static func rows(_ table: ReportTable) throws -> [[String]] {
        var file = try CSVFile(bytes: Array(table.csv.utf8))
        var rows: [[String]] = []
        while try file.next() { rows.append((0..<file.count).map { file.field($0) }) }
        return rows
    }
}
