/// A repeatable random generator, not for secrets.
///
/// It is xoshiro256++ 1.0 of Blackman and Vigna, its state filled from a seed by splitmix64.
package struct RandomGenerator: RandomNumberGenerator, Sendable {
    /// The 256 bits of state, which are never all zero.
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// A generator that gives the same numbers whenever the seed is the same.
    package init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// A generator with a given state.
    init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        let result = rotate(state.0 &+ state.3, 23) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotate(state.3, 45)
        return result
    }

    /// A whole number from 0 up to but not including `n`, each as likely (Lemire's method); 0 if
    /// `n` is below 1.
    package mutating func below(_ n: Int) -> Int {
        guard n > 1 else { return 0 }
        let bound = UInt64(n)
        let least = (0 &- bound) % bound
        while true {
            let product = next().multipliedFullWidth(by: bound)
            if product.low >= least { return Int(product.high) }
        }
    }

    /// A number from 0 up to but not including 1, with 53 random bits.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// One of the elements, each as likely, or nil if there are none.
    package mutating func pick<T>(_ elements: [T]) -> T? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    /// Rotates bits to the left.
    private func rotate(_ bits: UInt64, _ count: UInt64) -> UInt64 {
        bits << count | bits >> (64 - count)
    }
}

/// The splitmix64 generator of Steele, Lea and Flood, which spreads a seed over a larger state.
struct SplitMix64 {
    /// The 64 bits of state.
    var state: UInt64

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
