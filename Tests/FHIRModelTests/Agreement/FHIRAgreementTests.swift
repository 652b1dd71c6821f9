import Foundation
import Kernel
import TestPrograms
import Testing

@testable import FHIRModel

/// Our tables beside fhir.resources (R4B) and fhirkit (R4), which others wrote.
@Suite struct FHIRAgreementTests {
    /// What they answered, asked once.
    static let answer = Task { try await ask() }

    @Test func `both have the same elements, and take what we take`() async throws {
        let answer = try await Self.answer.value
        for difference in answer["differences"]?.array ?? [] {
            Issue.record("\(difference.string ?? "")")
        }
        #expect((answer["checked"]?.int ?? 0) > 2_000)
    }

    @Test func `what fhir resources writes we read`() async throws {
        let answer = try await Self.answer.value
        let dumped = try #require(answer["dumped"]?.array)
        #expect(dumped.count > 1_000)
        for json in dumped {
            let object = try #require(json.object)
            do {
                _ = try FHIRResource(object)
            } catch {
                Issue.record("\(error) in \(json.text.prefix(300))")
            }
        }
    }

    private static func ask() async throws -> JSONValue {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "fhir-agreement-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (asked, answered) = (folder.appending(path: "asked"), folder.appending(path: "told"))
        try Data(question().utf8).write(to: asked)
        try await TestProgram.python(
            "Tests/FHIRModelTests/Agreement/agreement.py",
            asked.path,
            answered.path
        )
        return try JSONValue(parsing: Array(Data(contentsOf: answered)))
    }

    /// The tables, and a sample for each element.
    private static func question() -> String {
        let samples = Samples()
        var list: [JSONValue] = []
        for type in samples.schema.resources.keys.sorted() {
            for (path, json) in samples.withEachElement(of: type) {
                list.append(sample(path, json, right: true))
            }
        }
        for (path, json) in Malformed.cases where !Malformed.ours.contains(path) {
            list.append(sample(path, json, right: false))
        }
        let whole: JSONObject = ["tables": .object(tables()), "samples": .array(list)]
        return JSONValue.object(whole).text
    }

    /// R4B has codes that R4 has not, and the other way about: those are left to fhirkit.
    private static func sample(_ path: String, _ json: JSONObject, right: Bool) -> JSONValue {
        .object([
            "path": .string(path), "resource": .object(json), "right": .bool(right),
            "parse": .bool(true),
        ])
    }

    private static func tables() -> JSONObject {
        let schema = FHIRSchema.r4
        var tables = JSONObject()
        let skipped = ["Element", "BackboneElement", "Resource", "DomainResource"]
        for (name, type) in zip(schema.typeNames, schema.types)
        where type.primitive == nil && !skipped.contains(name) {
            var listing = JSONObject()
            for row in type.rows {
                let element = schema.elements[row]
                listing[element.name] = .object([
                    "many": .bool(element.isMany), "required": .bool(element.isRequired),
                    "choice": .bool(element.choice != nil), "type": .string(element.type),
                    "targets": element.targets.map { .array($0.map { .string($0) }) } ?? .null,
                ])
            }
            tables[name] = .object(listing)
        }
        return tables
    }
}
