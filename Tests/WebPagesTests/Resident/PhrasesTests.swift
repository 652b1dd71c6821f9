import Foundation
import TestSupport
import Testing

/// Every word that residents and the public read goes through the catalogue.
@Suite struct ResidentPhrasesTests {
    /// A literal of two words or more that is not inside `say(…)` or `phrases(…)`.
    static func literals(outside calls: [String], in source: String) -> [String] {
        var found: [String] = []
        for line in statements(source) {
            let characters = Array(line)
            var depths: [Int] = []
            var depth = 0
            var place = 0
            while place < characters.count {
                switch characters[place] {
                case "(":
                    let before = String(characters[..<place])
                    if calls.contains(where: before.hasSuffix) { depths.append(depth) }
                    depth += 1
                case ")":
                    depth -= 1
                    if depths.last == depth { depths.removeLast() }
                case "\"":
                    var text = ""
                    place += 1
                    while place < characters.count, characters[place] != "\"" {
                        if characters[place] == "\\" { place += 1 }
                        if place < characters.count { text.append(characters[place]) }
                        place += 1
                    }
                    if depths.isEmpty, isEnglish(text) { found.append(text) }
                default: break
                }
                place += 1
            }
        }
        return found
    }

    /// Words with a space between, and not names of classes.
    private static func isEnglish(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        let isClass = words.contains { $0.hasPrefix("nhsuk-") || $0.hasPrefix("gw-") }
        return words.count > 1 && !isClass
            && words.filter { $0.allSatisfy { $0.isLetter || ".,?!".contains($0) } }.count > 1
    }

    /// The source without comments and without what only the operator reads.
    private static func statements(_ source: String) -> [String] {
        let lines = source.split(separator: "\n").map { $0.drop { $0 == " " } }
        let code = lines.filter { !$0.hasPrefix("//") && !$0.contains("throw ServiceError") }
        return [code.joined(separator: "\n")]
    }

    @Test(
        "No page of residents and the public has English words outside the catalogue",
        arguments: [("Resident", 11), ("SignIn", 4), ("General", 5)]
    )
    func everyPhrase(_ name: String, _ least: Int) throws {
        let folder = Fixtures.root + "/Sources/WebPages/" + name
        let files = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        let pages = files.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Staff/") }
        #expect(pages.count >= least)
        // SelfWords speaks to programme files and to the staff as well.
        for file in pages where !file.hasSuffix("SelfWords.swift") {
            let source = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let found = Self.literals(outside: Self.calls, in: source)
                .filter { !Self.allowed.contains($0) }
            #expect(found == [], "\(file)")
            // Fields and readers have words of their own.
            for maker in [" Fields(", " FormReader("] {
                for made in source.components(separatedBy: maker).dropFirst() {
                    let arguments = made.prefix { $0 != "\n" }
                    let isHere = arguments.contains("say: ") || arguments.hasPrefix("form, today")
                    #expect(isHere, "\(file): \(maker)\(arguments)")
                }
            }
        }
    }

    /// What puts words into the visitor's language.
    private static let calls = ["say", "phrases", "part", "points", "paragraphs"]

    /// Words that staff read in the record, and those that are compared and never shown.
    private static let allowed = [
        "Change of details", "is too short", "is too long", "is the one that you have",
        // Roles, which go through `phrases` where they are shown.
        "provider manager", "information governance",
    ]

    @Test(
        "The test finds what it looks for",
        arguments: [
            (#"h1 { "Two words" }"#, 1), (#"h1 { say("Two words") }"#, 0),
            (#"p { say("a {x} b", ["x": f("two words")]) }"#, 0),
            (#".class("nhsuk-list gw-x")"#, 0), (#"say("One two") + "three four""#, 1),
        ]
    )
    func theTest(_ source: String, _ count: Int) {
        #expect(Self.literals(outside: ["say", "phrases"], in: source).count == count)
    }
}
