import Kernel
import Testing

@testable import Programmes

/// One row of `broken-files.txt`.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    var what: String
    var find: [String] = []
    var replace: [String] = []
    var faults: [String] = []

    var testDescription: String { what }

    /// The rows of the table.
    static func table(_ text: String) -> [BrokenFile] {
        var rows: [BrokenFile] = []
        for line in text.split(separator: "\n") {
            let rest = String(line.dropFirst(2))
            if line.hasPrefix("# ") {
                rows.append(BrokenFile(what: rest))
            } else if let last = rows.indices.last {
                if line.hasPrefix("- ") { rows[last].find.append(rest) }
                if line.hasPrefix("+ ") { rows[last].replace.append(rest) }
                if line.hasPrefix("> ") { rows[last].faults.append(rest) }
            }
        }
        return rows
    }

    /// The sound file with this row's change made; nil if the place is not there once.
    func text(from sound: String) -> String? {
        let old = find.joined(separator: "\n")
        guard sound.split(separator: old, omittingEmptySubsequences: false).count == 2 else {
            return nil
        }
        return sound.replacing(old, with: replace.joined(separator: "\n"))
    }
}

@Suite("Broken programme files") struct BrokenFilesTests {
    let sound: String

    init() throws {
        sound = try Repository.beside("sound-file.yaml")
    }

    static let table = (try? Repository.beside("broken-files.txt")).map(BrokenFile.table) ?? []

    @Test("The file that is broken below is sound before") func soundFileIsSound() {
        #expect(Programme.check(yaml: sound, file: "f") == [])
        #expect(Self.table.count >= 60)
    }

    @Test("Each break is said with its line and column, and nothing else", arguments: table)
    func eachBreakIsSaid(_ row: BrokenFile) throws {
        let text = try #require(row.text(from: sound))
        let said = Programme.check(yaml: text, file: "f").map {
            String($0.description.dropFirst(2))
        }
        #expect(said == row.faults)
        #expect(throws: Faults.self) { try Programme(yaml: text, file: "f") }
    }

    @Test("All faults are said at once, from the top down") func allFaultsAtOnce() {
        let text = sound.replacing("version: 1", with: "version: one")
            .replacing("sessions_max: 6", with: "session_max: 6")
            .replacing("to: assessed", with: "to: asessed")
            .replacing("reached: engaged", with: "reached: engagd")
            .replacing("indicator: helped", with: "indicator: helpt")
            .replacing("targets: {people: 100}", with: "targets: {people: 100, people: 200}")
        let faults = Programme.check(yaml: text, file: "f")
        #expect(faults.map(\.line) == [2, 23, 25, 32, 47, 58])
    }

    @Test(
        "A file that is empty, or no mapping, is refused",
        arguments: ["", "# only this", "- a", "a"]
    )
    func noMapping(_ text: String) {
        #expect(Programme.check(yaml: text, file: "f").isEmpty == false)
    }

    @Test("Columns stay true on a line where a key is written twice") func columnsStayTrue() {
        let line = "{id: cbt, id: cbt, session_max: 6}"
        let text = sound.replacing("{id: cbt, sessions_max: 6}", with: line)
        #expect(Programme.check(yaml: text, file: "f").map(\.column) == [17, 26])
    }

    @Test("Line endings of Windows make no difference") func windowsLineEndings() {
        #expect(Programme.check(yaml: sound.replacing("\n", with: "\r\n"), file: "f") == [])
        let twice = sound.replacing("version: 1\n", with: "version: 1\nversion: 2\n")
        let faults = Programme.check(yaml: twice.replacing("\n", with: "\r\n"), file: "f")
        #expect(faults.map(\.line) == [3])
    }

    @Test("Nesting that is too deep is refused without harm", arguments: [60, 900, 5000])
    func deepNesting(_ depth: Int) {
        let deep = String(repeating: "{not: ", count: depth) + "engaged"
        let known = deep + String(repeating: "}", count: depth)
        let text = sound.replacing("{all: [engaged, retained]}", with: known)
        #expect(Programme.check(yaml: text, file: "f").isEmpty == false)
    }
}
