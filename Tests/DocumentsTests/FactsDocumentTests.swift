import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import Testing

/// Holds the documents that are published contracts to the code.
@Suite struct DocumentsTests {
    static func document(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    }

    /// The rows of a document's tables whose first cell is code: that cell's text, and the others.
    static func rows(of document: String) throws -> [String: [String]] {
        var found: [String: [String]] = [:]
        for line in try self.document(document).split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            found[cells[0].trimmingCharacters(in: ["`"])] = Array(cells.dropFirst())
        }
        return found
    }

    @Test func `docs facts has each column, with the type and the words of the code`() throws {
        let rows = try Self.rows(of: "docs/facts.md")
        let programme = try Programme(
            yaml: Self.document("programmes/working-well.yaml"),
            file: "working-well.yaml"
        )
        let columns = FactsExport.columns(for: programme).filter { !$0.name.hasPrefix("answer_") }
        for column in columns {
            let row = try #require(rows[column.name], "\(column.name) is not described")
            #expect(row == [column.type, column.says], "\(column.name)")
        }
        let stored = Set(FactsColumns.names)
        #expect(Set(rows.keys) == Set(columns.map(\.name)).union(stored))
    }

    @Test func `docs refusals has each reason and no other`() throws {
        let rows = try Self.rows(of: "docs/refusals.md")
        #expect(Set(rows.keys) == Set(Refusal.Reason.allCases.map(\.rawValue)))
    }

    @Test func `docs events has each type of event and no other`() throws {
        let rows = try Self.rows(of: "docs/events.md")
        #expect(Set(rows.keys) == Set(EventKind.allCases.map(\.rawValue)))
    }

    @Test func `docs client lists has each column of each file, with its words`() throws {
        let text = try Self.document("docs/client-lists.md")
        let files = [
            ("referrals.csv", ListColumns.referrals), ("onward.csv", ListColumns.onward),
            ("jobs.csv", ListColumns.jobs), ("activities.csv", ListColumns.activities),
        ]
        for (file, columns) in files {
            #expect(text.contains("## \(file)"))
            for column in columns {
                let needed = column.isRequired ? "yes" : ""
                let row = "| `\(column.name)` | \(needed) | \(column.says) |"
                #expect(text.contains(row), "\(file): \(row)")
            }
        }
    }
}
