import Foundation
import Kernel
import Testing

@testable import OpenID

/// What the environment may set.
@Suite struct SettingsTests {
    static let secretSettings = [
        "GOODWORK_OIDC_ISSUER": "https://login.example/tenant/v2.0",
        "GOODWORK_OIDC_CLIENT_ID": "goodwork", "GOODWORK_OIDC_CLIENT_SECRET": "a secret",
    ]

    static func provider(_ changes: [String: String] = [:]) throws(Faults) -> OpenIDProvider? {
        let settings = secretSettings.merging(changes) { _, new in new }
        return try OpenIDProvider(environment: settings, baseURL: "https://goodwork.example/")
    }

    @Test func `the least that is needed`() throws {
        let provider = try #require(try Self.provider())
        #expect(provider.issuer == "https://login.example/tenant/v2.0")
        #expect(provider.clientID == "goodwork")
        #expect(provider.redirectURI == "https://goodwork.example/sign-in/openid/return")
        #expect(provider.scopes == ["openid", "profile", "email"])
        #expect(!provider.name.isEmpty)
        guard case .clientSecret("a secret") = provider.clientAuthentication else {
            Issue.record("the secret is not used")
            return
        }
        // Nothing that is printed tells the secret.
        #expect(!"\(provider) \(String(reflecting: provider))".contains("a secret"))
    }

    @Test func `everything that can be set`() async throws {
        let key = try await TestKeys.key(.rs256)
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("goodwork-oidc-\(UUID().uuidString).pem")
        try key.pem.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let provider = try #require(
            try Self.provider([
                "GOODWORK_OIDC_CLIENT_SECRET": "", "GOODWORK_OIDC_PRIVATE_KEY_FILE": file.path,
                "GOODWORK_OIDC_PRIVATE_KEY_ID": "k-1", "GOODWORK_OIDC_NAME": "NHS CIS2",
                "GOODWORK_OIDC_REDIRECT": "https://other.example/back",
                "GOODWORK_OIDC_SCOPES": "openid nhsperson",
            ])
        )
        #expect(provider.name == "NHS CIS2")
        #expect(provider.redirectURI == "https://other.example/back")
        #expect(provider.scopes == ["openid", "nhsperson"])
        guard case .privateKeyJWT(let used) = provider.clientAuthentication else {
            Issue.record("the key is not used")
            return
        }
        #expect(used.id == "k-1")
    }

    @Test func `nothing set is no provider`() throws {
        let other = ["GOODWORK_DATABASE": "goodwork.db", "GOODWORK_OIDC_ISSUER": ""]
        #expect(try OpenIDProvider(environment: other, baseURL: "https://goodwork.example") == nil)
    }

    static let wrong: [(changes: [String: String], fields: [String])] = [
        (["GOODWORK_OIDC_ISSUER": ""], ["ISSUER"]),
        (["GOODWORK_OIDC_ISSUER": "http://login.example"], ["ISSUER"]),
        (["GOODWORK_OIDC_ISSUER": "login.example"], ["ISSUER"]),
        (["GOODWORK_OIDC_ISSUER": "https://login.example?a=b"], ["ISSUER"]),
        (
            ["GOODWORK_OIDC_CLIENT_ID": "", "GOODWORK_OIDC_CLIENT_SECRET": ""],
            ["CLIENT_ID", "CLIENT_SECRET"]
        ),
        (["GOODWORK_OIDC_PRIVATE_KEY_FILE": "/nowhere"], ["CLIENT_SECRET"]),
        (
            ["GOODWORK_OIDC_CLIENT_SECRET": "", "GOODWORK_OIDC_PRIVATE_KEY_FILE": "/nowhere"],
            ["PRIVATE_KEY_FILE"]
        ),
        (
            ["GOODWORK_OIDC_CLIENT_SECRET": "", "GOODWORK_OIDC_PRIVATE_KEY_FILE": #filePath],
            ["PRIVATE_KEY_FILE"]
        ),
        (["GOODWORK_OIDC_PRIVATE_KEY_ID": "k-1"], ["PRIVATE_KEY_ID"]),
        (["GOODWORK_OIDC_REDIRECT": "http://goodwork.example/back"], ["REDIRECT"]),
        (["GOODWORK_OIDC_SCOPES": "profile email"], ["SCOPES"]),
    ]

    @Test(arguments: wrong)
    func `each fault names its variable`(changes: [String: String], fields: [String]) throws {
        do {
            _ = try Self.provider(changes)
            Issue.record("no fault was found")
        } catch {
            #expect(error.faults.compactMap(\.field) == fields.map { "GOODWORK_OIDC_\($0)" })
            #expect(!error.description.contains("a secret"))
        }
    }

    @Test(arguments: [
        ("https://a.example", true), ("https://a.example:8443/b?c=d", true),
        ("HTTPS://a.example/", true), ("http://localhost:8080/", true),
        ("http://127.0.0.1/", true), ("http://127.1.2.3/", true), ("http://[::1]:80/", true),
        ("http://a.example", false), ("http://localhost.a.example/", false),
        ("http://127.0.0.1.a.example/", false), ("http://127.0.0.1@a.example/", false),
        ("http://127.0.0/", false), ("http://[::2]/", false), ("https://me@a.example/", false),
        ("https://a.example/#b", false), ("https://", false), ("https:///path", false),
        ("//a.example", false), ("ftp://a.example", false), ("file:///etc/passwd", false),
        ("https://a.example/ b", false), ("https://a.example/\n", false), ("", false),
        ("http://a.example\\@localhost/", false),
    ])
    func `a secret goes only to`(_ address: String, _ isSafe: Bool) {
        #expect((SafeAddress(address) != nil) == isSafe)
    }
}
