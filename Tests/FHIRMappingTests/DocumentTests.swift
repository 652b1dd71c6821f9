import Foundation
import Kernel
import Testing

@testable import FHIRMapping

/// docs/fhir.md beside the code.
@Suite struct DocumentTests {
    private static func document() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/fhir.md"), encoding: .utf8)
    }

    @Test func `the table of moves is that of the code`() throws {
        let section = try #require(
            Self.document().split(separator: "\n## ").first { $0.hasPrefix("Moving a Task") }
        )
        var told: Set<TaskEdges.Edge> = []
        for line in section.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { continue }
            let parties: Set<TaskParty> =
                cells[2] == "either"
                ? [.requester, .provider] : Set([TaskParty(rawValue: cells[2])].compactMap { $0 })
            guard !parties.isEmpty else { continue }
            let from = TaskStatus.allCases.filter { status in
                cells[0] == "any that is not over"
                    ? !status.isOver : status.rawValue == cells[0]
            }
            for to in cells[1].components(separatedBy: ", ") {
                let status = try #require(TaskStatus(rawValue: to), "\(to)")
                for from in from {
                    told.insert(TaskEdges.Edge(from: from, to: status, parties: parties))
                }
            }
        }
        // Nothing comes of one that is over, whatever its edge.
        #expect(told == Set(TaskEdges.all.filter { !$0.from.isOver }))
    }

    @Test func `every resource and business status is told`() throws {
        let text = try Self.document()
        for resource in Capability.resources {
            #expect(text.contains(resource.type), "\(resource.type)")
        }
        for status in BusinessStatus.allCases {
            #expect(text.contains(status.rawValue), "\(status.rawValue)")
        }
        for type in CaseEntry.types { #expect(text.contains("| \(type) |"), "\(type)") }
    }
}
