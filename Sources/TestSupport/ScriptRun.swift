import Foundation

/// One run of a Python script that checks the built program, and prints a line for each check.
package struct ScriptRun: Sendable {
    /// What was wrong, by the name of the check.
    private var faults: [String: [String]] = [:]
    /// Why there are no more lines; nil when it came to its end.
    private var stopped: String?

    /// What was wrong with a check; one that was not made says why.
    package func faults(of check: String) -> [String] {
        faults[check] ?? [stopped ?? "it was not checked"]
    }

    private struct Line: Decodable {
        var check: String
        var faults: [String]
    }

    private static let python = Fixtures.root + "/.venv/bin/python"

    /// Runs a script to its end, or until its time is over.
    ///
    /// - Parameters:
    ///   - script: its path below the package's folder.
    ///   - argument: stands after the program and the folder of programmes.
    package static func of(
        _ script: String,
        _ argument: String = Fixtures.root,
        limitSeconds: Int
    ) async throws -> ScriptRun {
        var run = ScriptRun()
        guard FileManager.default.isExecutableFile(atPath: python) else {
            run.stopped = ".venv is missing: run `make venv` (Debian's package python3-venv)"
            return run
        }
        guard let program else {
            run.stopped = "goodwork is not built beside the tests"
            return run
        }
        try await withTemporaryDirectory { folder in
            let (output, errors) = ("\(folder)/lines", "\(folder)/errors")
            for path in [output, errors] {
                _ = FileManager.default.createFile(atPath: path, contents: nil)
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = [
                "\(Fixtures.root)/\(script)", program, Fixtures.programmes, argument,
            ]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: errors)
            try process.run()
            let deadline = Date(timeIntervalSinceNow: Double(limitSeconds))
            while process.isRunning, Date() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
            if process.isRunning {
                run.stopped = "the checks did not end in \(limitSeconds) seconds"
                // The script ends its servers and its browser itself when it is told to end.
                process.terminate()
            }
            process.waitUntilExit()
            for line in try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n") {
                let read = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
                run.faults[read.check, default: []] += read.faults
            }
            if process.terminationStatus != 0, run.stopped == nil {
                run.stopped = try String(contentsOfFile: errors, encoding: .utf8)
            }
        }
        return run
    }

    /// The executable beside the one that runs the tests.
    private static var program: String? {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [own.path, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        return places.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/goodwork"
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
