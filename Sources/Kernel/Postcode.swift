/// A UK postcode in the forms of the GOV.UK and BS 7666 rules, with the letters they allow.
///
/// The form is checked, not that the postcode exists.
package struct Postcode: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The postcode in capitals with one space, "M20 2LS".
    package let text: String

    /// A postcode from text of any case, with or without its space; nil if it has not the form.
    package init?(_ text: some StringProtocol) {
        guard let tidy = withBytes(of: text, { Postcode.read($0) }) else { return nil }
        self.text = tidy
    }

    /// The same of a whole text, which needs no generic code.
    package init?(_ text: String) {
        var text = text
        guard let tidy = text.withUTF8({ Postcode.read($0) }) else { return nil }
        self.text = tidy
    }

    /// The part before the space: "M20".
    package var outward: String { String(text.dropLast(4)) }

    /// Whether text is the part before the space of some postcode.
    package static func isOutwardCode(_ text: String) -> Bool {
        // An inward part of each kind: the usual one, the pseudo-postcodes' and Girobank's.
        [" 1AA", " 3VZ", " 0AA"].contains { Postcode(text + $0)?.outward == text }
    }

    /// The outward code of the NHS's pseudo-postcodes, such as ZZ99 3VZ for whoever has no fixed
    /// abode (NHS Data Dictionary).
    ///
    /// It says nothing of where somebody lives.
    package static let pseudoOutward = "ZZ99"

    /// The postcode with its space.
    package var description: String { text }

    /// In the order of their text.
    package static func < (a: Postcode, b: Postcode) -> Bool { a.text < b.text }

    /// The tidy text of a postcode, or nil.
    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count <= 32 else { return nil }
        var letters = bytes.map(Ascii.capital)
        while letters.last == Ascii.space { letters.removeLast() }
        let inward = Array(letters.suffix(3))
        letters.removeLast(inward.count)
        while letters.last == Ascii.space { letters.removeLast() }
        let outward = Array(letters.drop { $0 == Ascii.space })
        guard inward.count == 3, (2...4).contains(outward.count) else { return nil }
        let isGirobank = outward == Array("GIR".utf8) && inward == Array("0AA".utf8)
        let isUsual = isGirobank || (isOutward(outward) && isInward(inward))
        guard isUsual || isPseudo(outward, inward) else { return nil }
        return String(decoding: outward + [Ascii.space] + inward, as: UTF8.self)
    }

    /// A digit and two letters, which are never C, I, K, M, O or V.
    private static func isInward(_ part: [UInt8]) -> Bool {
        Ascii.isDigit(part[0]) && part[1...].allSatisfy { inwardLetters.contains($0) }
    }

    /// ZZ99, and then a digit, any letter and Z.
    private static func isPseudo(_ outward: [UInt8], _ inward: [UInt8]) -> Bool {
        outward == Array(pseudoOutward.utf8) && Ascii.isDigit(inward[0])
            && Ascii.isCapital(inward[1]) && inward[2] == UInt8(ascii: "Z")
    }

    /// One of A9, A99, AA9, AA99, A9A and AA9A with the letters each position may have.
    private static func isOutward(_ part: [UInt8]) -> Bool {
        guard firstLetters.contains(part[0]) else { return false }
        let rest = part[1...]
        let hasTwo = rest.first.map { secondLetters.contains($0) } ?? false
        let tail = Array(hasTwo ? rest.dropFirst() : rest)
        guard let digit = tail.first, Ascii.isDigit(digit) else { return false }
        switch tail.count {
        case 1: return true
        case 2: return Ascii.isDigit(tail[1]) || (hasTwo ? fourth : third).contains(tail[1])
        default: return false
        }
    }

    /// Letters a postcode may begin with.
    private static let firstLetters = Array("ABCDEFGHIJKLMNOPRSTUWYZ".utf8)
    /// Letters that may be second.
    private static let secondLetters = Array("ABCDEFGHKLMNOPQRSTUVWXY".utf8)
    /// Letters that may end the form A9A.
    private static let third = Array("ABCDEFGHJKPSTUW".utf8)
    /// Letters that may end the form AA9A.
    private static let fourth = Array("ABEHMNPRVWXY".utf8)
    /// Letters of the inward part.
    private static let inwardLetters = Array("ABDEFGHJLNPQRSTUWXYZ".utf8)
}
