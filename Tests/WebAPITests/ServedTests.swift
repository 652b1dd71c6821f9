import TestSupport
import Testing

/// A real server, asked by programs that others wrote: `check/check.py`.
@Suite(.serialized, .timeLimit(.minutes(15))) struct ServedTests {
    /// The run that all checks read; it begins when the first one asks.
    private static let run = Task { try await started("check.py") }
    /// The same for what leaves by itself: `check/told.py`.
    private static let told = Task { try await started("told.py") }
    /// One referral from the registration of its client to the last deletion: `check/journey.py`.
    private static let journey = Task { try await started("journey.py") }
    private static let limitSeconds = 840

    @Test(
        "Programs of others work with it",
        arguments: [
            "examples", "tokens", "shown_keys", "sizes", "document", "directory", "schemathesis",
            "errors", "verified", "fhir_examples", "fhirclient", "fhirpy", "parsed",
        ]
    )
    func check(_ name: String) async throws {
        let faults = try await Self.run.value.faults(of: name)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test(
        "Programs of others are told, and take records away",
        arguments: ["webhooks", "subscriptions", "smart_fetch", "restart", "cloaked", "private"]
    )
    func leaving(_ name: String) async throws {
        let faults = try await Self.told.value.faults(of: name)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test(
        "A referral's whole way, each step by a client library",
        arguments: [
            "register", "token", "refer", "accept", "progress", "complete", "cancel", "search",
            "history", "subscribe", "export", "delete", "parsed", "errors",
        ]
    )
    func journey(_ step: String) async throws {
        let faults = try await Self.journey.value.faults(of: "journey_" + step)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    private static func started(_ script: String) async throws -> ScriptRun {
        try await ScriptRun.of("Tests/WebAPITests/check/\(script)", limitSeconds: limitSeconds)
    }
}
