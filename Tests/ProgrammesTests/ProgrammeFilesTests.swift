import Foundation
import Kernel
import Testing

@testable import Programmes

/// The repository, found from this file.
enum Repository {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let root = tests.deletingLastPathComponent().deletingLastPathComponent()

    /// The programme files' names, without their ending, in order.
    static let programmes = [
        "fit-for-work-in-work", "fit-for-work-out-of-work", "gm-mental-health-and-employment",
        "ips-primary-care", "kickstarter", "payment-by-results", "working-better", "working-well",
        "workwell-manchester",
    ]

    static func programme(_ name: String) throws -> String {
        try String(contentsOf: root.appending(path: "programmes/\(name).yaml"), encoding: .utf8)
    }

    /// A file that stands beside this one.
    static func beside(_ name: String) throws -> String {
        try String(contentsOf: tests.appending(path: name), encoding: .utf8)
    }
}

@Suite("The programme files") struct ProgrammeFilesTests {
    @Test("Each decodes without a fault under its file's name", arguments: Repository.programmes)
    func eachDecodes(_ name: String) throws {
        let text = try Repository.programme(name)
        #expect(Programme.check(yaml: text, file: name) == [])
        let programme = try Programme(yaml: text, file: name)
        #expect(programme.id == name)
        #expect(!programme.source.isEmpty)
        #expect(programme.report?.rows.isEmpty == false)
    }

    @Test("No programme file is left out of the list above") func noneIsLeftOut() throws {
        let folder = Repository.root.appending(path: "programmes").path()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        let names = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        #expect(names.sorted() == Repository.programmes)
    }

    @Test("The tenth programme, written from the document alone, decodes without a fault")
    func tenthDecodes() throws {
        let text = try Repository.beside("tenth-programme.yaml")
        #expect(Programme.check(yaml: text, file: "tenth-programme.yaml") == [])
    }

    @Test("The example of the design decodes as it stands") func designExampleDecodes() throws {
        let text = try Repository.beside("design-example.yaml")
        let programme = try Programme(yaml: text, file: "design-example.yaml")
        #expect(programme.retentionYears == 8)
        #expect(programme.pathway.interventions.first?.unitCost == Pence(23413))
        #expect(programme.pathway.closureReasons == ClosureReason.allCases)
        #expect(programme.clocks.first?.owner == "coach")
        let rows = programme.report?.rows ?? []
        #expect(
            rows.map(\.show).map(\.form) == [
                .number, .percent, .percent, .number, .percent, .number,
            ]
        )
        #expect(rows.last?.indicator.kind == .distinct(.referrer, over: .everyone))
        #expect(rows.first?.indicator.kind == .count(.named("engaged")))
    }

    @Test("WorkWell's money and people add up as the paper prints them") func workWellAddsUp()
        throws
    {
        let programme = try Programme(yaml: Repository.programme("workwell-manchester"), file: "")
        let people = programme.strands.compactMap(\.target).reduce(0, +)
        let money = programme.strands.compactMap(\.funding).reduce(.zero, +)
        func target(_ id: String) -> Int? { programme.targets.first { $0.id == id }?.value }
        #expect(people == target("participants"))
        let funding = try #require(programme.funding)
        #expect(money + Pence(127_023_00) == funding.total)
        #expect(funding.total == Pence(1_310_012_00))
        #expect(funding.shares == FundingShares(guaranteed: 60, performance: 40))
        #expect(funding.underPerformance == .provider)
        #expect(programme.pathway.plansBeforeOnward == ["thrive-in-work", "move-into-work"])
        #expect(programme.pathway.interventions.first { $0.id == "cbt" }?.sessionsMax == 6)
    }

    @Test("Rows of the fixtures stand in the order and under the labels that the papers have")
    func labelsAreThoseExpected() throws {
        for name in [
            "kickstarter", "fit-for-work-in-work", "fit-for-work-out-of-work", "working-well",
        ] {
            let table = Repository.root.appending(path: "fixtures/\(name)/expected.csv")
            let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n")
                .dropFirst()
            let programme = try Programme(yaml: Repository.programme(name), file: name)
            let rows = programme.report?.rows ?? []
            #expect(rows.count == lines.count)
            for (row, line) in zip(rows, lines) {
                #expect(line.hasPrefix(row.row + ",") || line.hasPrefix("\"\(row.row)\","))
            }
        }
    }
}
