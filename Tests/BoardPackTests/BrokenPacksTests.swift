import Kernel
import Programmes
import Testing

@testable import BoardPack

/// One row of `broken-packs.txt`.
struct BrokenPack: Sendable, CustomTestStringConvertible {
    var what: String
    var find: [String] = []
    var replace: [String] = []
    var faults: [String] = []

    var testDescription: String { what }

    static func table(_ text: String) -> [BrokenPack] {
        var rows: [BrokenPack] = []
        for line in text.split(separator: "\n") {
            let rest = String(line.dropFirst(2))
            if line.hasPrefix("# ") {
                rows.append(BrokenPack(what: rest))
            } else if let last = rows.indices.last {
                if line.hasPrefix("- ") { rows[last].find.append(rest) }
                if line.hasPrefix("+ ") { rows[last].replace.append(rest) }
                if line.hasPrefix("> ") { rows[last].faults.append(rest) }
            }
        }
        return rows
    }
}

@Suite struct BrokenPacksTests {
    static let table = (try? beside("broken-packs.txt")).map(BrokenPack.table) ?? []

    private func check(_ text: String) throws -> [Fault] {
        let programme = try exampleProgramme()
        return Pack.check(yaml: text, file: "f", programmes: ["example", "other"]) {
            $0 == programme.id ? programme : nil
        }
    }

    @Test func `the pack that is broken below is sound before`() throws {
        #expect(try check(beside("sound-pack.yaml")) == [])
        #expect(Self.table.count >= 24)
    }

    @Test(arguments: table)
    func `each break is said with its line and column and nothing else`(row: BrokenPack) throws {
        let sound = try beside("sound-pack.yaml")
        let old = row.find.joined(separator: "\n")
        let places = sound.split(separator: old, omittingEmptySubsequences: false).count
        try #require(places == 2, "“\(old)” stands there once")
        let text = sound.replacing(old, with: row.replace.joined(separator: "\n"))
        let said = try check(text).map { String($0.description.dropFirst(2)) }
        #expect(said == row.faults)
    }

    @Test func `all faults are said at once, from the top down`() throws {
        let text = try beside("sound-pack.yaml")
            .replacing("date: 2025-04-22", with: "date: soon")
            .replacing("row: Share in work}", with: "row: Shere in work}")
            .replacing("{wait} days", with: "{wiat} days")
            .replacing("likelihood: 4", with: "likelihood: often")
        #expect(try check(text).map(\.line) == [6, 14, 39, 63])
    }

    @Test(arguments: ["", "# only this", "- a", "a", "pack: x", "programme: example"])
    func `what is no pack is refused`(text: String) throws {
        #expect(try check(text).isEmpty == false)
    }
}
