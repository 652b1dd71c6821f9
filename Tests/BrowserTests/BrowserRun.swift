import Foundation
import TestSupport
import Testing
import Web
import WebPages

/// One run of `check/check.py`: a real server, a real browser, a line for each check.
struct BrowserRun: Sendable {
    /// What was wrong, by the name of the check.
    var faults: [String: [String]] = [:]
    /// Why there are no more lines; nil when it came to its end.
    var stopped: String?

    /// The run that all tests of this suite read; it begins when the first one asks.
    static let shared = Task { try await run() }

    /// So long the checks may take in all, on a machine that does other things as well.
    private static let limitSeconds: Double = 900

    /// The patterns of all pages.
    static let patterns = Array(Set(Site.everyRoute.filter { $0.method == .get }.map(\.pattern)))
        .sorted()

    private struct Line: Decodable {
        var check: String
        var faults: [String]
    }

    private static func run() async throws -> BrowserRun {
        let python = Fixtures.root + "/.venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return BrowserRun(
                stopped: ".venv is missing: run `make venv` (Debian's package python3-venv)"
            )
        }
        var run = BrowserRun()
        try await withTemporaryDirectory { folder in
            let (output, errors) = ("\(folder)/lines", "\(folder)/errors")
            let process = try start(python, folder, output, errors)
            let deadline = Date(timeIntervalSinceNow: limitSeconds)
            while process.isRunning, Date() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
            if process.isRunning {
                run.stopped = "the checks did not end in \(Int(limitSeconds)) seconds"
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

    private static func start(
        _ python: String,
        _ folder: String,
        _ output: String,
        _ errors: String
    ) throws -> Process {
        let routes = URL(fileURLWithPath: folder + "/routes.json")
        try JSONEncoder().encode(patterns).write(to: routes)
        for path in [output, errors] {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            Fixtures.root + "/Tests/BrowserTests/check/check.py", try program(),
            Fixtures.programmes, routes.path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        return process
    }

    /// The executable beside the one that runs the tests.
    private static func program() throws -> String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [own.path, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        let found = places.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/goodwork"
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "goodwork is not built beside the tests")
    }
}
