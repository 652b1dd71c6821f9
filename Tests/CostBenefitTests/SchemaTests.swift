import Foundation
import Programmes
import Testing

@testable import CostBenefit

/// The JSON Schema and the document of cost files, held to the decoder.
@Suite struct SchemaTests {
    /// An appraisal with every key that the shipped ones do not use.
    private static let other = """
        appraisal: other
        costs:
          - {id: a, who: us, years: {2024-25: {value: 1, source: x}}, bias: {value: 1, source: x}}
          - {id: b, who: us, pounds: {value: 1, source: x}}
        outcomes:
          - {id: c, count: {value: 4, source: x}, values: [cbt], bias: {value: 1, source: x}}
        """

    /// The keys that the decoder asks for, by the shape of the mapping they stand in.
    private func decoderKeys() throws -> [String: Set<String>] {
        let table = try unitCosts()
        let workWell = try programme("workwell-manchester")
        var keys = UnitCosts.read(try repositoryFile("costs/unit-costs.yaml"), file: "").log.keys
        for text in [try repositoryFile("costs/workwell-manchester.yaml"), Self.other] {
            let log = Appraisal.read(text, file: "", workWell, table).log
            keys.merge(log.keys) { $0.union($1) }
        }
        return keys
    }

    private func shapes() throws -> [String: [String: Any]] {
        let text = try repositoryFile("docs/cost-files.schema.json")
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return try #require(object?["$defs"] as? [String: [String: Any]])
    }

    @Test("The decoder's keys are the schema's properties, shape by shape")
    func keysAreProperties() throws {
        var properties: [String: Set<String>] = [:]
        for (shape, rules) in try shapes() {
            guard let keys = rules["properties"] as? [String: Any] else { continue }
            properties[shape] = Set(keys.keys)
            #expect(rules["additionalProperties"] as? Bool == false, "\(shape) is not strict")
        }
        #expect(try decoderKeys() == properties)
    }

    @Test("The closed sets of words are the same in the schema")
    func wordsAreTheSame() throws {
        let shapes = try shapes()
        func words(_ shape: String, _ key: String) -> [String] {
            let properties = shapes[shape]?["properties"] as? [String: [String: Any]]
            return properties?[key]?["enum"] as? [String] ?? []
        }
        #expect(words("unit-value", "kind") == UnitValue.Kind.allCases.map(\.rawValue))
        #expect(words("unit-value", "gains") == UnitValue.Gainer.allCases.map(\.rawValue))
        #expect(words("unit-value", "per") == UnitValue.Recurrence.allCases.map(\.rawValue))
        #expect(words("discount", "timing") == Appraisal.Timing.allCases.map(\.rawValue))
    }

    @Test("Every key stands in the document")
    func keysAreDocumented() throws {
        let document = try repositoryFile("docs/cost-benefit.md")
        for key in Set(try decoderKeys().values.flatMap { $0 }).sorted() {
            let isThere = document.contains("`\(key)`") || document.contains("\(key): ")
            #expect(isThere, "\(key) is not in the document")
        }
    }
}
