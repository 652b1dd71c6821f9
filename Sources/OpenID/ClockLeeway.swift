/// How far the issuer's clock and ours may disagree.
enum ClockLeeway {
    /// Two minutes.
    static let milliseconds: Int64 = 120_000
}
