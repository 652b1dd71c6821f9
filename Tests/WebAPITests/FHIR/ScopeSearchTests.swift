import Application
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// A search in a scope that would find nothing, ever, is refused in words.
@Suite struct ScopeSearchTests {
    /// Scopes, and what is said of each; blank for one that can be granted.
    private static let searches: [(scope: String, says: String)] = [
        ("system/Observation.rs", ""),
        ("system/Observation.rs?category=survey", ""),
        ("system/Observation.rs?code:not=x&status=final", ""),
        ("system/Task.r?owner:missing=true", ""),
        ("system/Task.r?_lastUpdated=gt2025-01-01", ""),
        ("system/Observation.rs?foo=bar", "Observation cannot be searched by foo."),
        ("system/Observation.rs?catgory=survey", "Did you mean category?"),
        ("system/Observation.rs?category=survey&foo=bar", "cannot be searched by foo"),
        ("system/Observation.rs?code:above=x", "no modifier above"),
        ("system/Observation.rs?date=never", "never is not a date"),
        ("system/Observation.rs?subject.name=Ada", "cannot be searched by subject.name"),
        ("system/Task.rs?_sort=status", "search parameters alone"),
        ("system/Task.rs?_count=1", "search parameters alone"),
        ("system/Immunization.rs?status=x", "Immunization is not searched here."),
    ]

    @Test("What would find nothing is a fault", arguments: searches)
    func problem(_ scope: String, _ says: String) throws {
        let fault = ScopeSearch.problem(try #require(ClientScope(scope)))
        #expect((fault == nil) == says.isEmpty, "\(fault?.description ?? "")")
        #expect(says.isEmpty || fault?.problem.contains(says) == true, "\(fault?.problem ?? "")")
    }

    @Test("No client is registered with one, and what is known is named")
    func registered() async throws {
        try await withInstallation(.sqlite) { installation in
            let administrator = try await TestAPI(installation).client(.administrator, of: "host")
            func add(_ scope: String) async -> TestClient.Answer {
                await administrator.post(
                    "/api/v1/clients",
                    """
                    {"name": "A portal", "organisation": "host", "roles": ["coach"], "purpose": "x",
                     "scopes": ["api/read", "\(scope)"],
                     "keys": \(JSONValue.string(TestKeys.set).text)}
                    """
                )
            }
            let refused = await add("system/Observation.rs?foo=bar")
            #expect(refused.status == 422 && refused.pointers == ["/scopes"])
            let expected = refused["faults"]?.array?.first?["expected"]?.string ?? ""
            #expect(expected.contains("category, code, date"), "\(expected)")
            #expect(await add("system/Observation.rs?category=survey").status == 201)
            // Whoever knows no searches grants none.
            let plain = installation.goodwork.scopeProblem
            #expect(plain(try #require(ClientScope("system/Task.rs?status=x"))) != nil)
            #expect(plain(try #require(ClientScope("system/Task.rs"))) == nil)
        }
    }

    @Test("A token is granted without it, and is refused when nothing is left")
    func asked() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let client = try await test.client(.coach, of: "host", scopes: "system/*.rs")
            let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            func ask(_ scope: String, _ name: String) async -> TestClient.Answer {
                let form = Form([
                    "grant_type": "client_credentials", "scope": scope,
                    "client_assertion_type": type,
                    "client_assertion": "\(client.client?.id ?? "") \(name)",
                ])
                return await TestClient.nobody(test)
                    .send(Request(.post, "/oauth/token", form: form))
            }
            let some = await ask("system/Task.rs system/Observation.rs?foo=bar", "one")
            #expect(some.status == 200 && some["scope"]?.string == "system/Task.rs")
            let none = await ask("system/Observation.rs?foo=bär", "two")
            #expect(none.status == 400 && none["error"]?.string == "invalid_scope")
            let says = none["error_description"]?.string ?? ""
            #expect(says.contains("cannot be searched by foo"), "\(says)")
            #expect(says.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(says)")
            let known = "system/Observation.rs?category=survey"
            #expect(await ask(known, "three")["scope"]?.string == known)
        }
    }
}
