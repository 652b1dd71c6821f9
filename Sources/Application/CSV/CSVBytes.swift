import Foundation
import Kernel

/// The bytes that CSV is made of.
enum CSVByte {
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
final class CSVBytes: @unchecked Sendable {
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
