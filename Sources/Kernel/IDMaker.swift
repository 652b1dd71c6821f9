/// Makes version 7 identifiers (RFC 9562) that always sort after those it made before.
///
/// The 12 bits after the version are a counter (section 6.2, method 1): random with its top bit
/// clear in a new millisecond, one more for each further identifier within it. When the counter
/// is full, or the clock goes back, the maker's own time is used, which never goes back.
package struct IDMaker: Sendable {
    /// Where the random bits come from.
    private var random: RandomGenerator

    /// The milliseconds of the latest identifier.
    private var latest: UInt64 = 0

    /// The counter of the latest identifier, 0 to 4095.
    private var counter: UInt64 = 0

    /// A maker whose random bits follow from a seed; two makers that run at once need two seeds.
    package init(seed: UInt64) { random = RandomGenerator(seed: seed) }

    /// Makes the next identifier at a moment.
    @inlinable
    package mutating func make<T>(_: T.Type = T.self, at instant: Instant) -> ID<T> {
        let bits = next(at: instant)
        return ID(high: bits.high, low: bits.low)
    }

    /// The bits of the next identifier at a moment.
    package mutating func next(at instant: Instant) -> IDBits {
        let now = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        if now > latest {
            latest = now
            counter = random.next() >> 53
        } else if counter < 0xFFF {
            counter += 1
        } else {
            latest += 1
            counter = random.next() >> 53
        }
        return IDBits(
            high: latest << 16 | 0x7000 | counter,
            low: random.next() >> 2 | 0x8000_0000_0000_0000
        )
    }
}
