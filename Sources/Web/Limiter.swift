import Kernel
import Synchronization

/// How often one address may send one public form, or one client may ask.
///
/// The usual figures are generous, because a clinic, a Jobcentre or a hospital has one address for
/// all: five hundred people who sign in within ten minutes, at two forms each, send 100 a minute.
package struct RateLimit: Sendable, Hashable {
    /// In the long run.
    package var perMinute = 120
    /// At once, after a time of rest.
    package var burst: Int { perMinute * 5 / 2 }

    package init() {}
}

/// Counts what comes to public forms: a token bucket for each form and address, in memory.
///
/// It is bounded. Buckets stand in two generations; when the newer one is full, or is older than
/// an empty bucket takes to fill, the older one goes. So a crowd of addresses can make it forget,
/// which lets more in, but can neither fill the memory nor shut anybody out.
package final class Limiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Instant
    }

    private struct Kept {
        var newer: [String: Bucket] = [:]
        var older: [String: Bucket] = [:]
        var since = Instant(milliseconds: 0)
    }

    private let limit: RateLimit
    private let bucketsMax: Int
    private let kept = Mutex(Kept())

    package init(_ limit: RateLimit, bucketsMax: Int = 20_000) {
        self.limit = limit
        self.bucketsMax = bucketsMax
    }

    /// How many buckets there are.
    package var count: Int { kept.withLock { $0.newer.count + $0.older.count } }

    /// Takes one from the bucket of a form and an address.
    ///
    /// - Returns: nil when there was one; else the seconds until there is.
    package func take(_ form: String, from address: String, at now: Instant) -> Int? {
        let key = form + " " + Self.place(of: address)
        let (rate, burst) = (Double(limit.perMinute) / 60_000, Double(limit.burst))
        return kept.withLock { kept in
            let age = now.milliseconds - kept.since.milliseconds
            if kept.newer.count >= bucketsMax || Double(age) * rate >= burst {
                (kept.older, kept.newer, kept.since) = (kept.newer, [:], now)
            }
            var bucket =
                kept.newer[key] ?? kept.older.removeValue(forKey: key)
                ?? Bucket(tokens: burst, at: now)
            let passed = Double(max(0, now.milliseconds - bucket.at.milliseconds))
            bucket.tokens = min(burst, bucket.tokens + passed * rate)
            bucket.at = now
            let hasOne = bucket.tokens >= 1
            if hasOne { bucket.tokens -= 1 }
            kept.newer[key] = bucket
            return hasOne ? nil : Int(((1 - bucket.tokens) / rate / 1000).rounded(.up))
        }
    }

    /// What is counted as one address: of IPv6 the first 64 bits, which one household or office
    /// has to itself (RFC 6177).
    package static func place(of address: String) -> String {
        var text = address.prefix(64)
        if text.hasPrefix("[") { text = text.dropFirst().prefix { $0 != "]" } }
        let colons = text.count { $0 == ":" }
        // One colon parts an IPv4 address from a port that a proxy told too.
        if colons < 2 { return String(text.prefix { $0 != ":" }) }
        if text.contains(".") { return String(text.split(separator: ":").last ?? "") }
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.split(separator: ":") }
        let missing = max(0, 8 - halves.reduce(0) { $0 + $1.count })
        let zeros = Array(repeating: Substring("0"), count: halves.count > 1 ? missing : 0)
        let groups = halves[0] + zeros + (halves.count > 1 ? halves[1] : [])
        return groups.prefix(4).joined(separator: ":")
    }
}
