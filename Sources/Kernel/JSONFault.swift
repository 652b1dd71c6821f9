/// What is wrong with a JSON text, and where.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Bytes before the place, from the start of the text.
    package let offset: Int

    /// The line of the place, from 1.
    package let line: Int

    /// The column of the place in characters, from 1.
    package let column: Int

    /// What is wrong, in words.
    package let problem: String

    /// A fault at an offset of a text, whose line and column are worked out here.
    init(_ problem: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.offset = offset
        self.line = line
        self.column = column
        self.problem = problem
    }

    /// "line 1, column 7: problem".
    package var description: String { "line \(line), column \(column): \(problem)" }

    /// The same as a fault of a file or a message.
    package func fault(file: String? = nil) -> Fault {
        Fault(file: file, line: line, column: column, problem: problem)
    }
}
