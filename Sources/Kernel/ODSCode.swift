/// A code of the NHS Organisation Data Service, which names an organisation or site.
package struct ODSCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The code: 3 to 10 capital letters and digits.
    package let text: String

    /// A code from text of any case; nil unless it is 3 to 10 ASCII letters and digits.
    package init?(_ text: some StringProtocol) {
        let bytes = text.utf8.map(Ascii.capital)
        guard (3...10).contains(bytes.count),
            bytes.allSatisfy({ Ascii.isCapital($0) || Ascii.isDigit($0) })
        else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    /// A code of a practice from text of any case; nil where it could be a name: a practice's code has
    /// a digit, and nowhere three letters after each other (P84001, Y02520, K1D3M).
    package init?(practice text: some StringProtocol) {
        guard let code = ODSCode(text), isNumbered(code.text) else { return nil }
        self = code
    }

    /// Whether the code has the form of a GP practice of England: a letter and five digits.
    package var looksLikePractice: Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 6 && Ascii.isCapital(bytes[0])
            && bytes[1...].allSatisfy(Ascii.isDigit)
    }

    /// The code.
    package var description: String { text }

    /// In the order of their text.
    package static func < (a: ODSCode, b: ODSCode) -> Bool { a.text < b.text }
}
