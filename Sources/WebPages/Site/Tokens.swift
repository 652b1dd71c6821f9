/// Random values that nobody can guess.
package enum Tokens {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )

    /// 43 characters of base64url: 258 random bits.
    package static func make() -> String {
        var random = SystemRandomNumberGenerator()
        return String((0..<43).map { _ in alphabet[Int(random.next(upperBound: UInt(64)))] })
    }
}
