import FHIRMapping
import FHIRModel
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// What is routed and what the CapabilityStatement says are one.
@Suite struct CapabilityTests {
    /// What can be done, as the routes have it and as the statement has it: `Task read`.
    private static func routed() -> Set<String> {
        Set(
            API.everyFHIRRoute.flatMap { route -> [String] in
                switch route.deed {
                case .capabilities: []
                case .bundle: ["transaction", "batch"]
                case .interaction(let interaction, let type): ["\(type) \(interaction.rawValue)"]
                case .operation(let name, let type): ["\(type.map { "\($0) " } ?? "")$\(name)"]
                }
            }
        )
    }

    @Test("The statement lists exactly what is routed")
    func statement() async throws {
        try await withInstallation(.sqlite) { installation in
            let answer = await TestClient.nobody(TestAPI(installation)).get("/fhir/R4/metadata")
            #expect(answer.status == 200)
            #expect(answer.response["Content-Type"] == "application/fhir+json")
            let root = try FHIRResource(parsing: answer.response.body).root
            let server = try #require(root["rest"])
            var said: Set<String> = []
            for resource in server.all("resource") {
                let type = resource["type"]?.text ?? ""
                for one in resource.all("interaction") {
                    said.insert("\(type) \(one["code"]?.text ?? "")")
                }
                for one in resource.all("operation") {
                    said.insert("\(type) $\(one["name"]?.text ?? "")")
                }
            }
            for one in server.all("interaction") { said.insert(one["code"]?.text ?? "") }
            for one in server.all("operation") { said.insert("$\(one["name"]?.text ?? "")") }
            #expect(said == Self.routed())
        }
    }
}
