import Application
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// The token endpoint: what it answers to each request (RFC 6749, 5).
@Suite struct TokenTests {
    private static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// Fields that are changed or blank, and the error and status that they are answered with.
    private static let wrong: [(String, String?, Int, String)] = [
        ("grant_type", nil, 400, "invalid_request"),
        ("grant_type", "password", 400, "unsupported_grant_type"),
        ("client_assertion_type", nil, 400, "invalid_request"),
        ("client_assertion", nil, 400, "invalid_request"),
        ("client_assertion", "nothing", 401, "invalid_client"),
        ("client_assertion", "unknown n", 401, "invalid_client"),
        ("scope", "openid profile", 400, "invalid_scope"),
        ("scope", "system/Task.rs", 400, "invalid_scope"),
    ]

    private static func send(_ test: TestAPI, _ form: Form) async -> TestClient.Answer {
        await TestClient.nobody(test).send(Request(.post, "/oauth/token", form: form))
    }

    private static func form(_ client: TestClient, _ name: String) -> Form {
        Form([
            "grant_type": "client_credentials", "scope": "api/read system/Task.rs",
            "client_assertion_type": type,
            "client_assertion": "\(client.client?.id ?? "") \(name)",
        ])
    }

    @Test("A client that proves who it is gets a token, once", arguments: Backend.allCases)
    func token(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let client = try await test.client(.referrer, of: "P84001")
            let answer = await Self.send(test, Self.form(client, "n-1"))
            #expect(answer.status == 200)
            #expect(answer["token_type"]?.string == "bearer")
            #expect(answer["expires_in"]?.int == 300)
            // Of what was asked for, what the client may have.
            #expect(answer["scope"]?.string == "api/read")
            #expect(answer.response["Cache-Control"] == "no-store")
            let token = try #require(answer["access_token"]?.string)
            let asking = TestClient(test: test, client: client.client, token: token)
            #expect(await asking.get("/api/v1/referrals").status == 200)
            #expect(await asking.post("/api/v1/referrals", "{}").status == 403)
            let again = await Self.send(test, Self.form(client, "n-1"))
            #expect(again.status == 401 && again["error"]?.string == "invalid_client")
            // The name may serve again when the assertion has ended; its hash alone is kept.
            installation.clock.advance(milliseconds: 400_000)
            #expect(await Self.send(test, Self.form(client, "n-1")).status == 200)
            #expect(try await installation.count("client_tokens") == 1)
        }
    }

    @Test("What is wrong is named as the standard names it", arguments: wrong)
    func wrongly(_ field: String, _ value: String?, _ status: Int, _ error: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let client = try await test.client(.referrer, of: "P84001")
            var form = Self.form(client, "n-1")
            form.set(field, value)
            let answer = await Self.send(test, form)
            #expect(answer.status == status)
            #expect(answer["error"]?.string == error)
        }
    }

    @Test("How to get a token is told at both places")
    func described() async throws {
        try await withInstallation(.sqlite) { installation in
            let nobody = TestClient.nobody(TestAPI(installation))
            for base in ["", "/fhir/R4"] {
                let answer = await nobody.get(base + "/.well-known/smart-configuration")
                #expect(
                    answer["token_endpoint"]?.string == "http://127.0.0.1:8080/oauth/token"
                )
                let methods = answer["token_endpoint_auth_methods_supported"]?.array
                #expect(methods == [.string("private_key_jwt")])
            }
        }
    }

    /// What a client has, what it asks for, and what of that it gets.
    private static let scopes: [(has: String, asks: String, gets: String)] = [
        ("api/read api/write", "api/read", "api/read"),
        ("api/read", "api/read api/write", "api/read"),
        ("system/*.rs", "system/Task.read", "system/Task.read"),
        ("system/*.read", "system/Task.rs system/Patient.r", "system/Task.rs system/Patient.r"),
        ("system/Task.rs", "system/Task.read system/Task.write", "system/Task.read"),
        ("system/Task.rs", "system/*.rs system/Patient.rs", ""),
        ("system/*.*", "system/Task.cud system/Task.cruds", "system/Task.cud system/Task.cruds"),
        ("system/Task.r system/Task.s", "system/Task.rs", "system/Task.rs"),
        ("system/*.cruds", "api/read", ""),
        ("api/write", "api/read", ""),
    ]

    @Test(
        "Of the scopes that are asked for, those are granted that are the client's",
        arguments: scopes
    )
    func granted(_ has: String, _ asks: String, _ gets: String) {
        #expect(ClientScopes(has).granting(ClientScopes(asks)).text == gets)
    }

    @Test(
        "What is no scope of ours is none",
        arguments: [
            "", "openid", "user/Task.rs", "system/Task", "system/Task.", "system/Task.sr",
            "system/task.rs", "system/Task.rr", "system/*.rs?code=x", "api/delete",
        ]
    )
    func unknown(_ text: String) {
        #expect(ClientScope(text) == nil)
    }

    /// Keys, address, and the field and a word of the fault.
    private static let wrongKeys: [(ClientKeys, String)] = [
        (.uploaded(""), "missing"), (.uploaded("{"), "not JSON"), (.uploaded("{}"), "no list"),
        (.uploaded(#"{"keys": []}"#), "no list"),
        (.uploaded(#"{"keys": [{"kty": "oct", "k": "AA", "kid": "1"}]}"#), "private"),
        (.uploaded(TestKeys.set.replacing("\"x\"", with: "\"d\": \"A\", \"x\"")), "private"),
        (.uploaded(TestKeys.set.replacing("P-384", with: "P-256")), "cannot be used"),
        (.uploaded(TestKeys.set.replacing("\"kid\":\"one\",", with: "")), "without a “kid”"),
        (.address("http://example.org/keys"), "cannot be used"),
        (.address("https://user@example.org/keys"), "cannot be used"),
    ]

    @Test("A client's keys are public, and strong enough", arguments: wrongKeys)
    func keys(_ keys: ClientKeys, _ word: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let new = NewClient(
                name: "A client",
                organisation: "nobody",
                roles: [.resident],
                purpose: "",
                scopes: "everything",
                keys: keys
            )
            let error = await #expect(throws: ServiceError.self) {
                try await installation.goodwork.addClient(new, by: installation.actor)
            }
            let faults = error?.faults ?? []
            // Every fault at once.
            let fields = Set(faults.compactMap(\.field))
            #expect(fields.isSuperset(of: ["organisation", "roles", "purpose", "scopes"]))
            #expect(faults.contains { $0.problem.contains(word) }, "\(faults)")
        }
    }
}
