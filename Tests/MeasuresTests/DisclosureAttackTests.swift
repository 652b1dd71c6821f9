import Foundation
import Kernel
import TestPrograms
import Testing

@testable import Measures

/// Hidden counts are attacked with whole-number programming, by scipy.
@Suite("Attacks on tables")
struct DisclosureAttackTests {
    @Test("Nothing hidden is recovered, from totals and up to three earlier releases")
    func resists() async throws {
        var tables = RandomTables(seed: 4)
        let cases = (0..<40).map { _ in tables.released() }
        let found = try await Attack.run(cases)
        #expect(Attack.words(found) == "")
        // Where safety cannot be proved everything is hidden: that must stay rare.
        let unproven = cases.map(\.unproven).reduce(0, +)
        let hidden = cases.flatMap(\.releases).map { $0.isHidden.count { $0 } }.reduce(0, +)
        #expect(unproven * 100 < hidden)
    }

    @Test("Without hiding further counts, hidden ones are recovered")
    func attackWorks() async throws {
        var tables = RandomTables(seed: 4)
        let cases = (0..<10).map { _ in tables.released(secondary: false) }
        let found = try await Attack.run(cases)
        let broken = found.count { !$0.isEmpty }
        #expect(broken > 5)
    }
}

/// Runs tools/attack-tables.py.
enum Attack {
    struct Found: Decodable {
        var release: Int
        var cell: Int
        var value: Int
        var width: Int
        var difference: Bool?
    }

    static func run(_ cases: [RandomTables.Case]) async throws -> [[Found]] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("attack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let problems = folder.appendingPathComponent("problems.json")
        let answer = folder.appendingPathComponent("found.json")
        try Data(json(cases).utf8).write(to: problems)
        try await TestProgram.python("tools/attack-tables.py", problems.path, answer.path)
        return try JSONDecoder().decode([[Found]].self, from: Data(contentsOf: answer))
    }

    /// The tables as a reader has them, with the true counts to judge by.
    static func json(_ cases: [RandomTables.Case]) -> String {
        func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ",") + "]" }
        return list(
            cases.map { one in
                let cells = one.system.cells.map {
                    "{\"prints\":\($0.prints),\"small\":\($0.smallMax)}"
                }
                let sums = one.system.sums.map {
                    list(["\($0.total)", list($0.parts.map(String.init))])
                }
                let releases = one.releases.map { release in
                    let values = release.values.map { $0.map(String.init) ?? "null" }
                    let shown = zip(release.values, release.isHidden).map { value, isHidden in
                        isHidden ? "null" : value.map { "\(release.method.shown($0))" } ?? "null"
                    }
                    return "{\"method\":\"\(release.method)\","
                        + "\"values\":\(list(values)),\"shown\":\(list(shown)),"
                        + "\"hidden\":\(list(release.isHidden.map { "\($0)" })),"
                        + "\"withheld\":\(list(release.isWithheld.map { "\($0)" }))}"
                }
                return "{\"cells\":\(list(cells)),\"sums\":\(list(sums)),"
                    + "\"releases\":\(list(releases)),\"now\":\(one.releases.count - 1)"
                    + (one.attacksMax.map { ",\"most\":\($0)" } ?? "") + "}"
            }
        )
    }

    static func words(_ found: [[Found]]) -> String {
        found.enumerated().filter { !$0.element.isEmpty }
            .map { "table \($0.offset): \($0.element)" }.joined(separator: "\n")
    }
}
