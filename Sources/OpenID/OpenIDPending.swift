import Kernel

/// A sign-in that has been begun: what the session keeps until the browser comes back.
///
/// It is secret. It belongs to one browser and serves once: whoever finishes the sign-in forgets
/// it first.
package struct OpenIDPending: Hashable, Sendable, Codable {
    /// What ties the answer to this browser (RFC 6749 10.12).
    package let state: String

    /// What ties the ID token to this sign-in (OpenID Connect Core 3.1.2.1).
    package let nonce: String

    /// What only whoever began can show with the code (RFC 7636).
    package let codeVerifier: String

    /// When it was begun.
    package let begunAt: Instant

    /// How long a sign-in may take from its beginning to the browser's return.
    package static let timeLimitMinutes = 15

    /// A sign-in with parts of its own, at random.
    init(begunAt: Instant) {
        state = RandomText.make()
        nonce = RandomText.make()
        codeVerifier = RandomText.make()
        self.begunAt = begunAt
    }

    /// A sign-in from the text that the session kept.
    package init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts.prefix(3).allSatisfy(RandomText.couldHaveMade),
            let milliseconds = Int64(parts[3])
        else { return nil }
        state = parts[0]
        nonce = parts[1]
        codeVerifier = parts[2]
        begunAt = Instant(milliseconds: milliseconds)
    }

    /// Everything as one line of about 145 letters, digits, "-", "_" and ".".
    package var text: String { "\(state).\(nonce).\(codeVerifier).\(begunAt.milliseconds)" }

    /// A sign-in from its text.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pending = OpenIDPending(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "not a pending sign-in"
            )
        }
        self = pending
    }

    /// Writes the text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Whether it is too old to be finished, or begun in the future by a clock that was wrong.
    func isStale(at now: Instant) -> Bool {
        let age = now.milliseconds - begunAt.milliseconds
        return age < -ClockLeeway.milliseconds || age > Int64(Self.timeLimitMinutes) * 60_000
    }
}
