import Kernel
import Testing

@testable import OpenID

/// When the issuer's documents are fetched, and when again.
@Suite struct IssuerKeysTests {
    @Test func `documents are fetched once an hour`() async throws {
        try await IssuerTests.with { issuer, client, clock in
            for _ in 0..<3 { _ = try await IssuerTests.signIn(issuer, client) }
            #expect(await issuer.times("/.well-known/openid-configuration") == 1)
            #expect(await issuer.times("/keys") == 1)
            clock.advance(seconds: 3_599)
            _ = try await IssuerTests.signIn(issuer, client)
            #expect(await issuer.times("/keys") == 1)
            clock.advance(seconds: 1)
            _ = try await IssuerTests.signIn(issuer, client)
            #expect(await issuer.times("/.well-known/openid-configuration") == 2)
            #expect(await issuer.times("/keys") == 2)
        }
    }

    @Test func `a new key is fetched when a token names it`() async throws {
        try await IssuerTests.with { issuer, client, clock in
            _ = try await IssuerTests.signIn(issuer, client)
            let fresh = try await TestKey.make(.es384, id: "new")
            await issuer.change {
                $0.signing = fresh
                $0.published = [fresh]
            }
            clock.advance(seconds: 30)
            _ = try await IssuerTests.signIn(issuer, client)
            #expect(await issuer.times("/keys") == 2)
        }
    }

    @Test func `keys that nobody publishes cannot have them fetched without end`() async throws {
        try await IssuerTests.with { issuer, client, clock in
            _ = try await IssuerTests.signIn(issuer, client)
            let unknown = try await TestKey.make(.es256, id: "unknown")
            await issuer.change { $0.signing = unknown }
            clock.advance(seconds: 30)
            for _ in 0..<5 {
                let kind = await IssuerTests.kind(issuer, client)
                #expect(kind == .token(.unknownKey))
            }
            #expect(await issuer.times("/keys") == 2)
        }
    }

    @Test func `a withdrawn key is believed for an hour at most`() async throws {
        try await IssuerTests.with { issuer, client, clock in
            _ = try await IssuerTests.signIn(issuer, client)
            await issuer.change { $0.published = [] }
            clock.advance(seconds: 3_600)
            #expect(await IssuerTests.kind(issuer, client) == .token(.unknownKey))
        }
    }
}
