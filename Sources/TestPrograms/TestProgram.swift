import Foundation
import Subprocess
import SystemPackage

/// Programs of others that tests run to their end.
package enum TestProgram {
    /// It ended with a fault, or could not be started.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    /// The project's folder.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Bytes that a program may print.
    private static let printedMax = 64 * 1_024 * 1_024
    /// So long a program may take; `timeout` then ends it with status 124.
    private static let secondsMax = "600"

    /// Runs a program, and answers what it printed.
    ///
    /// - Throws: `Failed` with what it said, when it does not end well.
    @discardableResult
    package static func run(
        _ program: String,
        _ arguments: [String],
        in folder: String = root
    ) async throws -> String {
        let ended = try await Subprocess.run(
            .path("/usr/bin/timeout"),
            arguments: Arguments([secondsMax, program] + arguments),
            workingDirectory: FilePath(folder),
            output: .string(limit: printedMax),
            error: .string(limit: printedMax)
        )
        guard ended.terminationStatus.isSuccess else {
            let command = ([program] + arguments).joined(separator: " ")
            let said = ended.standardOutput + ended.standardError
            throw Failed(description: "\(command): \(ended.terminationStatus): \(said)")
        }
        return ended.standardOutput
    }

    /// Runs the Python of the project's virtual environment in the project's folder.
    @discardableResult
    package static func python(_ arguments: String...) async throws -> String {
        let python = root + "/.venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failed(description: "\(python) is not there: run `make venv`")
        }
        return try await run(python, arguments)
    }
}
