/// An NHS number: ten digits, the last a modulus 11 check digit (NHS Data Dictionary, NHS NUMBER).
package struct NHSNumber: Hashable, Comparable, Sendable {
    /// The ten digits without spaces.
    package let digits: String

    /// An NHS number from text in which spaces or hyphens may part the digits; nil if it does not
    /// have ten digits or its check digit is wrong.
    package init?(_ text: some StringProtocol) {
        guard case .success(let digits) = NHSNumber.read(text) else { return nil }
        self.digits = digits
    }

    /// An NHS number from its first nine digits, with the check digit worked out; nil if these are
    /// not nine digits or no check digit exists for them.
    package init?(nineDigits: some StringProtocol) {
        let bytes = Array(nineDigits.utf8)
        guard bytes.count == 9, bytes.allSatisfy(Ascii.isDigit),
            let check = NHSNumber.checkDigit(for: bytes)
        else { return nil }
        digits = String(decoding: bytes + [Ascii.zero + check], as: UTF8.self)
    }

    /// What is wrong with a text as an NHS number, in words and without repeating it, or nil.
    package static func problem(with text: String) -> String? {
        guard case .failure(let problem) = read(text) else { return nil }
        return problem.words
    }

    /// The digits as the NHS prints them: "943 476 5919".
    package var spaced: String {
        "\(digits.prefix(3)) \(digits.dropFirst(3).prefix(3)) \(digits.suffix(4))"
    }

    /// In the order of their digits.
    package static func < (a: NHSNumber, b: NHSNumber) -> Bool { a.digits < b.digits }

    /// Why a text is not an NHS number.
    private struct Problem: Error {
        /// The reason in words.
        let words: String
    }

    /// The ten digits of a text, or what is wrong with it.
    private static func read(_ text: some StringProtocol) -> Result<String, Problem> {
        withBytes(of: text) { bytes in
            var digits: [UInt8] = []
            digits.reserveCapacity(10)
            for byte in bytes where byte != Ascii.space && byte != Ascii.minus {
                guard Ascii.isDigit(byte) else {
                    return .failure(
                        Problem(words: "has a character that is not a digit, space or hyphen")
                    )
                }
                digits.append(byte)
            }
            guard digits.count == 10 else {
                let noun = digits.count == 1 ? "digit" : "digits"
                return .failure(Problem(words: "has \(digits.count) \(noun), not 10"))
            }
            guard let check = checkDigit(for: digits), Ascii.zero + check == digits[9] else {
                return .failure(
                    Problem(words: "has a wrong check digit, so it has been mistyped")
                )
            }
            return .success(String(decoding: digits, as: UTF8.self))
        }
    }

    /// The modulus 11 check digit of the first nine of some digits: the sum of the digits times
    /// 10 down to 2, taken modulo 11, from 11; 11 gives 0, and 10 means there is none.
    private static func checkDigit(for digits: [UInt8]) -> UInt8? {
        var sum = 0
        for index in 0..<9 { sum += Int(digits[index] - Ascii.zero) * (10 - index) }
        let check = (11 - sum % 11) % 11
        return check == 10 ? nil : UInt8(check)
    }
}
