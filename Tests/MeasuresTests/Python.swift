import Foundation
import Testing

/// Runs a Python program in the project's virtual environment.
enum Python {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter program: its path in the project.
    static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = root.appending(path: ".venv/bin/python")
        process.arguments = [root.appending(path: program).path] + arguments
        process.standardInput = FileHandle.nullDevice
        // HiGHS sometimes talks on standard output.
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) failed; run `make venv`")
    }
}
