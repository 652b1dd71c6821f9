/// What is wrong with a row, and where.
struct CSVTrouble: Error {
    /// The offset in the file of the place.
    let offset: Int
    /// What is wrong.
    let problem: String
    /// What would be right.
    let expected: String?

    /// A trouble at an offset.
    init(at offset: Int, problem: String, expected: String? = nil) {
        self.offset = offset
        self.problem = problem
        self.expected = expected
    }
}

/// Where a field of a row stands, in bytes from the start of the file.
struct CSVField {
    /// Where it begins, with its quote if it has one.
    var begin: Int
    /// Where its text begins.
    var start: Int
    /// Where its text ends.
    var end: Int
    /// Whether it stands in quotes.
    var isQuoted = false
    /// Whether quotes are doubled in its text.
    var hasDoubledQuotes = false
}

/// The row that was read last, and where the next begins.
struct CSVRow {
    /// The fields.
    var fields: [CSVField] = []
    /// The offset of the end of the row, before its line end.
    var end = 0
    /// The offset of the next row.
    var next = 0
    /// The line of the next row, from 1.
    var nextLine = 1
    /// Whether any byte of the row is outside ASCII.
    var hasHighBytes = false

    /// Whether the row is a blank line, or has nothing between its commas, as spreadsheets leave
    /// rows at the end.
    func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Of one column, a pair of quotes is how a blank cell is written.
        if fields.count == 1, fields[0].isQuoted { return false }
        return fields.allSatisfy { field in
            bytes[field.start..<field.end].allSatisfy { $0 == CSVByte.space }
        }
    }

    /// Reads the row that begins at `next`.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(CSVTrouble) {
        let start = next
        fields.removeAll(keepingCapacity: true)
        var index = start
        var seen: UInt8 = 0
        var breaks = 0
        do throws(CSVTrouble) {
            while true {
                try readField(bytes, &index, &seen, &breaks)
                guard index < bytes.count, bytes[index] == CSVByte.comma else { break }
                index += 1
            }
        } catch {
            // Only the first line is given up: the quotes may be at fault for the others.
            end = start
            while end < bytes.count, !CSVByte.isBreak(bytes[end]) { end += 1 }
            next = CSVByte.afterBreak(bytes, at: end)
            nextLine += 1
            throw error
        }
        end = index
        next = CSVByte.afterBreak(bytes, at: index)
        nextLine += breaks + 1
        hasHighBytes = seen >= 0x80
    }

    /// Reads a field that begins at `index`, which moves to the comma or line end after it.
    @inline(__always)
    private mutating func readField(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: inout Int,
        _ seen: inout UInt8,
        _ breaks: inout Int
    ) throws(CSVTrouble) {
        let start = index
        while index < bytes.count, bytes[index] == CSVByte.space { index &+= 1 }
        if index < bytes.count, bytes[index] == CSVByte.quote {
            try readQuoted(bytes, &index, &seen, &breaks)
            return
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= CSVByte.comma {
                if byte == CSVByte.comma || CSVByte.isBreak(byte) { break }
                if byte == 0 { throw CSVByte.notText(at: index) }
            }
            seen |= byte
            index &+= 1
        }
        fields.append(CSVField(begin: start, start: start, end: index))
    }

    /// Reads a field whose opening quote is at `index`.
    private mutating func readQuoted(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: inout Int,
        _ seen: inout UInt8,
        _ breaks: inout Int
    ) throws(CSVTrouble) {
        let begin = index
        var field = CSVField(begin: begin, start: begin + 1, end: begin + 1, isQuoted: true)
        index += 1
        while true {
            guard index < bytes.count else {
                throw CSVTrouble(at: begin, problem: "the quote that opens here is never closed")
            }
            let byte = bytes[index]
            index &+= 1
            seen |= byte
            if byte == CSVByte.quote {
                guard index < bytes.count, bytes[index] == CSVByte.quote else { break }
                field.hasDoubledQuotes = true
                index &+= 1
            } else if byte == CSVByte.lineFeed {
                // A line feed after a carriage return ends the same line.
                if bytes[index - 2] != CSVByte.carriageReturn { breaks += 1 }
            } else if byte == CSVByte.carriageReturn {
                breaks += 1
            } else if byte == 0 {
                throw CSVByte.notText(at: index - 1)
            }
        }
        field.end = index - 1
        while index < bytes.count, bytes[index] == CSVByte.space { index &+= 1 }
        guard index == bytes.count || bytes[index] == CSVByte.comma || CSVByte.isBreak(bytes[index])
        else {
            throw CSVTrouble(
                at: index,
                problem: "there is text after a closing quote",
                expected: "a comma, or quotes doubled within a quoted field"
            )
        }
        fields.append(field)
    }
}
