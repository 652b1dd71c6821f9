import Foundation
import TestSupport
import Testing
import WebPages

/// The list of phrases that can be translated is what the sources say.
@Suite struct PhraseCatalogueTests {
    /// The calls that put their words into the visitor's language; how many words they need to be
    /// such a call and not another of the same name.
    static let calls = [
        ("phrases(", 1), ("say(", 1), ("part(", 2), ("points(", 1), ("paragraphs([", 1),
    ]

    /// Every literal that stands in such a call, its parts joined by `+`.
    static func phrases(in source: String) -> [String] {
        var found: [String] = []
        for (call, least) in calls {
            var rest = source[...]
            while let begin = rest.range(of: call) {
                rest = rest[begin.upperBound...]
                let words = literals(&rest)
                // These two take one phrase; what follows are values for its places.
                let isOne = call == "phrases(" || call == "say("
                if words.count >= least { found += isOne ? [words[0]] : words }
            }
        }
        return found
    }

    /// The literals at the beginning of a text, parted by commas.
    private static func literals(_ rest: inout Substring) -> [String] {
        var words: [String] = []
        var joins = false
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let word = literal(&rest) else { return words }
            if joins { words[words.count - 1] += word } else { words.append(word) }
            rest = rest.drop { $0.isWhitespace }
            guard let next = rest.first, next == "+" || next == "," else { return words }
            joins = next == "+"
            rest = rest.dropFirst()
        }
    }

    private static func literal(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst()
        var word = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.popFirst() {
                word.append(next == "n" ? "\n" : next)
            } else {
                word.append(character)
            }
        }
        return word
    }

    @Test("The catalogue has every phrase of the sources, and no other")
    func catalogue() throws {
        let folder = "\(Fixtures.root)/Sources/WebPages"
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
        var inSources: Set<String> = []
        for case let name as String in names where name.hasSuffix(".swift") {
            if name.hasSuffix("Phrases+catalogue.swift") { continue }
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            inSources.formUnion(Self.phrases(in: text))
        }
        let written = Set(Phrases.written)
        let missing = inSources.subtracting(written).sorted()
        let extra = written.subtracting(inSources).sorted()
        #expect(missing == [], "Add them to Phrases+catalogue.swift")
        #expect(extra == [], "Take them out of Phrases+catalogue.swift")
        #expect(Phrases.written == Phrases.written.sorted())
        #expect(Set(Phrases.catalogue).count == Phrases.catalogue.count)
    }

    @Test("A phrase is found with its escapes, in one piece or in several")
    func reading() {
        let source = #"""
            phrases("One") + visit.phrases(
                "Two \"quoted\" "
                    + "and on {day}", ["day": "x"]) phrases(word) phrases("Three")
            visit.part("case") visit.part("Head", "Says " + "more") points("A", "B")
            """#
        #expect(
            Self.phrases(in: source) == [
                "One", "Two \"quoted\" and on {day}", "Three", "Head", "Says more", "A", "B",
            ]
        )
    }
}
