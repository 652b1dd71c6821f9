/// An issuer's word for what went wrong, which anyone may have written.
enum ErrorCode {
    /// The word if it looks like one of the standard's, so that nothing else reaches a log.
    static func printable(_ code: String?) -> String {
        let isWord =
            code?.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            } ?? false
        guard let code, isWord, (1...40).contains(code.utf8.count) else { return "no known word" }
        return code
    }
}
