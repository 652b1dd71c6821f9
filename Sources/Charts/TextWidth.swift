/// How wide a text will be, reckoned without a font.
///
/// The advances are those of Helvetica, which Arial and Liberation Sans share; a little is added, since
/// a browser may choose another face.
package enum TextWidth {
    private static let allowance = 1.06
    /// Thousandths of the size, for the characters from the space to the tilde.
    private static let advances: [Double] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]

    /// The width of a text in one line.
    package static func of(_ text: String, size: Double) -> Double {
        let thousandths = text.unicodeScalars.reduce(0.0) { sum, scalar in
            let place = Int(scalar.value) - 32
            if advances.indices.contains(place) { return sum + advances[place] }
            // Ideographs are square; everything else is about as wide as a capital.
            return sum + (scalar.value >= 0x2E80 ? 1000 : 700)
        }
        return thousandths / 1000 * size * allowance
    }

    /// A text in lines that fit a width; a word too long for one is broken.
    package static func wrap(_ text: String, size: Double, width: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if of(longer, size: size) <= width {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for character in word {
                if !line.isEmpty, of(line + String(character), size: size) > width {
                    lines.append(line)
                    line = ""
                }
                line.append(character)
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }
}
