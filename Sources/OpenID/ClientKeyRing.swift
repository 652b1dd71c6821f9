import Kernel

/// The public keys of a client that proves itself to us.
package enum AssertionKeys: Sendable, Hashable {
    /// A JWK Set as JSON.
    case uploaded(String)
    /// Where the client shows its JWK Set.
    case address(String)

    var address: String? {
        if case .address(let text) = self { text } else { nil }
    }
}

/// Keeps the keys that clients show at addresses of theirs, for some minutes.
actor ClientKeyRing {
    /// How long fetched keys are believed.
    static let ageMax: Int64 = 300_000
    /// How long before an unknown key may have them fetched again: a client that changes its keys
    /// waits for seconds, and nobody can make us ask without end.
    static let refreshMin: Int64 = 5_000
    static let addressesMax = 1_000

    private struct Kept {
        /// Nil when the address did not answer with keys.
        var keys: IssuerKeys?
        var fetchedAt: Instant

        func isYounger(than milliseconds: Int64, at now: Instant) -> Bool {
            (0..<milliseconds).contains(now.milliseconds - fetchedAt.milliseconds)
        }
    }

    private let requests: LimitedRequest
    private var kept: [String: Kept] = [:]
    private var running: [String: Task<IssuerKeys?, Never>] = [:]

    init(_ requests: LimitedRequest) { self.requests = requests }

    /// The key of a name that can make such signatures.
    func key(
        _ name: String,
        for algorithm: SignatureAlgorithm,
        of client: AssertionKeys,
        at now: Instant
    ) async throws -> IssuerKeys.Material? {
        switch client {
        case .uploaded(let text):
            let keys = try IssuerKeys(JSONValue(parsing: text))
            return keys.key(id: name, for: algorithm)
        case .address(let address):
            let known = kept[address]
            if let known, known.isYounger(than: Self.ageMax, at: now),
                let key = known.keys?.key(id: name, for: algorithm)
            {
                return key
            }
            if let known, known.isYounger(than: Self.refreshMin, at: now) { return nil }
            return await fetch(address, at: now)?.key(id: name, for: algorithm)
        }
    }

    /// Whoever asks while an address is asked waits for the same answer.
    private func fetch(_ address: String, at now: Instant) async -> IssuerKeys? {
        if let running = running[address] { return await running.value }
        if kept.count >= Self.addressesMax { kept.removeAll() }
        let task = Task { [requests] in await Self.keys(at: address, requests) }
        running[address] = task
        let keys = await task.value
        running[address] = nil
        // Keys that were good stay when an address fails for a while.
        kept[address] = Kept(keys: keys ?? kept[address]?.keys, fetchedAt: now)
        return keys
    }

    private static func keys(at text: String, _ requests: LimitedRequest) async -> IssuerKeys? {
        guard let address = SafeAddress(text), let answer = try? await requests.get(address),
            answer.status == 200, let json = answer.json
        else { return nil }
        return try? IssuerKeys(json)
    }
}
