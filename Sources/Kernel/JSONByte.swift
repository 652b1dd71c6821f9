/// Bytes that JSON text is made of, and the search for those that end a stretch of plain text.
enum JSONByte {
    /// A double quote.
    static let quote = UInt8(ascii: "\"")

    /// A backslash.
    static let backslash = UInt8(ascii: "\\")

    /// The index from `start` of the first quote, backslash or control character, or the end.
    static func endOfPlain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        // Eight bytes at a time: a byte's top bit is set in `found` where the byte ends the text,
        // or may do so after one that does ("Bit Twiddling Hacks", haszero and hasless).
        while index &+ 8 <= text.count, let base = text.baseAddress {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            let quotes = word ^ 0x2222_2222_2222_2222
            let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
                | ((word &- 0x2020_2020_2020_2020) & ~word)
            if found & tops != 0 { break }
            index &+= 8
        }
        while index < text.count {
            let byte = text[index]
            if byte < 0x20 || byte == quote || byte == backslash { break }
            index &+= 1
        }
        return index
    }

    /// The lowest bit of each of eight bytes.
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The highest bit of each of eight bytes.
    private static let tops: UInt64 = 0x8080_8080_8080_8080
}
