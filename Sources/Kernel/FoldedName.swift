extension String {
    /// A name as it is looked for: small plain letters and digits, and nothing between them.
    ///
    /// However a name is typed, it meets itself: `O'Brien`, `O’Brien` and `OBrien`; `Siân` and
    /// `SIAN`; `Łukasz` and `Lukasz`. Letters that are not Latin stay as they are.
    package var foldedName: String {
        // Most names are plain letters, of which bytes can be read much quicker than characters.
        if utf8.allSatisfy({ $0 < 0x80 }) {
            return String(
                decoding: utf8.compactMap { byte -> UInt8? in
                    switch byte {
                    case 0x30...0x39, 0x61...0x7A: byte
                    case 0x41...0x5A: byte + 0x20
                    default: nil
                    }
                },
                as: UTF8.self
            )
        }
        return lowercased().unicodeScalars.map(\.folded).joined()
    }
}

extension Unicode.Scalar {
    /// The plain letters of one that is small already; nothing for what is no letter and no digit.
    fileprivate var folded: String {
        switch properties.generalCategory {
        // Letters that serve as apostrophes, and marks that stand on the letter before them.
        case _ where (0x02B0...0x036F).contains(value): ""
        case .lowercaseLetter: isASCII ? String(self) : plainLatin ?? String(self)
        case .uppercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            String(self)
        default: ""
        }
    }

    /// What a Latin letter is without its marks, as its name in Unicode says, which never changes.
    ///
    /// ł is LATIN SMALL LETTER L WITH STROKE and œ is LATIN SMALL LIGATURE OE.
    private var plainLatin: String? {
        let words = (properties.name ?? "").split(separator: " ")
        guard words.count > 3, words[0] == "LATIN", words[1] == "SMALL",
            words[2] == "LETTER" || words[2] == "LIGATURE"
        else { return nil }
        let letter = words[3...].prefix { $0 != "WITH" }.joined(separator: " ")
        return letter.count <= 2 ? letter.lowercased() : namedLetters[letter]
    }
}

/// Letters that are called otherwise than what is typed for them.
private let namedLetters = [
    "DOTLESS I": "i", "ENG": "n", "ETH": "d", "OPEN E": "e", "OPEN O": "o", "SCHWA": "e",
    "SHARP S": "ss", "THORN": "th",
]
