import Application
import Casework
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// The routes and the document are one.
@Suite struct DocumentTests {
    private static func document() async throws -> JSONValue {
        try await withInstallation(.sqlite) { installation in
            let answer = await TestClient.nobody(TestAPI(installation))
                .get("/api/v1/openapi.json")
            #expect(answer.status == 200)
            return answer.json
        }
    }

    @Test("Every route stands in the document, and nothing else does")
    func routes() async throws {
        let document = try await Self.document()
        var documented: Set<String> = []
        for (path, item) in document["paths"]?.object?.members ?? [] {
            for method in item.object?.keys ?? [] { documented.insert("\(method) \(path)") }
        }
        let routes = API.everyRoute.map { route in
            let parts = route.pattern.split(separator: "/")
                .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
            return "\(route.method.rawValue.lowercased()) /\(parts.joined(separator: "/"))"
        }
        #expect(documented == Set(routes))
        #expect(Set(API.everyRoute.map(\.name)).count == API.everyRoute.count)
        for route in API.everyRoute {
            #expect(!route.summary.isEmpty && !route.answers.isEmpty, "\(route.name)")
        }
    }

    @Test("Every kind of event that can be told has a schema, with the fields of docs/events.md")
    func kinds() async throws {
        let document = try await Self.document()
        let schemas = document["components"]?["schemas"]
        for kind in EventKind.allCases {
            let schema = schemas?["Entry." + kind.rawValue]
            #expect((schema != nil) == !kind.actions.isEmpty, "\(kind.rawValue)")
            guard let schema else { continue }
            let own = ["type", "on", "replaces"]
            let fields = (schema["properties"]?.object?.keys ?? []).filter { !own.contains($0) }
            // What the service guide says of a service is written by the server alone.
            let ours: Set = kind == .onwardSent ? ["name", "organisation"] : []
            #expect(
                Set(fields) == Set(try Self.fields(kind)).subtracting(ours),
                "\(kind.rawValue)"
            )
            #expect(schema["description"]?.string == kind.says)
        }
    }

    /// The fields of a kind, as the document for people lists them.
    private static func fields(_ kind: EventKind) throws -> [String] {
        let text = try String(contentsOfFile: Fixtures.root + "/docs/events.md", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("| `\(kind.rawValue)` |") }
        let cells = try #require(line).split(separator: "|", omittingEmptySubsequences: false)
        return cells[3].split(separator: ",").map { $0.filter { !" *".contains($0) } }
            .map { String($0) }.filter { !$0.isEmpty }
    }
}
