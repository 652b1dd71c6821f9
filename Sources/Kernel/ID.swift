/// An identifier: the 128 bits of a version 7 UUID (RFC 9562), which sort by the time of making.
///
/// `Tag` says what it identifies, so that one kind cannot be given for another.
package struct ID<Tag>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The upper 64 bits: 48 of milliseconds since 1970, 4 of version and 12 of counter.
    package let high: UInt64

    /// The lower 64 bits: 2 of variant and 62 random.
    package let low: UInt64

    /// An identifier from its bits.
    @inlinable
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An identifier from its text: 26 characters 0 to 9 and a to v, the first of them 0 to 7.
    @inlinable
    package init?(_ text: some StringProtocol) {
        guard let bits = withBytes(of: text, { IDBits($0) }) else { return nil }
        self.init(high: bits.high, low: bits.low)
    }

    /// The same of a whole text, which needs no generic code.
    @inlinable
    package init?(_ text: String) {
        guard let bits = IDBits(text) else { return nil }
        self.init(high: bits.high, low: bits.low)
    }

    /// 26 lower-case characters of base32hex (RFC 4648), most significant first: two zero bits and
    /// the 128 of the identifier, so that texts sort as the identifiers do.
    @inlinable
    package var text: String { IDBits(high: high, low: low).text }

    /// The same bits as a UUID in hexadecimal with hyphens (RFC 9562).
    @inlinable
    package var uuid: String { IDBits(high: high, low: low).uuid }

    /// The identifier as text.
    @inlinable
    package var description: String { text }

    /// The moment it was made, to the millisecond.
    @inlinable
    package var instant: Instant { Instant(milliseconds: Int64(high >> 16)) }

    /// In the order of the bits, which is that of time.
    @inlinable
    package static func < (a: ID, b: ID) -> Bool {
        a.high == b.high ? a.low < b.low : a.high < b.high
    }

    /// Whether two identifiers have the same bits.
    @inlinable
    package static func == (a: ID, b: ID) -> Bool { a.high == b.high && a.low == b.low }

    /// Feeds the bits to a hash.
    @inlinable
    package func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(low)
    }
}

/// Tags the identifier of a case.
package enum CaseTag {}
/// Tags the identifier of a person.
package enum PersonTag {}
/// Tags the identifier of an event.
package enum EventTag {}
/// Tags the identifier of a user.
package enum UserTag {}
/// Tags the identifier of a message in the outbox.
package enum OutboxTag {}

/// Identifies a case.
package typealias CaseID = ID<CaseTag>
/// Identifies a person.
package typealias PersonID = ID<PersonTag>
/// Identifies an event.
package typealias EventID = ID<EventTag>
/// Identifies a user.
package typealias UserID = ID<UserTag>
