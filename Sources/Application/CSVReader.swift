import Foundation
import Kernel

/// Reads a CSV file (RFC 4180, UTF-8) a row at a time from memory-mapped bytes.
///
/// Lines may end with CRLF, LF or CR; blank lines are skipped, and so is a byte order mark. Spaces
/// may stand around a quoted field. A copy reads on by itself from where it was copied.
package struct CSVFile: Sendable {
    /// The name of the file in faults.
    package let file: String?

    /// The headings of the columns, trimmed of spaces.
    package private(set) var columns: [String] = []

    /// The line that the current row begins on, from 1.
    package private(set) var line = 1

    /// The bytes before the current row, from the start of the file.
    package private(set) var rowOffset = 0

    /// The bytes of the file.
    private let storage: CSVBytes

    /// The current row.
    private var row = CSVRow()

    /// Opens a file, maps it into memory and reads its headings.
    ///
    /// The file must not be cut short by another program while it is read.
    package init(path: String) throws(Faults) {
        try self.init(storage: CSVBytes(path: path), file: path)
    }

    /// Reads the headings of a CSV text that is held as bytes.
    package init(bytes: [UInt8], file: String? = nil) throws(Faults) {
        try self.init(storage: CSVBytes(copying: bytes), file: file)
    }

    /// Reads the headings.
    private init(storage: CSVBytes, file: String?) throws(Faults) {
        self.storage = storage
        self.file = file
        if let problem = storage.problem {
            throw Faults(Fault(file: file, problem: problem, expected: storage.expected))
        }
        row.next = storage.startOfText
        guard try step(width: nil) else {
            throw Faults(Fault(file: file, problem: "the file is empty", expected: "headings"))
        }
        columns = (0..<count).map { field($0) }
        try checkHeadings()
    }

    /// The size of the file in bytes.
    package var size: Int { storage.bytes.count }

    /// The number of fields of the current row, which is that of the columns.
    package var count: Int { row.fields.count }

    /// Goes to the next row; false when there is none.
    ///
    /// A row that cannot be read is thrown as a fault, and the next call goes on after it: at the
    /// line after the row's first where its quotes are wrong, so that no other row is lost.
    package mutating func next() throws(Faults) -> Bool {
        try step(width: columns.count)
    }

    /// Goes back or on to a row, by the offset and line that were read for it, so that the next
    /// call of `next` reads that row.
    package mutating func seek(to offset: Int, line: Int) {
        row.next = min(max(offset, storage.startOfText), size)
        row.nextLine = line
        row.fields.removeAll(keepingCapacity: true)
    }

    /// The text of a field of the current row, trimmed of spaces; empty if there is no such field.
    package func field(_ index: Int) -> String {
        guard row.fields.indices.contains(index) else { return "" }
        guard !row.fields[index].hasDoubledQuotes else {
            let text = exactField(index)
            return CSVBytes.trimmed(text[...])
        }
        return withBytes(ofField: index) { String(decoding: $0, as: UTF8.self) }
    }

    /// The text of a field of the current row with the spaces that stand within its quotes or, in
    /// a field without quotes, around it.
    package func exactField(_ index: Int) -> String {
        guard row.fields.indices.contains(index) else { return "" }
        let field = row.fields[index]
        let text = storage.text(field.start..<field.end)
        return field.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
    }

    /// Calls `body` with the bytes of a field, trimmed of spaces, without making a string.
    ///
    /// Quotes doubled within a quoted field are still double.
    package func withBytes<Result>(
        ofField index: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let bytes = storage.bytes
        var range = 0..<0
        if row.fields.indices.contains(index) {
            range = row.fields[index].start..<row.fields[index].end
        }
        while let first = range.first, bytes[first] == CSVByte.space {
            range = (first + 1)..<range.upperBound
        }
        while let last = range.last, bytes[last] == CSVByte.space {
            range = range.lowerBound..<last
        }
        return body(UnsafeBufferPointer(rebasing: bytes[range]))
    }

    /// The text of the current row as it stands in the file, without its line end.
    package var rowText: String { storage.text(rowOffset..<row.end) }

    /// The column in characters, from 1, where a field of the current row begins on its line.
    package func column(_ index: Int) -> Int {
        guard row.fields.indices.contains(index) else { return 1 }
        return storage.place(of: row.fields[index].begin, from: rowOffset, line: line).column
    }

    /// The line, from 1, where a field of the current row begins.
    package func line(ofField index: Int) -> Int {
        guard row.fields.indices.contains(index) else { return line }
        return storage.place(of: row.fields[index].begin, from: rowOffset, line: line).line
    }

    /// A fault of a field of the current row.
    package func fault(field index: Int, problem: String, expected: String? = nil) -> Fault {
        Fault(
            file: file,
            line: line(ofField: index),
            column: column(index),
            field: columns.indices.contains(index) ? columns[index] : nil,
            problem: problem,
            expected: expected
        )
    }

    /// Goes to the next row that is not blank, which must have `width` fields.
    private mutating func step(width: Int?) throws(Faults) -> Bool {
        let bytes = storage.bytes
        while row.next < bytes.count {
            rowOffset = row.next
            line = row.nextLine
            do throws(CSVTrouble) {
                try row.read(bytes)
                if row.isBlank(bytes) { continue }
                if row.hasHighBytes, !storage.isUTF8(rowOffset..<row.end) {
                    throw CSVTrouble(
                        at: rowOffset,
                        problem: "the row has characters that are not UTF-8",
                        expected: CSVBytes.saveAs
                    )
                }
                if let width, count != width {
                    throw CSVTrouble(
                        at: rowOffset,
                        problem: "the row has \(count) field\(count == 1 ? "" : "s")",
                        expected: "\(width), as in the headings"
                    )
                }
                return true
            } catch {
                throw Faults(fault(error))
            }
        }
        rowOffset = bytes.count
        line = row.nextLine
        row.end = bytes.count
        row.fields.removeAll(keepingCapacity: true)
        return false
    }

    /// The fault of a row that could not be read, whose fields are forgotten.
    private mutating func fault(_ trouble: CSVTrouble) -> Fault {
        let place = storage.place(of: trouble.offset, from: rowOffset, line: line)
        row.fields.removeAll(keepingCapacity: true)
        return Fault(
            file: file,
            line: place.line,
            column: place.column,
            problem: trouble.problem,
            expected: trouble.expected
        )
    }

    /// Refuses headings that name a column twice or that are not parted by commas.
    private func checkHeadings() throws(Faults) {
        if columns.count == 1, columns[0].contains(";") || columns[0].contains("\t") {
            throw Faults(fault(field: 0, problem: "no commas", expected: "commas between fields"))
        }
        var seen: Set<String> = []
        var faults: [Fault] = []
        for (index, name) in columns.enumerated() where !name.isEmpty {
            guard !seen.insert(name).inserted else { continue }
            faults.append(fault(field: index, problem: "the heading comes twice"))
        }
        if !faults.isEmpty { throw Faults(faults: faults) }
    }
}

/// What is wrong with a row, and where.
private struct CSVTrouble: Error {
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
private struct CSVField {
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
private struct CSVRow {
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

    /// Whether the row is a blank line.
    func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        fields.count == 1 && !fields[0].isQuoted
            && bytes[fields[0].start..<fields[0].end].allSatisfy { $0 == CSVByte.space }
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

/// The bytes that CSV is made of.
private enum CSVByte {
    /// A space.
    static let space = UInt8(ascii: " ")
    /// A comma.
    static let comma = UInt8(ascii: ",")
    /// A double quote.
    static let quote = UInt8(ascii: "\"")
    /// A line feed.
    static let lineFeed = UInt8(ascii: "\n")
    /// A carriage return.
    static let carriageReturn = UInt8(ascii: "\r")

    /// Whether a byte ends a line.
    static func isBreak(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

    /// The offset after the line end at an offset: CRLF, LF or CR, or none at the end of the file.
    static func afterBreak(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        guard index < bytes.count else { return bytes.count }
        let isPair =
            bytes[index] == carriageReturn && index + 1 < bytes.count
            && bytes[index + 1] == lineFeed
        return index + (isPair ? 2 : 1)
    }

    /// The trouble of a zero byte, which no text has.
    static func notText(at index: Int) -> CSVTrouble {
        CSVTrouble(at: index, problem: "there is a zero byte", expected: CSVBytes.saveAs)
    }
}

/// The bytes of a file, mapped read-only or copied, for as long as anything reads them.
///
/// Safe to share: the bytes never change after `init`.
private final class CSVBytes: @unchecked Sendable {
    /// The bytes.
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether the bytes are mapped rather than allocated.
    private let isMapped: Bool

    /// How to make a file that can be read.
    static let saveAs = "a file saved as \"CSV UTF-8\""

    /// A copy of bytes.
    init(copying source: [UInt8]) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: source.count)
        _ = copy.initialize(from: source)
        bytes = UnsafeBufferPointer(copy)
        isMapped = false
    }

    /// The bytes of a file, mapped into memory.
    init(path: String) throws(Faults) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CSVBytes.cannotRead(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw CSVBytes.cannotRead(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Faults(Fault(file: path, problem: "it is not a file", expected: "a CSV file"))
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            bytes = UnsafeBufferPointer(start: nil, count: 0)
            isMapped = false
            return
        }
        let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let address, address != MAP_FAILED else { throw CSVBytes.cannotRead(path) }
        let start = UnsafeRawPointer(address).bindMemory(to: UInt8.self, capacity: size)
        bytes = UnsafeBufferPointer(start: start, count: size)
        isMapped = true
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    /// The fault of a file that the system does not let be read.
    private static func cannotRead(_ path: String) -> Faults {
        let reason = String(cString: strerror(errno))
        return Faults(Fault(file: path, problem: "cannot be read: \(reason)"))
    }

    /// The offset after the byte order mark, if there is one.
    var startOfText: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Why the whole file cannot be read as CSV, or nil.
    var problem: String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return "the file is UTF-16"
        }
        if bytes.starts(with: Array("PK".utf8) + [3, 4]) {
            return "the file is a spreadsheet or an archive, not CSV"
        }
        return bytes.prefix(4_096).contains(0) ? "the file is not text" : nil
    }

    /// What was expected of a file that has a problem.
    var expected: String { CSVBytes.saveAs }

    /// The text of some of the bytes.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// Whether some of the bytes are UTF-8.
    func isUTF8(_ range: Range<Int>) -> Bool {
        let part = UnsafeBufferPointer(rebasing: bytes[range])
        return String(validating: part, as: UTF8.self) != nil
    }

    /// The line and the column in characters of an offset, from the start of a row on a line.
    func place(of offset: Int, from start: Int, line: Int) -> (line: Int, column: Int) {
        var place = (line: line, column: 1)
        var index = start
        while index < offset {
            if CSVByte.isBreak(bytes[index]) {
                place = (place.line + 1, 1)
                index = CSVByte.afterBreak(bytes, at: index)
            } else {
                if bytes[index] & 0xC0 != 0x80 { place.column += 1 }
                index += 1
            }
        }
        return place
    }

    /// A text without the spaces at its ends.
    static func trimmed(_ text: Substring) -> String {
        var bytes = text.utf8
        while bytes.first == CSVByte.space { bytes.removeFirst() }
        while bytes.last == CSVByte.space { bytes.removeLast() }
        return String(Substring(bytes))
    }
}

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
