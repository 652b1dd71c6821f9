import Kernel
import Testing

@testable import OpenID

/// Whole sign-ins with a real provider, through its own pages.
@Suite(.timeLimit(.minutes(10))) struct SignInTests {
    typealias Provider = TemporaryIdentityProvider

    static func client(
        _ client: Provider.Client,
        _ change: (inout OpenIDProvider) -> Void = { _ in }
    ) async throws -> OpenIDClient {
        var provider = try await Provider.shared.provider(client)
        change(&provider)
        let clock = TestClock()
        return OpenIDClient(provider: provider, now: { clock.now })
    }

    static func kind(
        _ client: OpenIDClient,
        _ query: [String: String],
        _ pending: OpenIDPending
    ) async -> OpenIDError.Kind? {
        do {
            _ = try await client.finish(query: query, pending: pending)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(arguments: Provider.kinds)
    func `a member of staff signs in`(_ known: Provider.Client) async throws {
        let client = try await Self.client(known)
        let (url, pending) = try await client.begin()
        var browser = Browser()
        let query = try await browser.signIn(at: url)
        let identity = try await client.finish(query: query, pending: pending)
        #expect(identity.issuer == client.provider.issuer)
        #expect(identity.subject == "asha")
        #expect(identity.name == "Asha Rahman")
        // Canaille does not say that it has verified the address.
        #expect(identity.email == nil)
        #expect(identity.amr == ["pwd"])
    }

    @Test func `a code serves once`() async throws {
        let client = try await Self.client(Provider.replayed)
        let (url, pending) = try await client.begin()
        var browser = Browser()
        let query = try await browser.signIn(at: url)
        _ = try await client.finish(query: query, pending: pending)
        #expect(await Self.kind(client, query, pending) == .refused)
    }

    @Test func `a code serves only whoever began`() async throws {
        let client = try await Self.client(Provider.robbed)
        let (url, pending) = try await client.begin()
        var browser = Browser()
        let query = try await browser.signIn(at: url)
        // A thief has the code and the state, and a verifier of his own.
        let stolen = OpenIDPending(begunAt: pending.begunAt)
        #expect(await Self.kind(client, query, stolen) == .notOurs)
        let parts = pending.text.split(separator: ".")
        let text = "\(parts[0]).\(parts[1]).\(stolen.codeVerifier).\(parts[3])"
        let thief = try #require(OpenIDPending(text: text))
        #expect(await Self.kind(client, query, thief) == .refused)
    }

    @Test func `whoever does not consent is not signed in`() async throws {
        let client = try await Self.client(Provider.declined)
        let (url, pending) = try await client.begin()
        var browser = Browser()
        // Canaille in memory takes any consent of a person for one to this client, so this person
        // has given none.
        let query = try await browser.signIn(at: url, as: "bola", consent: "deny")
        #expect(await Self.kind(client, query, pending) == .declined)
    }

    @Test func `a client that proves itself wrongly is refused`() async throws {
        let other = try await TestKey.make(.rs256, id: "k-RS256")
        let key = try #require(OpenIDPrivateKey(pem: other.pem, id: other.id))
        let wrong: [(Provider.Client, OpenIDClientAuthentication)] = [
            (Provider.wrong[0], .clientSecretBasic("guess")),
            (Provider.wrong[1], .clientSecretPost("guess")),
            (Provider.wrong[2], .privateKeyJWT(key)),
        ]
        for (known, authentication) in wrong {
            let client = try await Self.client(known) { $0.clientAuthentication = authentication }
            let (url, pending) = try await client.begin()
            var browser = Browser()
            let query = try await browser.signIn(at: url)
            #expect(await Self.kind(client, query, pending) == .refused, "\(known.method)")
        }
    }
}
