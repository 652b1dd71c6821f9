/// Calls `body` with the UTF-8 bytes of a text, without copying them where the text holds them in
/// one piece, as a native Swift string or substring does.
@inlinable
package func withBytes<Result>(
    of text: some StringProtocol,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = String(text)
    return copy.withUTF8(body)
}

extension String {
    /// Whether it is white space alone, or nothing.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension StringProtocol {
    /// Its lines without what ends them: LF, CRLF, as browsers send a form's text, or CR.
    ///
    /// CRLF is one character, so that a split at LF alone would not find it.
    package var lines: [SubSequence] {
        split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }
}

/// A whole number with commas between thousands: 1310012 is "1,310,012".
package func grouped(_ n: Int) -> String {
    let digits = String(n.magnitude)
    var result: [UInt8] = n < 0 ? [Ascii.minus] : []
    for (index, byte) in digits.utf8.enumerated() {
        if index > 0 && (digits.utf8.count - index) % 3 == 0 { result.append(Ascii.comma) }
        result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
}

/// Whether a code has a digit, and nowhere three letters after each other: no word and no name is so.
package func isNumbered(_ code: some StringProtocol) -> Bool {
    var letters = 0
    var hasDigit = false
    for byte in code.utf8 {
        letters = Ascii.isCapital(Ascii.capital(byte)) ? letters + 1 : 0
        if letters > 2 { return false }
        hasDigit = hasDigit || Ascii.isDigit(byte)
    }
    return hasDigit
}

/// Division that rounds towards minus infinity, with a remainder that is never negative.
@inlinable
package func floorDivide(_ a: Int, by n: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: n)
    return remainder < 0 ? (quotient - 1, remainder + n) : (quotient, remainder)
}

/// The bytes of the ASCII characters that the readers of this room look for.
enum Ascii {
    /// The digit 0.
    static let zero = UInt8(ascii: "0")
    /// The digit 9.
    static let nine = UInt8(ascii: "9")
    /// A hyphen or minus sign.
    static let minus = UInt8(ascii: "-")
    /// A comma.
    static let comma = UInt8(ascii: ",")
    /// A full stop or decimal point.
    static let dot = UInt8(ascii: ".")
    /// A colon.
    static let colon = UInt8(ascii: ":")
    /// A space.
    static let space = UInt8(ascii: " ")
    /// A slash.
    static let slash = UInt8(ascii: "/")

    /// Whether a byte is a digit 0 to 9.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- zero <= 9 }

    /// Whether a byte is a letter A to Z.
    static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 <= 25 }

    /// The capital of a letter a to z; any other byte as it is.
    static func capital(_ byte: UInt8) -> UInt8 { byte &- 0x61 <= 25 ? byte - 0x20 : byte }
}

extension UnsafeBufferPointer<UInt8> {
    /// The whole number written as exactly `count` ASCII digits from `start`, or nil.
    func number(at start: Int, digits count: Int) -> Int? {
        guard start >= 0, start + count <= self.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            let digit = self[index] &- Ascii.zero
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }

    /// Whether the byte at `index` exists and is `byte`.
    func has(_ byte: UInt8, at index: Int) -> Bool {
        index < count && self[index] == byte
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes the last `count` decimal digits of a number, zero-padded, from `start`.
    func write(_ number: Int, digits count: Int, at start: Int) {
        var rest = number
        var index = start + count - 1
        while index >= start {
            self[index] = Ascii.zero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            index -= 1
        }
    }
}
