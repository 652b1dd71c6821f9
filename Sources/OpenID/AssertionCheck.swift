import Kernel

/// Why a client's assertion does not prove who it is, in words for whoever wrote the client.
package struct AssertionFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ says: String) { description = says }
}

/// What an assertion that passed every check says.
package struct CheckedAssertion: Sendable, Hashable {
    package let client: String
    /// `jti`.
    package let name: String
    /// After this moment nobody believes it any more.
    package let endsAt: Instant
}

/// Checks what programs prove themselves with: a JWT that they signed (RFC 7523 3, and SMART App
/// Launch 2.2, 4.1 "Backend Services").
package struct AssertionCheck: Sendable {
    /// The longest that an assertion may serve.
    static let lifeMax: Int64 = 300_000
    /// How far the client's clock and ours may disagree.
    static let leeway: Int64 = 30_000
    static let bytesMax = 16_384

    private let keyRing: ClientKeyRing

    package init() { keyRing = ClientKeyRing(LimitedRequest()) }

    init(_ requests: LimitedRequest) { keyRing = ClientKeyRing(requests) }

    /// Whose assertion it is, if it is theirs.
    ///
    /// - Parameters:
    ///   - audiences: the addresses that it may be made for: the token endpoint's.
    ///   - keys: the keys of a client; nil when there is no such client.
    package func check(
        _ text: String,
        audiences: [String],
        now: Instant,
        keys: @Sendable (String) async throws -> AssertionKeys?
    ) async throws -> CheckedAssertion {
        guard text.utf8.count <= Self.bytesMax, let token = try? SignedToken(text) else {
            throw AssertionFault("The assertion is not a signed JWT.")
        }
        let algorithm = try algorithm(of: token)
        guard let name = token.header["kid"]?.string else {
            throw AssertionFault("The assertion's header names no key: it needs “kid”.")
        }
        guard let client = token.claims["iss"]?.string, (1...255).contains(client.utf8.count),
            token.claims["sub"]?.string == client
        else { throw AssertionFault("“iss” and “sub” must both be the client's id.") }
        let unknown = AssertionFault("There is no such client, or this is not its key.")
        guard let kept = try await keys(client) else { throw unknown }
        if let address = token.header["jku"], address.string != kept.address {
            throw AssertionFault("“jku” is not the address that the client was added with.")
        }
        guard let key = try await keyRing.key(name, for: algorithm, of: kept, at: now) else {
            throw unknown
        }
        guard await key.verifies(token.signature, of: token.signedBytes, by: algorithm) else {
            throw unknown
        }
        let endsAt = try ending(token.claims, audiences, now)
        guard let id = token.claims["jti"]?.string, (1...255).contains(id.utf8.count) else {
            throw AssertionFault("“jti” is missing, or longer than 255 characters.")
        }
        return CheckedAssertion(client: client, name: id, endsAt: endsAt)
    }

    private func algorithm(of token: SignedToken) throws -> SignatureAlgorithm {
        let named = token.header["alg"]?.string.flatMap(SignatureAlgorithm.init)
        guard let named, SignatureAlgorithm.ofAssertions.contains(named) else {
            let known = SignatureAlgorithm.ofAssertions.map(\.rawValue).joined(separator: ", ")
            throw AssertionFault("The assertion must be signed by one of \(known).")
        }
        // RFC 7515 4.1.11: what we must understand and do not.
        guard token.header["crit"] == nil else {
            throw AssertionFault("The assertion's header has critical extensions.")
        }
        if let type = token.header["typ"], type.string?.lowercased() != "jwt" {
            throw AssertionFault("“typ” must be JWT.")
        }
        return named
    }

    /// When it ends to be believed, if it is for us and for now.
    private func ending(
        _ claims: JSONValue,
        _ audiences: [String],
        _ now: Instant
    ) throws -> Instant {
        let said = claims["aud"]
        let aimed = said?.array?.compactMap(\.string) ?? [said?.string].compactMap(\.self)
        guard aimed.contains(where: audiences.contains) else {
            throw AssertionFault("“aud” must be \(audiences.first ?? "the token address").")
        }
        guard let end = Instant(claim: claims["exp"]) else {
            throw AssertionFault("“exp” is missing, or no time.")
        }
        let endsAt = end.adding(milliseconds: Self.leeway)
        guard now < endsAt else { throw AssertionFault("The assertion has expired.") }
        guard end <= now.adding(milliseconds: Self.lifeMax + Self.leeway) else {
            throw AssertionFault("“exp” may be 5 minutes ahead at most.")
        }
        for name in ["nbf", "iat"] {
            guard let claim = claims[name] else { continue }
            guard let start = Instant(claim: claim),
                start <= now.adding(milliseconds: Self.leeway)
            else { throw AssertionFault("“\(name)” is in the future, or no time.") }
        }
        return endsAt
    }
}
