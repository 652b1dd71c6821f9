/// A code as it stands in a practice's record: a SNOMED CT concept, or a short code of another list.
///
/// Eight bytes: a SNOMED CT identifier as its number, up to seven characters of another code as
/// bytes with the highest bit set. 0 is no code.
package struct RecordCode: Hashable, Sendable, CustomStringConvertible {
    package let bits: UInt64

    /// No code.
    package static let none = RecordCode(bits: 0)

    package init(bits: UInt64) { self.bits = bits }

    /// A code from text; nil where it is neither 6 to 18 digits nor up to 7 characters.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let code = text.withUTF8({ RecordCode(bytes: $0) }) else { return nil }
        self = code
    }

    /// The same of the bytes of a text.
    package init?(bytes: UnsafeBufferPointer<UInt8>) {
        guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
        var number: UInt64 = 0
        var isNumber = true
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else {
                isNumber = false
                break
            }
            number = number &* 10 &+ UInt64(byte - 0x30)
        }
        if isNumber, bytes.count >= 6 {
            bits = number
            return
        }
        guard bytes.count <= 7 else { return nil }
        var packed: UInt64 = 0
        for byte in bytes {
            guard byte > 0x20, byte < 0x7F else { return nil }
            packed = packed << 8 | UInt64(byte)
        }
        bits = packed | Self.shortFlag
    }

    private static let shortFlag: UInt64 = 1 << 63

    package var isNone: Bool { bits == 0 }

    /// Whether it has the form of a SNOMED CT identifier.
    package var isNumber: Bool { bits & Self.shortFlag == 0 && bits != 0 }

    /// The code as it is written.
    package var description: String {
        if bits == 0 { return "" }
        if isNumber { return String(bits) }
        var bytes: [UInt8] = []
        var rest = bits & ~Self.shortFlag
        while rest > 0 {
            bytes.append(UInt8(rest & 0xFF))
            rest >>= 8
        }
        return String(decoding: bytes.reversed(), as: UTF8.self)
    }

    /// Whether a SNOMED CT identifier has the right check digit (Verhoeff, SNOMED CT Release File
    /// Specifications, SCTID); true for other codes.
    ///
    /// Spreadsheets round numbers of more than 15 digits: it shows here.
    package var hasRightCheckDigit: Bool {
        guard isNumber else { return true }
        var check: UInt8 = 0
        var rest = bits
        var place = 0
        while rest > 0 {
            let digit = Int(rest % 10)
            check = Self.products[Int(check)][Int(Self.turned(digit, place))]
            rest /= 10
            place += 1
        }
        return check == 0
    }

    /// The digit that another becomes at a place.
    private static func turned(_ digit: Int, _ place: Int) -> UInt8 {
        turns[place % 8][digit]
    }

    private static let products: [[UInt8]] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6], [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4], [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ]
    private static let turns: [[UInt8]] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2], [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ]
}
