import Foundation
import Kernel

/// A mail server and a false Notify in a process of their own, until this is let go.
final class Receivers {
    let smtp: Int
    /// A mail server that lets nobody in.
    let closed: Int
    let notify: Int
    private let process = Process()
    /// While this is open the process goes on.
    private let input = Pipe()
    private let output = Pipe()
    private var unread: [UInt8] = []

    struct Unavailable: Error {}

    init() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        process.executableURL = root.appendingPathComponent(".venv/bin/python")
        process.arguments = [here.appendingPathComponent("receivers.py").path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.standardError
        try process.run()
        guard
            let line = try Self.line(&unread, output),
            let smtp = line["smtp"]?.int, let closed = line["closed"]?.int,
            let notify = line["notify"]?.int
        else { throw Unavailable() }
        self.smtp = smtp
        self.closed = closed
        self.notify = notify
    }

    deinit {
        process.terminate()
    }

    /// The next message that was taken.
    func next() throws -> JSONValue {
        guard let line = try Self.line(&unread, output) else { throw Unavailable() }
        return line
    }

    private static func line(_ unread: inout [UInt8], _ output: Pipe) throws -> JSONValue? {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = Array(unread[..<end])
                unread.removeFirst(end + 1)
                return try JSONValue(parsing: line)
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            unread += more
        }
    }
}
