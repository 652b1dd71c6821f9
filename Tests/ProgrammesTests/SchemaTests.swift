import Foundation
import Kernel
import Testing

@testable import Programmes

/// The JSON Schema and the document beside the format, held to the decoder.
@Suite("The programme file's JSON Schema and document") struct SchemaTests {
    /// The keys that the decoder asks for, by the shape of the mapping they stand in.
    private func decoderKeys() throws -> [String: Set<String>] {
        let texts =
            try Repository.programmes.map(Repository.programme)
            + [Repository.beside("sound-file.yaml"), Repository.beside("tenth-programme.yaml")]
        var keys: [String: Set<String>] = [:]
        for text in texts {
            keys.merge(ProgrammeFile.read(text, file: "").log.keys) { $0.union($1) }
        }
        return keys
    }

    private func schema() throws -> [String: Any] {
        let url = Repository.root.appending(path: "docs/programme-file.schema.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        return try #require(object as? [String: Any])
    }

    @Test("The decoder's keys are the schema's properties, shape by shape")
    func keysAreProperties() throws {
        let shapes = try #require(schema()["$defs"] as? [String: [String: Any]])
        var properties: [String: Set<String>] = [:]
        for (shape, rules) in shapes {
            guard let keys = rules["properties"] as? [String: Any] else { continue }
            properties[shape] = Set(keys.keys)
            #expect(rules["additionalProperties"] as? Bool == false, "\(shape) is not strict")
        }
        #expect(try decoderKeys() == properties)
    }

    @Test("Every key stands in the document, as code") func keysAreDocumented() throws {
        let url = Repository.root.appending(path: "docs/programme-file.md")
        let document = try String(contentsOf: url, encoding: .utf8)
        for key in Set(try decoderKeys().values.flatMap { $0 }).sorted() {
            #expect(document.contains("`\(key)`"), "\(key) is not in the document")
        }
    }

    @Test("The least programme of the document decodes") func leastProgrammeDecodes() throws {
        let url = Repository.root.appending(path: "docs/programme-file.md")
        let document = try String(contentsOf: url, encoding: .utf8)
        let blocks = document.split(separator: "```", omittingEmptySubsequences: false)
        let least = try #require(blocks.first { $0.hasPrefix("yaml\nprogramme:") }).dropFirst(5)
        let programme = try Programme(yaml: String(least), file: "garden-work.yaml")
        #expect(programme.id == "garden-work")
        #expect(programme.report == nil)
        let broken = least.replacing("provider:", with: "provder:")
        let faults = Programme.check(yaml: String(broken), file: "garden-work.yaml")
        #expect(document.contains(try #require(faults.last).description))
    }

    @Test("The closed sets of words are the same in the schema") func wordsAreTheSame() throws {
        let shapes = try #require(schema()["$defs"] as? [String: [String: Any]])
        func words(_ path: String...) -> Set<String> {
            var value: Any? = shapes
            for step in path { value = (value as? [String: Any])?[step] }
            return Set(value as? [String] ?? [])
        }
        #expect(words("closure-reason", "enum") == Set(ClosureReason.allCases.map(\.rawValue)))
        #expect(words("milestone", "enum") == Set(Milestone.allCases.map(\.rawValue) + ["engaged"]))
        #expect(words("row", "properties", "show", "enum") == Set(Show.spellings))
        #expect(
            words("row", "properties", "distinct", "enum")
                == Set(CodeField.allCases.map(\.rawValue))
        )
        #expect(
            words("row", "properties", "sum", "enum") == Set(NumberField.allCases.map(\.rawValue))
        )
    }
}
