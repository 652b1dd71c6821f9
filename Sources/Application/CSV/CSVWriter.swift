/// Writes the lines of a CSV file (RFC 4180).
package enum CSVWriter {
    /// One line with its CRLF, its fields in quotes only where they need them.
    ///
    /// `spreadsheetSafe` is for files that people open in a spreadsheet: a field that one might
    /// run as a formula gets an apostrophe before it (OWASP, CSV Injection), unless it is a number.
    package static func line(_ fields: [String], spreadsheetSafe: Bool = false) -> String {
        var line: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { line.append(CSVByte.comma) }
            append(spreadsheetSafe ? safe(field) : field, to: &line)
        }
        // A line with one empty field would be a blank line, which readers skip.
        if line.isEmpty && !fields.isEmpty { line += [CSVByte.quote, CSVByte.quote] }
        line += [CSVByte.carriageReturn, CSVByte.lineFeed]
        return String(decoding: line, as: UTF8.self)
    }

    /// Appends a field, in quotes where it needs them.
    private static func append(_ field: String, to line: inout [UInt8]) {
        let bytes = field.utf8
        let needsQuotes =
            bytes.first == CSVByte.space || bytes.last == CSVByte.space
            || bytes.contains {
                $0 == CSVByte.comma || $0 == CSVByte.quote || CSVByte.isBreak($0)
            }
        guard needsQuotes else {
            line.append(contentsOf: bytes)
            return
        }
        line.append(CSVByte.quote)
        for byte in bytes {
            if byte == CSVByte.quote { line.append(CSVByte.quote) }
            line.append(byte)
        }
        line.append(CSVByte.quote)
    }

    /// A field that no spreadsheet takes for a formula.
    private static func safe(_ field: String) -> String {
        guard let first = field.utf8.first, "=+-@\t\r\n".utf8.contains(first), !isNumber(field)
        else { return field }
        return "'\(field)"
    }

    /// Whether a text is a number: a sign or none, digits, and a point with digits or none.
    private static func isNumber(_ text: String) -> Bool {
        var bytes = text.utf8[...]
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            bytes.removeFirst()
        }
        let parts = bytes.split(
            separator: UInt8(ascii: "."),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
        }
    }
}
