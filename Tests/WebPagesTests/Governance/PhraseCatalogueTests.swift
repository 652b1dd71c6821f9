import Foundation
import TestSupport
import Testing

@testable import WebPages

/// The list of phrases that can be translated is what the sources say.
@Suite struct PhraseCatalogueTests {
    /// Every literal that stands in `phrases("…")`, its parts joined by `+`.
    static func phrases(in source: String) -> [String] {
        var found: [String] = []
        var rest = source[...]
        while let call = rest.range(of: "phrases(") {
            rest = rest[call.upperBound...]
            var phrase = ""
            var hasText = false
            scan: while true {
                rest = rest.drop { $0.isWhitespace }
                guard rest.first == "\"" else { break }
                rest = rest.dropFirst()
                hasText = true
                while let character = rest.first {
                    rest = rest.dropFirst()
                    if character == "\"" { break }
                    if character == "\\", let next = rest.first {
                        rest = rest.dropFirst()
                        phrase.append(next == "n" ? "\n" : next)
                    } else {
                        phrase.append(character)
                    }
                }
                rest = rest.drop { $0.isWhitespace }
                guard rest.first == "+" else { break scan }
                rest = rest.dropFirst()
            }
            if hasText { found.append(phrase) }
        }
        return found
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
                    + "and on {day}", ["day": "x"]) phrases(word) phrases("")
            """#
        #expect(Self.phrases(in: source) == ["One", "Two \"quoted\" and on {day}", ""])
    }
}
