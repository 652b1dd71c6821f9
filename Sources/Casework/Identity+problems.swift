extension Identity {
    /// The most characters of a name, address, telephone number or email address.
    private static let longest = 400

    /// Why a text cannot be a name, address, telephone number or email address; nil where it can.
    package static func problem(with text: String, in field: IdentityField) -> String? {
        switch field {
        case .givenName, .familyName: problem(withName: text)
        case .phone: problem(withPhone: text)
        case .email: problem(withEmail: text)
        case .address: problem(withLength: text)
        case .birthDate, .nhsNumber, .postcode: nil
        }
    }

    /// Why a text is no name that can be read; nil where it is one.
    package static func problem(withName text: String) -> String? {
        if let problem = problem(withLength: text) { return problem }
        // Most names are plain letters, of which bytes can be read much quicker than characters.
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if isPlain, text.utf8.contains(where: { (0x61...0x7A).contains($0 | 0x20) }) { return nil }
        let scalars = text.unicodeScalars
        if !scalars.contains(where: \.properties.isAlphabetic) { return "has no letter" }
        return scalars.contains(where: \.isUnseen) ? "has a character that cannot be seen" : nil
    }

    /// Why a text is no telephone number that can be called; nil where it is one.
    ///
    /// An extension may follow: `0161 496 0000 ext 12`.
    package static func problem(withPhone text: String) -> String? {
        if let problem = problem(withLength: text) { return problem }
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        if digits < 7 {
            return "has \(digits) \(digits == 1 ? "digit" : "digits"), not 7 or more"
        }
        // Digits and what stands between them.
        if text.utf8.allSatisfy({ (0x20...0x39).contains($0) }) { return nil }
        if text.unicodeScalars.contains(where: \.isUnseen) {
            return "has a character that cannot be seen"
        }
        let words = text.lowercased().split { !$0.isLetter }
        return words.allSatisfy { ["ext", "x"].contains($0) }
            ? nil : "has letters other than “ext” or “x”"
    }

    /// Why a text is no email address, as far as its form tells; nil where it may be one.
    package static func problem(withEmail text: String) -> String? {
        if let problem = problem(withLength: text) { return problem }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        let labels = halves.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        let isOne =
            halves.count == 2 && !halves[0].isEmpty && labels.count > 1
            && labels.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && !$0.isUnseen }
        return isOne ? nil : "is not written as name@example.org is"
    }

    /// Why a text is longer than any detail; nil where it is not.
    private static func problem(withLength text: String) -> String? {
        // Bytes are counted quicker, and are never fewer than characters.
        guard text.utf8.count > longest, text.unicodeScalars.count > longest else { return nil }
        return "has more than \(longest) characters"
    }
}

extension Unicode.Scalar {
    /// Whether it is no character that somebody sees: a control character, or one that turns the
    /// direction of the text, as in a name that is to look like another.
    ///
    /// Joiners are kept: some scripts need them within a word.
    package var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            true
        case .format: value != 0x200C && value != 0x200D
        default: false
        }
    }
}
