import Foundation
import Kernel

/// Reads a CSV file (RFC 4180, UTF-8) a row at a time from memory-mapped bytes.
///
/// Lines may end with CRLF, LF or CR; rows with nothing in them are skipped, and so is a byte order
/// mark. Spaces may stand around a quoted field. A copy reads on by itself from where it was copied.
package struct CSVFile: Sendable {
    /// The name of the file in faults.
    package let file: String?

    /// The headings of the columns, trimmed of spaces.
    package private(set) var columns: [String] = []

    /// Whether a row with something under a blank heading is a fault.
    ///
    /// It is for readers that know every column: those that pass over columns pass over these too.
    package var refusesNamelessCells = false

    /// The places of the columns whose headings are blank, as spreadsheets leave them at the end.
    private var nameless: [Int] = []

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
        nameless = columns.indices.filter { columns[$0].isEmpty }
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

    /// The text of a field of the current row as it stands within its quotes; one without quotes is
    /// trimmed of spaces.
    package func keptField(_ index: Int) -> String {
        let isQuoted = row.fields.indices.contains(index) && row.fields[index].isQuoted
        return isQuoted ? exactField(index) : field(index)
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
                try checkNamelessCells()
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

    /// Refuses something under a blank heading, where it is not passed over.
    private func checkNamelessCells() throws(CSVTrouble) {
        guard refusesNamelessCells else { return }
        for index in nameless where withBytes(ofField: index, { !$0.isEmpty }) {
            throw CSVTrouble(
                at: row.fields[index].begin,
                problem: "the heading is blank",
                expected: "a heading for this column, or nothing in it"
            )
        }
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
