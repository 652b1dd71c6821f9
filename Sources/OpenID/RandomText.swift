import Crypto

/// Text that nobody can guess.
enum RandomText {
    /// 256 random bits from the system, as 43 letters, digits, "-" and "_".
    ///
    /// The length suits a code verifier (RFC 7636 4.1: 43 to 128).
    static func make() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.encode(Array($0)) }
    }

    /// Whether text has the shape of what `make` makes.
    static func couldHaveMade(_ text: String) -> Bool {
        Base64URL.decode(text)?.count == 32
    }

    /// Whether two texts are equal, taking as long wherever they first differ.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
